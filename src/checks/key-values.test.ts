import { expect, test } from 'vitest';
import type { FieldSpec, FieldType } from '../contract/field.js';
import type { CheckContext } from './context.js';
import { nearlyKeyValue, ownKeyValue } from './key-values.js';

const context = { ownKey: (text: string) => `${text}-w1`, rng: () => 0.5 } as unknown as CheckContext;
const field = (type: FieldType): FieldSpec => ({ path: 'code', type });
const TEXT: FieldType = { kind: 'string', maxLength: 40 };

test.each([
  ['a text', TEXT, 'many-2-w1'],
  ['an e-mail address', { ...TEXT, format: 'email' }, 'many-2-w1@example.org'],
  ['a number', { kind: 'number' }, 3],
  ['an integer', { kind: 'integer', min: 0, max: 100 }, 3],
  ['a list', { kind: 'string-list', maxLength: 40 }, ['many-2-w1']],
  ['a list in one text', { kind: 'joined-list', separator: ';', maxLength: 40 }, 'many-2-w1'],
  ['what has no type', { kind: 'untyped' }, 'many-2-w1'],
] satisfies [string, FieldType, unknown][])(
  '%s of the test itself has the form of its type',
  (_what, type, own) => {
    expect(ownKeyValue(context, field(type), 'many-2', 2)).toEqual(own);
  },
);

test('a property that no field describes takes the text', () => {
  expect(ownKeyValue(context, undefined, 'many-2', 2)).toBe('many-2-w1');
});

test('what has no form of its own is a valid value of its type', () => {
  expect(ownKeyValue(context, field({ kind: 'date' }), 'many-2', 2)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test.each([
  ['a number', { kind: 'integer', min: 0, max: 100 }, 4, 5],
  ['a text', TEXT, 'N-1', 'N-19'],
  ['an e-mail address', TEXT, 'ada@example.org', 'xada@example.org'],
  ['a list', { kind: 'string-list', maxLength: 40 }, ['red', 'a@b.org'], ['red9', 'xa@b.org']],
  ['a list in one text', { kind: 'joined-list', separator: ';', maxLength: 40 }, 'red;blue', 'red;blue9'],
  ['what has no type', { kind: 'untyped' }, 'N-1', 'N-19'],
] satisfies [string, FieldType, unknown, unknown][])('%s only resembles', (_what, type, value, near) => {
  expect(nearlyKeyValue(context, field(type), value as never)).toEqual(near);
});

test('a value of a property that no field describes only resembles it as a text', () => {
  expect(nearlyKeyValue(context, undefined, 'N-1')).toBe('N-19');
});

test('a text that only resembles a long one has two hundred characters at most', () => {
  expect(nearlyKeyValue(context, field(TEXT), 'x'.repeat(199))).toBe(`${'x'.repeat(199)}9`);
  expect(nearlyKeyValue(context, field(TEXT), 'x'.repeat(201))).toBe('x'.repeat(200));
});

test('a value that is not free text is another one of its type', () => {
  const rolls = [0.1, 0.9];
  const changing = { ...context, rng: () => rolls.shift() ?? 0.3 } as unknown as CheckContext;

  const near = nearlyKeyValue(changing, field({ kind: 'boolean' }), true);

  expect(near).toBe(false);
});
