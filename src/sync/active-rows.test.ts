import { expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import { activeRows } from './active-rows.js';
import { rowOf } from './testing/mapped-row.js';

const row = (slug: string, more: Partial<MappedRow> = {}): MappedRow => rowOf(slug, { b: 'target', ...more });
const active = (rows: MappedRow[], a = {}, b = {}) =>
  activeRows(rows, { a, b }).map((one) => `${one.slug} from ${one.a}`);
const onlyIn = (side: 'a' | 'b', value: string) => ({ only: [{ side, path: 'country.code', value }] });

test('a row without conditions always holds', () => {
  expect(active([row('one'), row('two', { b: 'other' })])).toEqual(['one from one', 'two from two']);
});

test('a conditional row holds where the record of its side meets the condition', () => {
  const rows = [row('no', onlyIn('a', 'NO')), row('se', onlyIn('b', 'SE'))];

  expect(active(rows, { country: { code: 'NO' } }, { country: { code: 'NO' } })).toEqual(['no from no']);
  expect(active(rows, { country: { code: 'SE' } }, { country: { code: 'SE' } })).toEqual(['se from se']);
  expect(active(rows)).toEqual([]);
});

test('all conditions of a row must be met', () => {
  const rows = [row('both', { only: [...onlyIn('a', 'NO').only, ...onlyIn('b', 'SE').only] })];

  expect(active(rows, { country: { code: 'NO' } }, { country: { code: 'NO' } })).toEqual([]);
});

test('of several sources the first with a value holds, under the slug of the first', () => {
  const rows = [
    row('second', { precedence: 2 }),
    row('first', { precedence: 1 }),
    row('third', { precedence: 3 }),
  ];

  expect(active(rows, { second: 'x', third: 'y' })).toEqual(['first from second']);
  expect(active(rows, { first: 'z', second: 'x' })).toEqual(['first from first']);
  expect(active(rows)).toEqual(['first from first']);
});

test('a source whose condition is not met does not count', () => {
  const rows = [row('first', { precedence: 1, ...onlyIn('a', 'NO') }), row('second', { precedence: 2 })];

  expect(active(rows, { first: 'x' })).toEqual(['first from second']);
  expect(active([row('only', { precedence: 1, ...onlyIn('a', 'NO') })])).toEqual([]);
});

test('sources of other targets are chosen apart', () => {
  const rows = [row('one', { precedence: 1 }), row('two', { precedence: 1, b: 'other' })];

  expect(active(rows)).toEqual(['one from one', 'two from two']);
});
