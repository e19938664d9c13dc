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

test('connections are as easy as their pairs: one with a match is easier than one that is linked by hand', () => {
  const pairs = [
    pair('boat', connectedTo('berth', 'crew')),
    pair('cargo', EVERY),
    pair('berth', LINKED),
    pair('crew', LINKED, { match: KEY }),
  ];

  expect(easiestOf(pairs)).toBe('crew');
});

test('even a pair that waits for itself is easier than a section of the same two entities', () => {
  const pairs = [
    pair('boat', connectedTo('boat-2', 'crew'), { match: KEY }),
    { ...pair('boat-2', EVERY), entity: { a: 'boat', b: 'boat' } },
    pair('crew', connectedTo('crew')),
  ];

  expect(easiestOf(pairs)).toBe('crew');
});

test.each([
  { a: 'boat', b: 'other' },
  { a: 'other', b: 'boat' },
])('a section that shares one entity alone starts the other one: %j', (entity) => {
  const other = { ...pair('boat-2', EVERY), entity };

  expect(ways(pair('boat', connectedTo('boat-2')), other)).toEqual(['connect', 'create']);
});

test('a pair that creates under a condition starts alone, on either side', () => {
  const when: CreationRule = {
    kind: 'when',
    condition: { path: 'kind', equals: 'big', meets: 'big', fails: 'small' },
  };

  expect(ways(pair('boat', when), pair('cargo', LINKED, { b: when }))).toEqual(['create', 'back']);
});

test('a pair that side b connects waits for the other one, even for one that is linked by hand', () => {
  expect(ways(pair('cargo', LINKED, { b: connectedTo('berth') }), pair('berth', LINKED))).toEqual([
    'back',
    'hand',
  ]);
});

test('the ways of a list of pairs are found once, however often they are asked', () => {
  let reads = 0;
  const counted = Object.defineProperty(pair('boat', EVERY), 'creation', {
    get: () => {
      reads += 1;
      return { a: EVERY, b: null };
    },
  });
  const pairs = [counted];

  firstLink(pairs, counted);
  const first = reads;
  firstLink(pairs, counted);

  expect(reads).toBe(first);
});

/** The pair through which the first one is connected. */
function easiestOf(pairs: PairPlan[]): string | undefined {
  const [own] = pairs;
  const rule = own?.creation.a;
  return own !== undefined && rule?.kind === 'connected' ? easiest(pairs, own, rule.to)?.pair : undefined;
}
