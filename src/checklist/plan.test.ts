import { expect, test } from 'vitest';
import { beginsBack, createsBack, type CreationRule, type PairPlan } from './plan.js';
import { DEFAULT_POLICIES } from './policies.js';

const EVERY: CreationRule = { kind: 'every' };
const LINKED_ONLY: CreationRule = { kind: 'linked-only' };
const KEY = { slug: 'no', parts: [], line: null, origin: 'document' as const };
const pairWith = (creation: PairPlan['creation'], match: PairPlan['match'] = []): PairPlan => ({
  slug: 'client-to-account',
  entity: { a: 'Client', b: 'Account' },
  rows: [],
  match,
  creation,
  policies: DEFAULT_POLICIES,
});

test('the reverse document creates where it is given and lets more than linked records in', () => {
  expect(createsBack({ a: EVERY, b: EVERY })).toBe(true);
  expect(createsBack({ a: EVERY, b: { kind: 'connected', to: [] } })).toBe(true);
  expect(createsBack({ a: EVERY, b: LINKED_ONLY })).toBe(false);
  expect(createsBack({ a: EVERY, b: null })).toBe(false);
});

test('a pair begins on the other side where it neither creates nor matches, and the reverse document creates', () => {
  expect(beginsBack(pairWith({ a: LINKED_ONLY, b: EVERY }))).toBe(true);
});

test.each([
  ['it creates itself', pairWith({ a: EVERY, b: EVERY })],
  ['it creates itself and has a key', pairWith({ a: EVERY, b: EVERY }, [KEY])],
  ['records match by a key', pairWith({ a: LINKED_ONLY, b: EVERY }, [KEY])],
  ['the reverse document creates none', pairWith({ a: LINKED_ONLY, b: LINKED_ONLY })],
  ['there is no reverse document', pairWith({ a: LINKED_ONLY, b: null })],
])('a pair does not begin on the other side where %s', (_why, pair) => {
  expect(beginsBack(pair)).toBe(false);
});
