import { expect, test } from 'vitest';
import type { FieldSpec, FieldType } from '../contract/field.js';
import type { Cell } from './json.js';
import { misfitOf } from './misfit.js';

const TEXT: FieldType = { kind: 'string', maxLength: 5 };
const field = (type: FieldType, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path: 'name',
  type,
  ...more,
});
const list = (...fields: FieldSpec[]): FieldType => ({ kind: 'object-list', fields });

const WHOLE = 'does not hold a whole number';
const TIME = 'does not hold a time as text';
const INTEGER: FieldType = { kind: 'integer', min: 0, max: 9 };

test.each<[FieldType, Cell[], [Cell, string][]]>([
  [
    INTEGER,
    [0, 12],
    [
      [1.5, WHOLE],
      ['1', WHOLE],
      [2 ** 60, WHOLE],
    ],
  ],
  [{ kind: 'minor-units' }, [100], [[1.5, WHOLE]]],
  [{ kind: 'epoch-ms' }, [0], [['0', WHOLE]]],
  [{ kind: 'date-epoch-ms' }, [0], [['2026-01-01', WHOLE]]],
  [
    { kind: 'number' },
    [1.5],
    [
      ['1.5', 'does not hold a number'],
      [Number.POSITIVE_INFINITY, 'does not hold a number'],
    ],
  ],
  [
    { kind: 'decimal-string', scale: 2 },
    ['1', '-1.50'],
    [
      [1, 'does not hold a decimal number as text'],
      ['1,5', 'does not hold a decimal number as text'],
    ],
  ],
  [
    { kind: 'boolean' },
    [true, false],
    [
      ['true', 'does not hold true or false'],
      [0, 'does not hold true or false'],
    ],
  ],
  [
    { kind: 'date' },
    ['2026-01-01'],
    [
      ['soon', TIME],
      [0, TIME],
    ],
  ],
  [{ kind: 'datetime' }, ['2026-01-01T00:00:00Z'], [['later', TIME]]],
  [
    { kind: 'string-list', maxLength: 5 },
    [[], ['a']],
    [
      ['a', 'does not hold a list of texts'],
      [[1], 'does not hold a list of texts'],
    ],
  ],
  [
    list(),
    [[], [{}]],
    [
      [{}, 'does not hold a list of objects'],
      [['a'], 'does not hold a list of objects'],
    ],
  ],
  [
    { kind: 'reference', entity: 'X' },
    ['r1', 7],
    [
      [true, 'does not hold an id'],
      [['r1'], 'does not hold an id'],
    ],
  ],
  [{ kind: 'untyped' }, ['a', 1, true, ['a']], [[{}, 'does not hold a value and no object']]],
  [
    TEXT,
    ['a', 'longer than it may be'],
    [
      [1, 'does not hold a text'],
      [['a'], 'does not hold a text'],
    ],
  ],
  [{ kind: 'enum', values: ['a'] }, ['a', 'none of them'], [[1, 'does not hold a text']]],
  [{ kind: 'joined-list', separator: ';', maxLength: 5 }, ['a;b'], [[['a'], 'does not hold a text']]],
])('a field of %j tells what it cannot mean', (type, fitting, misfits) => {
  for (const value of fitting) expect(misfitOf(field(type), value)).toBeNull();
  for (const [value, why] of misfits) expect(misfitOf(field(type), value)).toBe(why);
});

test('what no field describes, or an answer does not hold, is no misfit', () => {
  expect(misfitOf(undefined, {})).toBeNull();
  expect(misfitOf(field(TEXT), undefined)).toBeNull();
  expect(misfitOf(field(TEXT, { required: true }), undefined)).toBeNull();
});

test('what is empty is a misfit only where it never should be', () => {
  expect(misfitOf(field(TEXT), null)).toBeNull();
  expect(misfitOf(field(TEXT, { required: true }), null)).toBe('is empty, and it never should be');
});

test('each element of a list is looked into', () => {
  const lines = field(list(field(INTEGER, { path: 'count' }), field(TEXT, { path: 'name', required: true })));

  expect(misfitOf(lines, [{ count: 1, name: 'a' }, { name: 'b' }])).toBeNull();
  expect(
    misfitOf(lines, [
      { count: 1, name: 'a' },
      { count: 'x', name: 'b' },
    ]),
  ).toBe('does not hold a whole number at count of an element');
  expect(misfitOf(lines, [{ name: null }])).toBe('is empty, and it never should be at name of an element');
});
