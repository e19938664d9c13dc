import { expect, test } from 'vitest';
import { listText, showing } from './shown.js';
import type { Row } from './store.js';

const rowOf = (id: string): Row => ({
  id,
  fields: { name: `n${id}` },
  createdAt: 1,
  updatedAt: 1,
  version: 1,
  fieldTimes: {},
  revisions: [],
});

test('a record is shown as it was until it has another version', () => {
  const shownOf = showing((row) => ({ id: row.id, ...row.fields }));
  const row = rowOf('1');
  const first = shownOf(row);
  const again = shownOf(row);
  row.fields = { name: 'other' };
  row.version += 1;

  expect(again).toBe(first);
  expect(shownOf(row).text).toBe('{"id":"1","name":"other"}');
});

test('a list reads as the JSON of its records', () => {
  const shownOf = showing((row) => ({ id: row.id, ...row.fields }));
  const shown = [rowOf('1'), rowOf('2')].map((row) => shownOf(row));

  expect(JSON.parse(listText(shown))).toEqual(shown.map(({ json }) => json));
  expect(listText([])).toBe('[]');
});
