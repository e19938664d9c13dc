import { expect, test } from 'vitest';
import { easiest, firstLink } from './first-link.js';
import type { CreationRule, PairPlan } from './plan.js';
import { DEFAULT_POLICIES } from './policies.js';

const EVERY: CreationRule = { kind: 'every' };
const LINKED: CreationRule = { kind: 'linked-only' };
const KEY: PairPlan['match'] = [{ slug: 'sku', parts: [], line: null, origin: 'document' }];
const connectedTo = (...pairs: string[]): CreationRule => ({
  kind: 'connected',
  to: pairs.map((pair) => ({ pair, path: `ref_${pair}` })),
});
const pair = (
  slug: string,
  a: CreationRule,
  { b = null, match = [] }: Partial<PairPlan['creation'] & PairPlan> = {},
): PairPlan => ({
  slug,
  entity: { a: slug, b: slug },
  rows: [],
  match,
  creation: { a, b },
  policies: DEFAULT_POLICIES,
});
const ways = (...pairs: PairPlan[]) => pairs.map((one) => firstLink(pairs, one));

test('a pair that creates starts alone, one with a key by a match, one that is linked only by hand or from side b', () => {
  expect(
    ways(
      pair('boat', EVERY),
      pair('crew', LINKED, { match: KEY }),
      pair('berth', LINKED),
      pair('cargo', LINKED, { b: EVERY }),
    ),
  ).toEqual(['create', 'match', 'hand', 'back']);
});

test('a pair whose records must be connected starts once the other one did, through a chain of any length', () => {
  const pairs = [
    pair('boat', connectedTo('crew')),
    pair('crew', connectedTo('berth')),
    pair('berth', EVERY),
    pair('cargo', LINKED, { b: connectedTo('boat') }),
  ];

  expect(ways(...pairs)).toEqual(['connect', 'connect', 'create', 'back']);
});

test('pairs that wait for each other are started by hand', () => {
  expect(ways(pair('boat', connectedTo('crew')), pair('crew', connectedTo('boat')))).toEqual([
    'hand',
    'hand',
  ]);
  expect(ways(pair('boat', connectedTo('boat')))).toEqual(['hand']);
});

test('a match breaks the circle', () => {
  const pairs = [pair('boat', connectedTo('crew')), pair('crew', connectedTo('boat'), { match: KEY })];

  expect(ways(...pairs)).toEqual(['connect', 'match']);
});

test('of several connections the easiest is the one that starts alone, never one that waits for the pair itself', () => {
  const pairs = [
    pair('boat', connectedTo('crew', 'berth', 'cargo')),
    pair('crew', connectedTo('boat')),
    pair('berth', LINKED),
    pair('cargo', EVERY),
  ];

  expect(easiestOf(pairs)).toBe('cargo');
});

test('of no connection none is the easiest', () => {
  expect(easiest([], pair('boat', EVERY), [])).toBeNull();
});

test('a section of the same two entities, which makes counterparts of its own, starts no other one of them', () => {
  const second = { ...pair('boat-2', EVERY), entity: { a: 'boat', b: 'boat' } };

  const alone = [pair('boat', connectedTo('boat', 'boat-2')), second];
  const beside = [pair('boat', connectedTo('boat-2', 'cargo')), second, pair('cargo', LINKED)];

  expect(ways(...alone)).toEqual(['hand', 'create']);
  expect(easiestOf(alone)).toBe('boat');
  expect(ways(...beside)).toEqual(['connect', 'create', 'hand']);
  expect(easiestOf(beside)).toBe('cargo');
});

/** The pair through which the first one is connected. */
function easiestOf(pairs: PairPlan[]): string | undefined {
  const [own] = pairs;
  const rule = own?.creation.a;
  return own !== undefined && rule?.kind === 'connected' ? easiest(pairs, own, rule.to)?.pair : undefined;
}
