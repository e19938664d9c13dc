import { expect, test, vi } from 'vitest';
import type { Transform } from '../checklist/plan.js';
import type { Json } from '../contract/field.js';
import { carry, UnlinkedReference, UnmappableValue } from './transform.js';

const refer = (pair: string, from: string, id: string) => `${pair} ${from} ${id}`;
const toB = (transform: Transform, value: Json) => carry(transform, 'a', value, refer);
const toA = (transform: Transform, value: Json) => carry(transform, 'b', value, refer);
const MONEY: Transform = { kind: 'decimal-minor', scale: 2 };
const RATE: Transform = { kind: 'decimal-number', scale: 2 };
const STATES: Transform = {
  kind: 'enum',
  pairs: [
    ['active', 'on'],
    ['disabled', 'off'],
  ],
};
const YES: Transform = { kind: 'boolean-enum', yes: 'Y', no: 'N' };
const TAGS: Transform = { kind: 'joined-list', separator: ';' };
const LINES: Transform = {
  kind: 'lines',
  rows: [
    row('product_id', 'item', { kind: 'reference', pair: 'product' }),
    row('price', 'cost.minor', { kind: 'decimal-minor', scale: 2 }),
  ],
};

function row(a: string, b: string, transform: Transform) {
  return {
    slug: a,
    a,
    b,
    transform,
    direction: 'both' as const,
    examples: [],
    origin: 'profile' as const,
    line: null,
  };
}

test.each<[string, Transform, Json, Json]>([
  ['an amount', MONEY, '12.50', 1250],
  ['a negative amount', MONEY, '-0.05', -5],
  ['an amount without a fraction', MONEY, '3', 300],
  ['an amount of three decimals', { kind: 'decimal-minor', scale: 3 }, '1.234', 1234],
  ['an amount of none', { kind: 'decimal-minor', scale: 0 }, '17', 17],
  ['a large amount', MONEY, '90071992547409.91', 9_007_199_254_740_991],
  ['a rate', RATE, '12.50', 12.5],
  ['an instant', { kind: 'iso-epoch' }, '2026-03-29T02:30:00.000+02:00', 1_774_744_200_000],
  ['a day', { kind: 'date-epoch' }, '1990-05-17', 642_902_400_000],
  ['a choice', STATES, 'disabled', 'off'],
  ['yes', YES, true, 'Y'],
  ['no', YES, false, 'N'],
  ['a list', TAGS, ['vip', 'new'], 'vip;new'],
  ['an empty list', TAGS, [], ''],
  ['a reference', { kind: 'reference', pair: 'customer' }, 7, 'customer a 7'],
])('%s is carried to b', (_what, transform, value, expected) => {
  expect(toB(transform, value)).toEqual(expected);
});

test.each<[string, Transform, Json, Json]>([
  ['an amount', MONEY, 1250, '12.50'],
  ['a small amount', MONEY, 5, '0.05'],
  ['a negative amount', MONEY, -5, '-0.05'],
  ['an amount of nothing', MONEY, 0, '0.00'],
  ['an amount of no decimals', { kind: 'decimal-minor', scale: 0 }, -17, '-17'],
  ['a rate', RATE, 12.5, '12.50'],
  ['an instant', { kind: 'iso-epoch' }, 1_774_744_200_000, '2026-03-29T00:30:00.000Z'],
  ['a day', { kind: 'date-epoch' }, 642_902_400_000, '1990-05-17'],
  ['a choice', STATES, 'off', 'disabled'],
  ['yes', YES, 'Y', true],
  ['no', YES, 'N', false],
  ['a list', TAGS, 'vip;new', ['vip', 'new']],
  ['an empty list', TAGS, '', []],
  ['a reference', { kind: 'reference', pair: 'customer' }, 'x9', 'customer b x9'],
])('%s is carried to a', (_what, transform, value, expected) => {
  expect(toA(transform, value)).toEqual(expected);
});

test.each<[string, string, number]>([
  ['half up', '1.005', 101],
  ['below half down', '1.0049', 100],
  ['half of a negative amount away from zero', '-1.005', -101],
])('beyond its scale an amount is rounded, %s', (_how, text, minor) => {
  expect(toB(MONEY, text)).toBe(minor);
});

test.each<[string, Transform, Json]>([
  ['words for an amount', MONEY, 'twelve'],
  ['an amount with a comma', MONEY, '1,50'],
  ['an amount with more around it', MONEY, 'x1.50'],
  ['an amount with more behind it', MONEY, '1.50x'],
  ['words for a rate', RATE, 'some'],
  ['words for an instant', { kind: 'iso-epoch' }, 'yesterday'],
  ['words for a day', { kind: 'date-epoch' }, 'May'],
  ['an undeclared choice', STATES, 'unknown'],
  ['the word of the other side', STATES, 'on'],
  ['text for lines', LINES, 'none'],
  ['a list of texts for lines', LINES, ['none']],
])('%s is refused, not guessed', (_what, transform, value) => {
  expect(() => toB(transform, value)).toThrow(UnmappableValue);
});

test('the refusal names the value', () => {
  expect(() => toB(MONEY, 'twelve')).toThrow('"twelve" is no decimal number');
  expect(() => toB(RATE, 'some')).toThrow('"some" cannot be read');
  expect(() => toA(STATES, 'x')).toThrow('"x" has no declared counterpart');
  expect(() => toA(YES, 'maybe')).toThrow('"maybe" is neither yes nor no');
});

