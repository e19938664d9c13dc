import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entityAccepts, typeAccepts } from './accepts.js';
import type { EntityContract, FieldSpec, FieldType, Json } from './field.js';
import { entitySchemas, typeSchema } from './schema.js';

const inner: FieldSpec[] = [
  { path: 'quantity', type: { kind: 'integer', min: 1, max: 9 }, required: true },
  { path: 'note', type: { kind: 'string', maxLength: 3 } },
];

const TYPES: FieldType[] = [
  { kind: 'string', maxLength: 3 },
  ...(['email', 'phone', 'country', 'currency', 'url', 'barcode', 'sku'] as const).map(
    (format): FieldType => ({ kind: 'string', maxLength: 12, format }),
  ),
  { kind: 'integer', min: -2, max: 100 },
  { kind: 'number' },
  { kind: 'decimal-string', scale: 2 },
  { kind: 'minor-units' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'datetime' },
  { kind: 'epoch-ms' },
  { kind: 'date-epoch-ms' },
  { kind: 'enum', values: ['open', 'paid'] },
  { kind: 'string-list', maxLength: 3 },
  { kind: 'string-list', maxLength: 3, allowed: ['red'] },
  { kind: 'joined-list', separator: ';', maxLength: 3 },
  { kind: 'reference', entity: 'Customer' },
  { kind: 'object-list', fields: inner },
  { kind: 'untyped' },
];

/** Values at and around what the types allow. */
const NEAR: Json[] = [
  '',
  'a',
  'abc',
  'abcd',
  '😀😀😀',
  '😀😀😀😀',
  'a@b.c',
  'a@b',
  '+31 6 123',
  'NL',
  'nl',
  'EUR',
  '0012',
  'open',
  'http://x',
  'ftp://x',
  '12.50',
  '12.5',
  '012.50',
  '-0.00',
  '2024-02-29',
  '2023-02-29',
  'red',
  '2024-02-29T10:00:00Z',
  '2024-02-29T10:00:00',
  '2024-13-01T10:00:00Z',
  '2024-02-29T10:00:00.123+01:00',
  0,
  -0,
  -2,
  -3,
  100,
  101,
  1.5,
  2 ** 53,
  86_400_000,
  86_400_001,
  true,
  false,
  [],
  ['red'],
  ['red', 'blue'],
  [''],
  ['abcd'],
  [1],
  [null],
  {},
  { quantity: 1 },
  { quantity: 10 },
  [{ quantity: 1 }],
  [{ quantity: 1, note: null }],
  [{ note: 'a' }],
  [{ quantity: 1, more: 1 }],
  [{}],
];

const anyJson = fc.oneof(fc.constantFrom(...NEAR), fc.jsonValue() as fc.Arbitrary<Json>);

test('a value is accepted exactly when the schema of its type takes it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), anyJson, (type, value) => {
      expect(typeAccepts(type)(value)).toBe(typeSchema(type).safeParse(value).success);
    }),
    { numRuns: 3000 },
  );
});

test('each value near a limit is judged as the schema judges it, under every type', () => {
  for (const type of TYPES)
    for (const value of NEAR)
      expect([type, value, typeAccepts(type)(value)]).toEqual([
        type,
        value,
        typeSchema(type).safeParse(value).success,
      ]);
});

test('a pattern of its own takes the place of that of the format', () => {
  const accepts = typeAccepts({ kind: 'string', maxLength: 9, format: 'email' }, '^[0-9]{3}$');

  expect([accepts('123'), accepts('1234'), accepts('a@b.c')]).toEqual([true, false, false]);
});

const entity: EntityContract = {
  name: 'Customer',
  collection: 'customers',
  idKind: 'integer',
  fields: [
    { path: 'name', type: { kind: 'string', maxLength: 5 }, required: true },
    { path: 'address.city', type: { kind: 'string', maxLength: 5 } },
    { path: 'address.country.id', type: { kind: 'reference', entity: 'Country' } },
    { path: 'emails[].value', type: { kind: 'string', maxLength: 9, format: 'email' } },
  ],
};

const part = fc.constantFrom<Json>(
  'Ann',
  'too long',
  null,
  1,
  [],
  {},
  { city: 'Rome' },
  { city: 1 },
  { country: { id: 7 } },
  { country: {} },
  { country: null },
  { more: 1 },
  [{ value: 'a@b.c' }],
  [{ value: 'a' }],
  [null],
);

test('a record is accepted exactly when the schema of its entity takes it', () => {
  const records = fc.dictionary(fc.constantFrom('name', 'address', 'emails', 'more'), part, {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(records, fc.constantFrom('create' as const, 'patch' as const), (record, mode) => {
      expect(entityAccepts(entity)[mode](record)).toBe(entitySchemas(entity)[mode].safeParse(record).success);
    }),
    { numRuns: 3000 },
  );
});
