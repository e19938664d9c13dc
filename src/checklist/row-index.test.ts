import { expect, test } from 'vitest';
import type { MappedRow } from './plan.js';
import { rowsOfBoth } from './row-index.js';

const row = (slug: string, a: string, b: string): MappedRow => ({
  slug,
  a,
  b,
  transform: { kind: 'identity' },
  direction: 'both',
  examples: [],
  origin: 'document',
  line: 1,
});

test('all rows of the same two properties are found, in their order', () => {
  const rows = [
    row('one', 'name', 'title'),
    row('two', 'name', 'label'),
    row('three', 'name', 'title'),
    row('four', 'title', 'name'),
  ];

  expect(rowsOfBoth(rows, 'name', 'title').map(({ slug }) => slug)).toEqual(['one', 'three']);
});

test('two properties that no row maps have no rows', () => {
  expect(rowsOfBoth([row('one', 'name', 'title')], 'name', 'label')).toEqual([]);
});

test('a list is read once, however often it is asked', () => {
  let reads = 0;
  const counted = Object.defineProperty(row('one', 'name', 'title'), 'a', {
    get: () => {
      reads += 1;
      return 'name';
    },
  });
  const rows = [counted];

  rowsOfBoth(rows, 'name', 'title');
  const first = reads;
  rowsOfBoth(rows, 'name', 'title');

  expect(reads).toBe(first);
});
