import { expect, test } from 'vitest';
import { ClientError } from './client-error.js';
import { CORRECT_STAGES as stages } from './stages.js';
import type { Link } from './store/port.js';

const part = (normalise: 'none' | 'case-insensitive') => ({ a: 'email', b: 'email', normalise });
const link = (state: Link['state']): Link => ({
  pair: 'p',
  aId: '1',
  bId: 'x',
  base: null,
  state,
  pending: null,
});

test('keys are compared composed, and without regard to case only where that is declared', () => {
  expect(stages.normaliseKey(' A\u030A ', part('none'))).toBe(' \u00C5 ');
  expect(stages.normaliseKey(' A\u030A ', part('case-insensitive'))).toBe('\u00E5');
  expect(stages.normaliseKey(12, part('none'))).toBe('12');
});

test('a create is repeated under the key that was stored', () => {
  expect(stages.idempotencyKey('stored', () => 'fresh')).toBe('stored');
  expect(stages.idempotencyKey(null, () => 'fresh')).toBe('fresh');
});

test('edits within the tolerance are of one time', () => {
  expect(stages.compareEdits({ a: 10, b: 15 }, 5)).toBe(0);
  expect(stages.compareEdits({ a: 10, b: 16 }, 5)).toBeLessThan(0);
  expect(stages.compareEdits({ a: 16, b: 10 }, 5)).toBeGreaterThan(0);
});

test('what failed for good is set aside, anything else tried again', () => {
  expect(stages.afterFailure(new ClientError('permanent', 'm', null))).toBe('aside');
  expect(stages.afterFailure(new ClientError('duplicate', 'm', null))).toBe('aside');
  expect(stages.afterFailure(new ClientError('transient', 'm', null))).toBe('again');
  expect(stages.afterFailure(new Error('m'))).toBe('again');
});

test('a record is free when it was never linked, or its counterpart is gone', () => {
  expect(stages.isFree(null, 'a')).toBe(true);
  expect(stages.isFree(link('a-gone'), 'a')).toBe(true);
  expect(stages.isFree(link('b-gone'), 'a')).toBe(false);
  expect(stages.isFree(link('live'), 'b')).toBe(false);
});

test('a reference without counterpart is waited for', () => {
  expect(() => stages.unresolved('customer a 7')).toThrow('waits for the counterpart of customer a 7');
});

test('what the sync knows is passed over, and a listing of several pages is read until it stands still', () => {
  expect([stages.passOverKnown(), stages.rereadPages()]).toEqual([true, true]);
});

test('what is gone is left to the policy, and a property that an answer lacks is not touched', () => {
  expect(stages.onGone()).toBe('policy');
  expect(stages.onMissingField()).toBe('untouched');
});

test('after a write the provider’s answer is what was agreed on, and an event needs its verification', () => {
  expect(stages.baseAfterWrite({ x: { a: 1 } }, { x: { a: 2 } })).toEqual({ x: { a: 2 } });
  expect([stages.acceptEvent(true), stages.acceptEvent(false)]).toEqual([true, false]);
  expect([...stages.besides(['x'], new Map())]).toEqual([]);
  expect([stages.pollFrom(7), stages.guardVersion('v')]).toEqual([7, 'v']);
});