test('nothing is carried as nothing, either way', () => {
  for (const transform of [MONEY, STATES, YES, TAGS, LINES]) {
    expect(toB(transform, null)).toBeNull();
    expect(toA(transform, null)).toBeNull();
  }
});

test('lines are carried one by one, in their order', () => {
  const lines: Json = [{ product_id: 1, price: '2.00' }, { product_id: 2 }];

  expect(toB(LINES, lines)).toEqual([
    { item: 'product a 1', cost: { minor: 200 } },
    { item: 'product a 2', cost: { minor: null } },
  ]);
  expect(toA(LINES, [{ item: 'p', cost: { minor: 5 } }])).toEqual([
    { product_id: 'product b p', price: '0.05' },
  ]);
});

test('an instant is written in the format of the document, in UTC and with leading zeros', () => {
  const transform: Transform = { kind: 'datetime-format', format: '%d.%m.%Y %H:%M:%S, %Y' };

  expect(toB(transform, '0987-06-05T04:03:02Z')).toBe('05.06.0987 04:03:02, 0987');
  expect(toB(transform, '2026-01-01T00:30:00+01:00')).toBe('31.12.2025 23:30:00, 2025');
});

test('an instant without a zone is one in UTC, wherever the sync runs', () => {
  vi.stubEnv('TZ', 'Europe/Oslo');
  const transform: Transform = { kind: 'datetime-format', format: '%Y-%m-%d %H:%M' };

  expect(toB(transform, '2026-06-01T00:30:00')).toBe('2026-06-01 00:30');
  expect(toB({ kind: 'iso-epoch' }, '2026-06-01T00:30:00')).toBe(Date.UTC(2026, 5, 1, 0, 30));
  vi.unstubAllEnvs();
});

test('what is no instant stays as it is', () => {
  const transform: Transform = { kind: 'datetime-format', format: '%Y' };

  expect(toB(transform, '2026-01-01')).toBe('2026-01-01');
  expect(toB(transform, 'Tomorrow')).toBe('Tomorrow');
  expect(toA(transform, '2026')).toBe('2026');
});

test('text is replaced everywhere, literally', () => {
  const transform: Transform = { kind: 'replace', from: '.', to: '$&' };

  expect(toB(transform, 'a.b.c')).toBe('a$&b$&c');
  expect(toA(transform, 'a.b')).toBe('a.b');
});

test('a placeholder stands for no value on side b only', () => {
  const transform: Transform = { kind: 'placeholder', placeholder: 'none' };

  expect(toB(transform, null)).toBe('none');
  expect(toB(transform, '')).toBe('none');
  expect(toB(transform, 'x')).toBe('x');
  expect(toA(transform, null)).toBeNull();
  expect(toA(transform, '')).toBe('');
});

test.each<[string, string, Json]>([
  ['Mr*', 'Mr Ben Ek', 'Ben-Ek'],
  ['Mr*', 'Dr Ben', 'Dr Ben'],
  ['*AS', 'Ek Bygg AS', 'Bygg-AS'],
  ['*AS', 'AS Ek', 'AS Ek'],
  ['A*b*c', 'A x b y c', 'x-b-y-c'],
  ['A*b*c', 'A x c', 'A x c'],
  ['A*b*c', 'A c b', 'A c b'],
  ['A*b*b', 'A x b', 'A x b'],
  ['*b*c', 'b x c', 'x-c'],
  ['A*x c', 'Ax c', 'c'],
  ['Aa*aB', 'AaB', 'AaB'],
  ['one two', 'one two', 'two'],
  ['one two', 'one two three', 'one two three'],
])('the first word is stripped where %j matches: %j', (pattern, text, expected) => {
  expect(toB({ kind: 'strip-first-word', pattern, separator: '-' }, text)).toBe(expected);
});

test.each<[Json, Json]>([
  ['12', 12],
  ['-7', -7],
  ['123456789012345', 123_456_789_012_345],
  ['1234567890123456', '1234567890123456'],
  ['12a', '12a'],
  ['a12', 'a12'],
  ['', ''],
  [true, true],
  [['12'], ['12']],
])('%j is a number on side b if it is one: %j', (value, expected) => {
  expect(toB({ kind: 'integer-unless-text', literal: 'x' }, value)).toEqual(expected);
});

test('a number comes back as its digits, anything else as it is', () => {
  const transform: Transform = { kind: 'integer-unless-text', literal: 'x' };

  expect(toA(transform, 12)).toBe('12');
  expect(toA(transform, 'a')).toBe('a');
  expect(toA(transform, true)).toBe(true);
});

test.each<Transform>([{ kind: 'identity' }, { kind: 'cast', to: 'string' }])(
  '%j carries a value as it is',
  (transform) => {
    expect(toB(transform, { x: [1] })).toEqual({ x: [1] });
    expect(toA(transform, 'x')).toBe('x');
  },
);

test('a reference without counterpart says what it waits for', () => {
  const error = new UnlinkedReference('customer a 7');

  expect(error.message).toBe('waits for the counterpart of customer a 7');
  expect(error.refs).toEqual(['customer a 7']);
});

test('of several references without counterpart any one is waited for', () => {
  const error = new UnlinkedReference('customer a 7', 'order a 8', 'order a 9');

  expect(error.message).toBe('waits for the counterpart of customer a 7 or order a 8 or order a 9');
  expect(error.refs).toEqual(['customer a 7', 'order a 8', 'order a 9']);
});
