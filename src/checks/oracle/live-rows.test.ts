import { expect, test } from 'vitest';
import type { MappedRow } from '../../checklist/plan.js';
import { isBlank, isLive, isMet, rivalsOf } from './live-rows.js';

const row = (a: string, more: Partial<MappedRow> = {}) => ({ slug: a, a, b: 'target', ...more }) as MappedRow;
const only = (side: 'a' | 'b', value: string) => ({ only: [{ side, path: 'code', value }] });

test('a row without conditions is met by any records', () => {
  expect(isMet(row('x'), {}, {})).toBe(true);
});

test('a condition is met by the record of its side, as text', () => {
  expect(isMet(row('x', only('a', '1')), { code: 1 }, {})).toBe(true);
  expect(isMet(row('x', only('a', '1')), {}, { code: 1 })).toBe(false);
  expect(isMet(row('x', only('b', '1')), { code: 1 }, {})).toBe(false);
  expect(isMet(row('x', only('b', '1')), {}, { code: 1 })).toBe(true);
  expect(isMet(row('x', only('a', 'null')), { code: null }, {})).toBe(false);
});

test('all conditions must be met', () => {
  const both = row('x', { only: [...only('a', '1').only, ...only('b', '2').only] });

  expect(isMet(both, { code: 1 }, { code: 2 })).toBe(true);
  expect(isMet(both, { code: 1 }, { code: 3 })).toBe(false);
});

test('rivals are the rows of one target, in the order in which they hold', () => {
  const [second, first] = [row('second', { precedence: 2 }), row('first', { precedence: 1 })];
  const rows = [second, row('plain'), row('elsewhere', { b: 'other', precedence: 0 }), first];

  expect(rivalsOf(rows, second)).toEqual([first, second]);
  expect(rivalsOf(rows.toReversed(), second)).toEqual([first, second]);
  expect(rivalsOf(rows, row('plain'))).toEqual([]);
});

test('nothing, an empty text and an empty list count as no value; a zero, a no and a list of one do', () => {
  expect([null, '', []].map((value) => isBlank(value))).toEqual([true, true, true]);
  expect([0, false, 'x', ['x'], ['']].map((value) => isBlank(value))).toEqual(Array(5).fill(false));
});

test('of rivals the first with a value is live, or the first of all', () => {
  const [first, second] = [row('first', { precedence: 1 }), row('second', { precedence: 2 })];
  const live = (a: Record<string, string | string[] | null>) =>
    [first, second].filter((one) => isLive([second, first], one, a, {}));

  expect(live({ first: 'x', second: 'y' })).toEqual([first]);
  expect(live({ first: null, second: 'y' })).toEqual([second]);
  expect(live({ first: '', second: 'y' })).toEqual([second]);
  expect(live({ first: [], second: 'y' })).toEqual([second]);
  expect(live({})).toEqual([first]);
});

test('a row alone is live where its condition is met; a rival whose condition is not met does not count', () => {
  const alone = row('x', only('a', '1'));
  const conditioned = row('first', { precedence: 1, ...only('a', '1') });
  const second = row('second', { precedence: 2 });

  expect([isLive([alone], alone, { code: 1 }, {}), isLive([alone], alone, {}, {})]).toEqual([true, false]);
  expect(isLive([conditioned, second], second, { first: 'x' }, {})).toBe(true);
  expect(isLive([conditioned, second], conditioned, { first: 'x' }, {})).toBe(false);
});
