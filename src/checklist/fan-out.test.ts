import { expect, test } from 'vitest';
import type { EntityContract, FieldType } from '../contract/field.js';
import { fanOuts } from './fan-out.js';
import type { MappedRow } from './plan.js';

const TEXT: FieldType = { kind: 'string', maxLength: 40 };
const TYPES: Record<string, FieldType> = {
  title: TEXT,
  label: TEXT,
  caption: TEXT,
  rank: { kind: 'number' },
};
const ACCOUNT: EntityContract = {
  name: 'Account',
  collection: 'accounts',
  idKind: 'string',
  fields: Object.entries(TYPES).map(([path, type]) => ({ path, type })),
};
const row = (a: string, b: string, more: Partial<MappedRow> = {}): MappedRow => ({
  slug: b,
  a,
  b,
  transform: { kind: 'identity' },
  direction: 'both',
  examples: [],
  origin: 'document',
  line: 1,
  ...more,
});
const groups = (...rows: MappedRow[]) => fanOuts(rows, ACCOUNT).map((group) => group.map(({ b }) => b));

test('rows from one property to several of one type are a group', () => {
  expect(
    groups(row('name', 'title'), row('town', 'caption'), row('name', 'label'), row('name', 'rank')),
  ).toEqual([['title', 'label']]);
});

test.each<[string, Partial<MappedRow>]>([
  ['that is transformed', { transform: { kind: 'cast', to: 'string' } }],
  ['that goes one way', { direction: 'a-to-b' }],
  ['under a condition', { only: [{ side: 'a', path: 'kind', value: 'firm' }] }],
  ['that another one precedes', { precedence: 2 }],
])('a row %s belongs to no group', (_what, more) => {
  expect(groups(row('name', 'title'), row('name', 'label', more))).toEqual([]);
});

test('rows to elements of a list, which have no field of their own, are a group', () => {
  expect(groups(row('phone', 'phones[kind=work].number'), row('phone', 'phones[kind=home].number'))).toEqual([
    ['phones[kind=work].number', 'phones[kind=home].number'],
  ]);
});
