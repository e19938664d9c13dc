import { expect, test } from 'vitest';
import type { CreationRule } from '../plan.js';
import { formContext, key, topicsOf } from '../testing/form-context.js';
import { linkFirstDrafts } from './link-first.js';

const CONNECTED: CreationRule = { kind: 'connected', to: [{ pair: 'berth', path: 'ref' }] };
const LINKED: CreationRule = { kind: 'linked-only' };
const drafts = (a: CreationRule, b: CreationRule | null = null, match = [key(['no', 'number'])]) =>
  linkFirstDrafts(formContext({ plan: { creation: { a, b }, match } }));

test.each<[CreationRule['kind'], CreationRule, number]>([
  ['linked-only', LINKED, 1],
  ['connected', CONNECTED, 1],
  ['every', { kind: 'every' }, 0],
])('where the rule is %s, that nothing is made without a link is checked or not', (_kind, rule, checks) => {
  expect(topicsOf(drafts(rule), 'not-created-unlinked')).toHaveLength(checks);
});

test('records that match are linked by their first key', () => {
  expect(drafts(LINKED).at(-1)).toMatchObject({
    scenario: 'linked-by-match',
    matchKey: 'no',
    origin: 'document',
  });
});

test('records that match on nothing are linked by hand, unless a counterpart is made at once', () => {
  expect(drafts(LINKED, null, []).at(-1)).toMatchObject({ scenario: 'linked-by-hand', notTestable: null });
  expect(drafts(LINKED, { kind: 'every' }, []).at(-1)?.notTestable?.reason).toMatch(
    /creates a counterpart at once/,
  );
});
