import { expect, test } from 'vitest';
import { beginsBack, type CreationRule, type PairPlan } from './plan.js';
import { DEFAULT_POLICIES } from './policies.js';

const EVERY: CreationRule = { kind: 'every' };
const LINKED: CreationRule = { kind: 'linked-only' };
const KEY: PairPlan['match'] = [{ slug: 'sku', parts: [], line: null, origin: 'document' }];

test.each<[boolean, string, CreationRule, CreationRule | null, PairPlan['match']]>([
  [true, 'is created from side b alone and matches nothing', LINKED, EVERY, []],
  [false, 'matches', LINKED, EVERY, KEY],
  [false, 'is created from both sides', EVERY, EVERY, []],
  [false, 'is linked only on both sides', LINKED, LINKED, []],
  [false, 'has no reverse document', LINKED, null, []],
])('it is %s that a pair begins on side b which %s', (begins, _what, a, b, match) => {
  const pair: PairPlan = {
    slug: 'boat',
    entity: { a: 'Boat', b: 'Vessel' },
    rows: [],
    match,
    creation: { a, b },
    policies: DEFAULT_POLICIES,
  };

  expect(beginsBack(pair)).toBe(begins);
});
