import { expect, test } from 'vitest';
import type { FieldSpec } from '../../contract/field.js';
import type { MappedRow, MatchKey } from '../plan.js';
import { field, formContext, key, row, topicsOf } from '../testing/form-context.js';
import { creationDrafts, matchDrafts } from './creation.js';

const created = (...rows: MappedRow[]) => [
  ...creationDrafts(formContext({ plan: { rows, match: [key(['no', 'number'])] } })),
];
type Given = { rows?: MappedRow[]; a?: FieldSpec[]; b?: FieldSpec[] };
const matched = (one: MatchKey, { rows = [], a, b }: Given = {}) =>
  matchDrafts(formContext({ plan: { rows, match: [one] }, a, b }));

test.each<[string, MappedRow['transform']]>([
  ['a reference', { kind: 'reference', pair: 'berth' }],
  ['lines', { kind: 'lines', rows: [] }],
])('a record with %s waits for what it refers to', (_what, transform) => {
  expect(topicsOf(created(row('berth', 'dock', { transform })), 'late-reference')).toEqual([
    'late-reference',
  ]);
});

test('a record that refers to nothing waits for nothing', () => {
  expect(topicsOf(created(row('name', 'title')), 'late-reference')).toEqual([]);
});

const WHEN_KIND: Partial<MappedRow> = { only: [{ side: 'a', path: 'kind', value: 'firm' }] };
test.each<[string, Partial<MappedRow>, number]>([
  ['as it is', {}, 1],
  ['by a transform', { transform: { kind: 'cast', to: 'string' } }, 0],
  ['as one of several sources', { precedence: 1 }, 0],
  ['under a condition', WHEN_KIND, 0],
])('a record is created again after its deletion where its key is carried %s', (_how, more, checks) => {
  expect(topicsOf(created(row('no', 'number', more)), 'recreate-after-delete')).toHaveLength(checks);
});

test('a record whose key is carried in part is not created again', () => {
  const match = [key(['no', 'number'], ['year', 'period'])];
  const drafts = creationDrafts(formContext({ plan: { rows: [row('no', 'number')], match } }));

  expect(topicsOf(drafts, 'recreate-after-delete')).toEqual([]);
});

test('checks of a key stand at the line of the key, those of the profile at that of the sentence', () => {
  const one = key(['no', 'number']);

  expect(matched(one).every(({ line }) => line === 7)).toBe(true);
  expect(matched({ ...one, line: null }).every(({ line }) => line === null)).toBe(true);
});

test('editing a key keeps the link where a row carries it to the other side', () => {
  const edits = (direction: MappedRow['direction']) =>
    topicsOf(
      matched(key(['no', 'number']), { rows: [row('no', 'code', { direction })] }),
      'key-edit-keeps-link',
    );

  expect(edits('both')).toEqual(['key-edit/no']);
  expect(edits('a-to-b')).toEqual(['key-edit/no']);
  expect(edits('b-to-a')).toEqual([]);
});

test('several records share a key unless a part of it is unique', () => {
  const parts = key(['no', 'number'], ['year', 'period']);
  const shared = (given: Given) => [
    ...topicsOf(matched(parts, given), 'shared-key'),
    ...topicsOf(matched(parts, given), 'link-ambiguous'),
  ];

  expect(shared({})).toEqual(['shared/no-year', 'ambiguous/no-year']);
  expect(shared({ b: [field('number', { unique: true }), field('period')] })).toEqual([]);
  expect(shared({ a: [field('no'), field('year', { unique: true })] })).toEqual(['ambiguous/no-year']);
});

test('a key matches in any case where one part of it does', () => {
  const [plain, mail] = [key(['no', 'number']), key(['mail', 'email'])];
  const parts = [
    ...plain.parts,
    ...mail.parts.map((part) => ({ ...part, normalise: 'case-insensitive' as const })),
  ];

  expect(topicsOf(matched({ ...plain, parts }), 'link-case')).toEqual(['match-any-case/no']);
  expect(topicsOf(matched(plain), 'link-case')).toEqual([]);
});

test.each<[string, Partial<FieldSpec>, number]>([
  ['24 letters', { type: { kind: 'string', maxLength: 24 } }, 1],
  ['23 letters', { type: { kind: 'string', maxLength: 23 } }, 0],
  ['letters of a pattern', { pattern: '^[a-z]+$' }, 0],
  ['a company', { type: { kind: 'string', maxLength: 40, format: 'company' } }, 1],
  ['a phone number', { type: { kind: 'string', maxLength: 40, format: 'phone' } }, 0],
  ['a number', { type: { kind: 'number' } }, 0],
])('a key of %s matches in every Unicode form where it can hold one', (_what, more, checks) => {
  const drafts = matched(key(['no', 'number']), { a: [field('no', more)] });

  expect(topicsOf(drafts, 'link-unicode')).toHaveLength(checks);
});

test.each<[string, MappedRow, number]>([
  ['a second plain row', row('town', 'city'), 1],
  ['a row that goes one way', row('town', 'city', { direction: 'a-to-b' }), 0],
  ['a row by a transform', row('town', 'city', { transform: { kind: 'cast', to: 'string' } }), 0],
  ['a row of the key on side a', row('no', 'city'), 0],
  ['a row of the key on side b', row('town', 'number'), 0],
])('two records that match are merged where a plain row and %s tell them apart', (_what, second, checks) => {
  const drafts = matched(key(['no', 'number']), { rows: [row('name', 'title'), second] });

  expect(topicsOf(drafts, 'first-merge')).toHaveLength(checks);
});
