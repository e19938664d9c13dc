import { expect, test } from 'vitest';
import type { PlannedPair } from '../build-plan.js';
import type { MappedRow, RowCondition } from '../plan.js';
import { formContext, row, topicsOf } from '../testing/form-context.js';
import { NO_ROWS, ONLY_KEYS, propertyDrafts } from './properties.js';

const OPEN: PlannedPair['open'] = [
  { line: 12, text: 'tax | vat', slug: 'tax', notTestable: { reason: 'not understood', remedy: 'name it' } },
];
const KEYS: PlannedPair['keys'] = [{ line: 14, text: 'id | id', slug: 'id' }];
const drafts = (rows: MappedRow[], planned: Partial<PlannedPair> = {}) =>
  propertyDrafts(formContext({ plan: { rows }, planned }));
const when = (path: string, side: RowCondition['side'] = 'a'): RowCondition => ({
  side,
  path,
  value: 'firm',
});
/** What is checked of each condition: met or unmet, of which row, and why not. */
const conditions = (...rows: MappedRow[]) =>
  drafts(rows)
    .filter(({ scenario }) => scenario.startsWith('condition-'))
    .map(({ topic, notTestable }) => [...topic, notTestable?.reason ?? null]);

test('a table without rows is open, for its keys alone or altogether', () => {
  const reasons = (planned: Partial<PlannedPair>) =>
    drafts([], planned)
      .filter(({ scenario }) => scenario === 'property-carried')
      .map(({ topic, notTestable }) => [topic, notTestable]);

  expect(reasons({})).toEqual([[['rows'], NO_ROWS]]);
  expect(reasons({ keys: KEYS })).toEqual([[['rows'], ONLY_KEYS]]);
});

test('a table all of whose rows are open has these alone', () => {
  expect(drafts([], { open: OPEN })).toEqual([
    {
      scenario: 'property-carried',
      topic: ['tax'],
      title: 'tax | vat',
      line: 12,
      notTestable: OPEN[0]?.notTestable,
    },
  ]);
});

test('a row is carried to the other side, and nothing comes back when the counterpart is saved', () => {
  expect(drafts([row('name', 'title', { line: 9 })])).toMatchObject([
    { scenario: 'property-carried', from: 'a', topic: ['name'], line: 9 },
    { scenario: 'round-trip', from: 'b', topic: ['round-trip'] },
  ]);
});

test.each<[string, string, Partial<MappedRow>, string[]]>([
  ['on another property', 'title', { only: [when('kind')] }, ['unmet', 'met']],
  ['that is none', 'title', {}, []],
  ['on an element of a list of side b', 'phones[kind=work].number', {}, ['unmet']],
  ['on the property itself', 'title', { only: [when('name')] }, ['unmet']],
  ['on the property itself and another one', 'title', { only: [when('kind'), when('name')] }, ['unmet']],
  [
    'on a property of the same name on the other side',
    'title',
    { only: [when('name', 'b')] },
    ['unmet', 'met'],
  ],
])('a row under a condition %s is checked as far as it can be met', (_what, target, more, states) => {
  expect(conditions(row('name', target, more))).toEqual(
    states.map((state) => ['name', `condition-${state}`, null]),
  );
});

const CARRIED = (where: string) =>
  `the row${where} carries the same property, whether the condition is met or not`;
test.each<[string, Partial<MappedRow>, string | null]>([
  ['no condition', { line: 30 }, CARRIED(' at line 30')],
  ['no condition, of the profile', {}, CARRIED(' of the profile')],
  ['a condition on another property', { line: 30, only: [when('size')] }, CARRIED(' at line 30')],
  ['a condition on the other side', { line: 30, only: [when('kind', 'b')] }, CARRIED(' at line 30')],
  ['a condition on the same property', { line: 30, only: [{ ...when('kind'), value: 'shop' }] }, null],
  ['conditions on the same property and another', { line: 30, only: [when('size'), when('kind')] }, null],
])('what a condition leaves alone is carried by a row of %s', (_what, more, reason) => {
  const own = row('name', 'title', { only: [when('kind')] });
  const beside = row('name', 'title', { slug: 'beside', ...more });

  expect(conditions(own, beside).filter(([slug]) => slug === 'name')).toEqual([
    ['name', 'condition-unmet', reason],
    ['name', 'condition-met', reason],
  ]);
});

test('a row of other properties carries nothing of what a condition leaves alone', () => {
  expect(conditions(row('name', 'title', { only: [when('kind')] }), row('name', 'label'))).toEqual([
    ['name', 'condition-unmet', null],
    ['name', 'condition-met', null],
  ]);
});

test('of several sources the one that precedes is checked, where there are two', () => {
  const sources = [
    row('name', 'title', { precedence: 2 }),
    row('label', 'title', { precedence: 1, line: 8 }),
    row('town', 'city', { precedence: 1 }),
  ];

  expect(topicsOf(drafts(sources), 'source-precedence')).toEqual(['label/precedence']);
  expect(drafts(sources).find(({ scenario }) => scenario === 'source-precedence')).toMatchObject({
    line: 8,
    title: 'title comes from label, and from name only while that is empty',
  });
});
