import { expect, test } from 'vitest';
import type { MappedRow } from '../../checklist/plan.js';
import type { FieldType } from '../../contract/field.js';
import { scenarioWorld, textField } from '../testing/scenario-world.js';
import { hasTwoValues, shareList } from './plain-rows.js';

const row = (a: string, b: string) => ({ slug: b, a, b }) as MappedRow;

test.each<[string, FieldType, boolean]>([
  ['a text', { kind: 'string', maxLength: 40 }, false],
  ['a yes or no', { kind: 'boolean' }, true],
  ['a choice of two', { kind: 'enum', values: ['x', 'y'] }, true],
  ['a choice of three', { kind: 'enum', values: ['x', 'y', 'z'] }, false],
])('two values are all that a property has, or not: %s', (_what, type, expected) => {
  const { context } = scenarioWorld({ fields: { a: [textField('name')], b: [{ path: 'name', type }] } });

  expect(hasTwoValues(context, row('name', 'name'))).toBe(expected);
});

test.each([
  ['elements of one list', 'phones[kind=mobile].number', 'phones[kind=work].number', true],
  ['lists whose names begin alike', 'phones[kind=mobile].number', 'posts[kind=work].street', false],
  ['an element and a property of its own', 'phones[kind=mobile].number', 'phones', false],
  ['two properties of their own', 'name', 'name2', false],
])('rows lie in one list of a side, or not: %s', (_what, one, other, expected) => {
  expect(shareList(row('one', one), row('other', other))).toBe(expected);
  expect(shareList(row(one, 'one'), row(other, 'other'))).toBe(expected);
});
