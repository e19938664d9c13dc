import { expect, test } from 'vitest';
import type { EntityContract, FieldSpec } from '../contract/field.js';
import { openWays } from './fixed.js';
import type { MappedRow } from './plan.js';

const entity = (path: string, more: Partial<FieldSpec>): EntityContract => ({
  name: 'Thing',
  collection: 'things',
  idKind: 'string',
  fields: [{ path, type: { kind: 'boolean' }, ...more }],
});
const row = (direction: MappedRow['direction']): MappedRow => ({
  slug: 'own',
  a: 'own',
  b: 'far',
  transform: { kind: 'identity' },
  direction,
  examples: [],
  origin: 'document',
  line: 1,
});
const [FREE, ONCE, NEVER] = [{}, { createOnly: true }, { readOnly: true }];

test.each<[MappedRow['direction'], Partial<FieldSpec>, Partial<FieldSpec>, string | null]>([
  ['both', FREE, FREE, 'both'],
  ['both', NEVER, FREE, 'a-to-b'],
  ['both', FREE, NEVER, 'b-to-a'],
  ['both', NEVER, NEVER, null],
  ['both', ONCE, FREE, 'a-to-b'],
  ['both', FREE, ONCE, 'a-to-b'],
  ['both', ONCE, NEVER, null],
  ['both', FREE, { createOnly: true, readOnly: true }, 'b-to-a'],
  ['a-to-b', FREE, ONCE, 'a-to-b'],
  ['a-to-b', FREE, NEVER, null],
  ['b-to-a', NEVER, FREE, null],
  ['b-to-a', ONCE, FREE, 'b-to-a'],
])('a row that goes %s between %j and %j is left as %s', (direction, own, far, left) => {
  const rows = openWays(row(direction), entity('own', own), entity('far', far));

  expect(rows[0]?.direction ?? null).toBe(left);
});

test('a row whose ways are all open is the same row', () => {
  const own = row('both');

  expect(openWays(own, entity('own', FREE), entity('far', FREE))[0]).toBe(own);
});

test('a row of properties that no contract holds is left as it is', () => {
  const own = row('both');

  expect(openWays(own, entity('other', NEVER), entity('other', NEVER))).toEqual([own]);
});
