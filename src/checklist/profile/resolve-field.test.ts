import { expect, test } from 'vitest';
import { fieldOf } from './resolve-field.js';

test.each([
  [{ type: 'string' as const }, { kind: 'string', maxLength: 255 }],
  [
    { type: 'string' as const, maxLength: 9, format: 'email' as const },
    { kind: 'string', maxLength: 9, format: 'email' },
  ],
  [{ type: 'integer' as const }, { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER }],
  [
    { type: 'integer' as const, min: -5, max: 5 },
    { kind: 'integer', min: -5, max: 5 },
  ],
  [{ type: 'decimal-string' as const }, { kind: 'decimal-string', scale: 2 }],
  [
    { type: 'decimal-string' as const, scale: 0 },
    { kind: 'decimal-string', scale: 0 },
  ],
  [
    { type: 'enum' as const, values: ['x'] },
    { kind: 'enum', values: ['x'] },
  ],
  [
    { type: 'string-list' as const, allowed: ['x'] },
    { kind: 'string-list', maxLength: 255, allowed: ['x'] },
  ],
  [{ type: 'joined-list' as const }, { kind: 'joined-list', separator: ';', maxLength: 255 }],
  [
    { type: 'joined-list' as const, separator: '|' },
    { kind: 'joined-list', separator: '|', maxLength: 255 },
  ],
  [
    { type: 'reference' as const, entity: 'Order' },
    { kind: 'reference', entity: 'Order' },
  ],
  [{ type: 'boolean' as const }, { kind: 'boolean' }],
])('%j is the type %j', (given, type) => {
  expect(fieldOf('path', given, undefined)).toEqual({ path: 'path', type });
});

test('the fields of a list of objects are fields too', () => {
  const given = {
    type: 'object-list' as const,
    fields: { sku: { type: 'string' as const, required: true } },
  };

  expect(fieldOf('lines', given, undefined).type).toEqual({
    kind: 'object-list',
    fields: [{ path: 'sku', type: { kind: 'string', maxLength: 255 }, required: true }],
  });
});

test('without a type the one of the contract stays, with the bounds that are given', () => {
  const before = { path: 'name', type: { kind: 'string' as const, maxLength: 40 }, unique: true };

  expect(fieldOf('name', { maxLength: 20, required: true }, before)).toEqual({
    path: 'name',
    type: { kind: 'string', maxLength: 20 },
    unique: true,
    required: true,
  });
});

test('what the entry does not name stays as the contract has it', () => {
  const before = {
    path: 'name',
    type: { kind: 'boolean' as const },
    normalises: 'trim' as const,
    pattern: '[a-z]+',
    hint: 'city' as const,
    example: true,
    writePath: 'other',
  };

  expect(fieldOf('name', {}, before)).toStrictEqual(before);
});

test('a field of which nothing is known is untyped', () => {
  expect(fieldOf('name', {}, undefined)).toEqual({ path: 'name', type: { kind: 'untyped' } });
});

test('everything else is taken over as it is given, false too', () => {
  const more = {
    required: false,
    readOnly: true,
    unique: false,
    normalises: 'trim' as const,
    pattern: '[a-z]+',
    hint: 'city' as const,
    example: null,
    writePath: 'other',
  };

  expect(fieldOf('name', { type: 'boolean', ...more }, undefined)).toEqual({
    path: 'name',
    type: { kind: 'boolean' },
    ...more,
  });
});
