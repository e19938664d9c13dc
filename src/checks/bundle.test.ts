import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import { bundleChecks, roundsOf, shareOf } from './bundle.js';
import { spreadBundles } from './spread.js';

const check = (id: string, more: Partial<Check> = {}): Check =>
  ({
    id,
    pair: 'customer',
    form: 'keep-in-sync',
    scenario: 'edit',
    from: 'a',
    property: id,
    value: { label: 'x', value: 'x' },
    notTestable: null,
    ...more,
  }) as Check;
const planOf = (...rows: [slug: string, a: string, b: string][]) =>
  ({
    pairs: [{ slug: 'customer', rows: rows.map(([slug, a, b]) => ({ slug, a, b })) }],
  }) as unknown as SyncPlan;
const PLAN = planOf(['one', 'a1', 'b1'], ['two', 'a2', 'b2'], ['three', 'a3', 'b3']);
const idsOf = (bundles: { checks: Check[] }[]) => bundles.map((bundle) => bundle.checks.map((one) => one.id));

test('edits and clearings of one direction are judged together, new records together, all else alone', () => {
  const bundles = bundleChecks([
    check('one'),
    check('carried', { scenario: 'property-carried' }),
    check('two', { scenario: 'clear' }),
    check('restart', { scenario: 'restart' }),
    check('back', { from: 'b' }),
    check('open', { notTestable: { reason: 'r', remedy: 'm' } }),
    check('whole', { property: null }),
    check('carried-2', { scenario: 'property-carried' }),
  ]);

  expect(bundles.map(({ key, kind, checks }) => [key, kind, checks.map((one) => one.id)])).toEqual([
    ['customer/keep-in-sync/a/edits/', 'edits', ['one', 'two']],
    ['customer/keep-in-sync/a/carried/', 'carried', ['carried', 'carried-2']],
    ['restart', 'solo', ['restart']],
    ['customer/keep-in-sync/b/edits/', 'edits', ['back']],
    ['open', 'solo', ['open']],
    ['whole', 'solo', ['whole']],
  ]);
});

test('a check that needs a record of its own shares it with those of the same property only', () => {
  const own = { ownRecord: true } as const;
  const bundles = bundleChecks([
    check('one', own),
    check('two', { ...own, property: 'one' }),
    check('three', own),
  ]);

  expect(idsOf(bundles)).toEqual([['one', 'two'], ['three']]);
  expect(bundles[0]?.key).toBe('customer/keep-in-sync/a/edits/one');
});

test('a check without direction has a bundle without direction', () => {
  expect(bundleChecks([check('one', { from: null })])[0]?.key).toBe('customer/keep-in-sync//edits/');
});

test('shares take every bundle once, the large ones dealt out first', () => {
  const small = ['s1', 's2', 's3'].map((id) => ({ key: id, kind: 'solo' as const, checks: [check(id)] }));
  const large = ['l1', 'l2'].map((id) => ({
    key: id,
    kind: 'edits' as const,
    checks: [check(id), check(`${id}b`)],
  }));
  const all = [small[0], large[0], small[1], large[1], small[2]].flatMap((one) => one ?? []);
  const keys = (part: number) => shareOf(all, part, 2).map((one) => one.key);

  expect([keys(0), keys(1)]).toEqual([
    ['l1', 's1', 's3'],
    ['l2', 's2'],
  ]);
});

const rounds = (checks: Check[], plan = PLAN) =>
  roundsOf(checks, plan).map((round) => round.map((one) => one.check.id));

test('plain edits are saved one by one, boundary values together, and clearing comes last', () => {
  expect(
    rounds([
      check('cleared', { scenario: 'clear', property: 'one' }),
      check('value', { property: 'one' }),
      check('plain', { property: 'one', value: null }),
      check('value-2', { property: 'two' }),
      check('plain-2', { property: 'two', value: null }),
      check('cleared-2', { scenario: 'clear', property: 'two' }),
    ]),
  ).toEqual([['plain'], ['plain-2'], ['value', 'value-2'], ['cleared', 'cleared-2']]);
});

test('two values of one property are saved one after the other', () => {
  expect(
    rounds([
      check('one', { property: 'one' }),
      check('other', { property: 'one' }),
      check('two', { property: 'two' }),
      check('third', { property: 'one' }),
    ]),
  ).toEqual([['one', 'two'], ['other'], ['third']]);
});

test.each<[string, SyncPlan]>([
  ['lie in one another on side a', planOf(['one', 'address', 'b1'], ['two', 'address.city', 'b2'])],
  [
    'lie in one another on side a, the other way',
    planOf(['one', 'address.city', 'b1'], ['two', 'address', 'b2']),
  ],
  ['are the same on side b', planOf(['one', 'a1', 'b'], ['two', 'a2', 'b'])],
  ['belong to one list', planOf(['one', 'phones[kind=x].n', 'b1'], ['two', 'phones[kind=y].n', 'b2'])],
])('properties that %s are not saved together', (_how, plan) => {
  expect(rounds([check('one'), check('two')], plan)).toEqual([['one'], ['two']]);
});

test('properties whose names begin alike are saved together', () => {
  expect(
    rounds([check('one'), check('two')], planOf(['one', 'mail', 'b'], ['two', 'mailbox', 'bb'])),
  ).toEqual([['one', 'two']]);
});

test('a check of a row that the plan does not hold is an error', () => {
  expect(() => rounds([check('nothing')])).toThrow('the plan holds no row nothing');
  expect(() => rounds([check('one', { pair: 'other' })])).toThrow('the plan holds no row one');
});

test('for worlds side by side each round is a bundle of its own', () => {
  const bundles = spreadBundles(
    bundleChecks([
      check('one'),
      check('two'),
      check('cleared', { scenario: 'clear', property: 'three' }),
      check('solo', { scenario: 'restart' }),
      check('back', { from: 'b', property: 'one' }),
    ]),
    PLAN,
  );

  expect(bundles.map(({ key, kind, checks }) => [key, kind, checks.map((one) => one.id)])).toEqual([
    ['customer/keep-in-sync/a/edits/#1', 'edits', ['one', 'two']],
    ['customer/keep-in-sync/a/edits/#2', 'edits', ['cleared']],
    ['solo', 'solo', ['solo']],
    ['customer/keep-in-sync/b/edits/', 'edits', ['back']],
  ]);
});

test('new records without a value of their own are one round, those with values come after it', () => {
  const carried = (id: string, value: Check['value']) =>
    check(id, { scenario: 'property-carried', value, property: id });
  const value = { label: 'x', value: 'x' };
  const spread = (...checks: Check[]) => idsOf(spreadBundles(bundleChecks(checks), PLAN));

  expect(spread(carried('one', null), carried('two', value), carried('three', null))).toEqual([
    ['one', 'three'],
    ['two'],
  ]);
  expect(spread(carried('one', value), carried('two', value))).toEqual([['one', 'two']]);
});

test('plain edits are rounds of their own even when they are spread', () => {
  const plain = [check('one', { value: null }), check('two', { value: null })];

  expect(idsOf(spreadBundles(bundleChecks(plain), PLAN))).toEqual([['one'], ['two']]);
});
