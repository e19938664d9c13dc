import { expect, test } from 'vitest';
import type { FieldSpec, FieldType } from '../../contract/field.js';
import type { MappedRow, Transform } from '../plan.js';
import { editValues, tooLongFor, unmappedValue } from './edit-values.js';

const row = (transform: Transform = { kind: 'identity' }) => ({ transform }) as MappedRow;
const field = (type: FieldType, more: Partial<FieldSpec> = {}): FieldSpec => ({ path: 'x', type, ...more });
const text = (maxLength: number, more: Partial<FieldSpec> = {}) => field({ kind: 'string', maxLength }, more);
const choice = (...values: string[]) => field({ kind: 'enum', values });
const labels = (own: MappedRow, from: FieldSpec, to: FieldSpec) =>
  editValues(own, from, to).map((one) => one.label);

test('a text has boundary values that both sides can hold', () => {
  const longest = (from: FieldSpec, to: FieldSpec) =>
    Math.max(...editValues(row(), from, to).map(({ value }) => [...String(value)].length));

  expect(longest(text(40), text(25))).toBe(25);
  expect(longest(text(25), text(40))).toBe(25);
});

test('values of a property that is unique on one side alone are those of a unique one', () => {
  const unique = labels(row(), text(40, { unique: true }), text(40, { unique: true }));

  expect(labels(row(), text(40, { unique: true }), text(40))).toEqual(unique);
  expect(labels(row(), text(40), text(40, { unique: true }))).toEqual(unique);
  expect(labels(row(), text(40), text(40))).not.toEqual(unique);
});

test('values of two types have none in common', () => {
  expect(labels(row(), text(40), field({ kind: 'boolean' }))).toEqual([]);
  expect(labels(row({ kind: 'cast', to: 'string' }), text(40), field({ kind: 'boolean' }))).not.toEqual([]);
});

test.each<Transform>([
  { kind: 'datetime-format', format: '%Y' },
  { kind: 'replace', from: 'a', to: 'b' },
  { kind: 'placeholder', placeholder: 'x' },
  { kind: 'strip-first-word', pattern: '*', separator: ' ' },
  { kind: 'integer-unless-text', literal: 'x' },
  { kind: 'reference', pair: 'x' },
  { kind: 'lines', rows: [] },
])('what $kind makes of boundary values is not known', (transform) => {
  expect(labels(row(transform), text(40), text(40))).toEqual([]);
});

test('of a choice only values that the mapping names are tried', () => {
  const mapping: Transform = {
    kind: 'enum',
    pairs: [
      ['new', 'fresh'],
      ['done', 'closed'],
    ],
  };
  const values = editValues(row(mapping), choice('new', 'done', 'lost'), choice('fresh', 'closed')).map(
    (one) => one.value,
  );

  expect(values).toContain('new');
  expect(values).not.toContain('lost');
});

test('the value of a choice without a counterpart is found on either side', () => {
  const mapping = row({ kind: 'enum', pairs: [['new', 'fresh']] });

  expect(unmappedValue(mapping, choice('new', 'lost', 'gone'), 'a')).toBe('lost');
  expect(unmappedValue(mapping, choice('fresh', 'new'), 'b')).toBe('new');
  expect(unmappedValue(mapping, choice('new'), 'a')).toBeNull();
  expect(unmappedValue(mapping, text(9), 'a')).toBeNull();
  expect(unmappedValue(row(), choice('lost'), 'a')).toBeNull();
});

test('a text is too long for a side that takes less and may be left empty', () => {
  expect([...(tooLongFor(row(), text(40), text(30)) ?? '')].length).toBeGreaterThan(30);
  expect(tooLongFor(row(), text(30), text(30))).toBeNull();
  expect(tooLongFor(row(), text(40), text(30, { required: true }))).toBeNull();
  expect(tooLongFor(row({ kind: 'cast', to: 'string' }), text(40), text(30))).toBeNull();
  expect(tooLongFor(row(), field({ kind: 'untyped' }), text(30))).toBeNull();
  expect(tooLongFor(row(), text(40), field({ kind: 'untyped' }))).toBeNull();
});

test('a text of a format that gives none is too long by one letter', () => {
  const phone = field({ kind: 'string', maxLength: 5, format: 'phone' });

  expect(tooLongFor(row(), text(40), phone)?.length).toBeGreaterThan(5);
});
