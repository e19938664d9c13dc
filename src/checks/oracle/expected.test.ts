import { expect, test, vi } from 'vitest';
import type { Transform } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import { decimalToScaled, expectedOnB, formatInstant, keyOnB } from './expected.js';

const refer = (pair: string, id: string) => `${pair} of ${id}`;
const row = (a: string, b: string, transform: Transform) => ({
  slug: a,
  a,
  b,
  transform,
  direction: 'both' as const,
  examples: [],
  origin: 'profile' as const,
  line: null,
});
const LINES: Transform = {
  kind: 'lines',
  rows: [
    row('product_id', 'item', { kind: 'reference', pair: 'product' }),
    row('price', 'cost.minor', { kind: 'decimal-minor', scale: 2 }),
  ],
};
const STATES: Transform = { kind: 'enum', pairs: [['active', 'on']] };
const STRIP = (pattern: string): Transform => ({ kind: 'strip-first-word', pattern, separator: '-' });

test.each<[Transform, Json, Json]>([
  [{ kind: 'identity' }, { x: 1 }, { x: 1 }],
  [{ kind: 'cast', to: 'string' }, 'x', 'x'],
  [{ kind: 'decimal-minor', scale: 2 }, '-12.5', -1250],
  [{ kind: 'decimal-number', scale: 2 }, '12.50', 12.5],
  [{ kind: 'iso-epoch' }, '1970-01-01T00:00:01Z', 1000],
  [{ kind: 'date-epoch' }, '1970-01-02', 86_400_000],
  [STATES, 'active', 'on'],
  [STATES, 'other', null],
  [{ kind: 'boolean-enum', yes: 'Y', no: 'N' }, true, 'Y'],
  [{ kind: 'boolean-enum', yes: 'Y', no: 'N' }, false, 'N'],
  [{ kind: 'joined-list', separator: ';' }, ['x', 'y'], 'x;y'],
  [{ kind: 'joined-list', separator: ';' }, 'x', null],
  [{ kind: 'reference', pair: 'customer' }, 7, 'customer of 7'],
  [LINES, [{ product_id: 1, price: '2.00' }], [{ item: 'product of 1', cost: { minor: 200 } }]],
  [LINES, 'none', null],
  [{ kind: 'replace', from: '.', to: '$&' }, 'a.b.c', 'a$&b$&c'],
  [{ kind: 'placeholder', placeholder: 'none' }, null, 'none'],
  [{ kind: 'placeholder', placeholder: 'none' }, '', 'none'],
  [{ kind: 'placeholder', placeholder: 'none' }, 'x', 'x'],
  [STRIP('Mr*'), 'Mr Ben Ek', 'Ben-Ek'],
  [STRIP('Mr*'), 'Dr Mr Ben', 'Dr Mr Ben'],
  [STRIP('*A.S'), 'Ek AxS', 'Ek AxS'],
  [STRIP('*A.S'), 'Ek A.S', 'A.S'],
  [STRIP('*A.S'), 'Ek A.S more', 'Ek A.S more'],
  [STRIP('Ek*Bygg'), 'Ek\nog Bygg', 'Bygg'],
  [STRIP('+47*'), '+47 99', '99'],
  [{ kind: 'integer-unless-text', literal: 'x' }, '-12', -12],
  [{ kind: 'integer-unless-text', literal: 'x' }, '12', 12],
  [{ kind: 'integer-unless-text', literal: 'x' }, '1234567890123456', '1234567890123456'],
  [{ kind: 'integer-unless-text', literal: 'x' }, 'a12', 'a12'],
  [{ kind: 'integer-unless-text', literal: 'x' }, '12a', '12a'],
])('%j makes of %j: %j', (transform, value, expected) => {
  expect(expectedOnB(transform, value, refer)).toEqual(expected);
});

test('nothing stays nothing', () => {
  expect(expectedOnB({ kind: 'integer-unless-text', literal: 'x' }, null, refer)).toBeNull();
  expect(expectedOnB(STATES, null, refer)).toBeNull();
});

test.each<[string, number, bigint]>([
  ['12.5', 2, 1250n],
  ['1.005', 2, 101n],
  ['1.0049', 2, 100n],
  ['-1.005', 2, -101n],
  ['7', 0, 7n],
  ['7.5', 0, 8n],
  ['x7', 2, 0n],
  ['7x', 2, 0n],
])('%s at scale %i is %s', (text, scale, units) => {
  expect(decimalToScaled(text, scale)).toBe(units);
});

test('an instant is written in UTC, with leading zeros', () => {
  expect(formatInstant('2026-01-02T03:04:05+01:00', '%d.%m.%Y %H-%M-%S %Y %x')).toBe(
    '02.01.2026 02-04-05 2026 %x',
  );
});

test('a zone may be written without its colon', () => {
  expect(formatInstant('2026-01-02T03:04:05+0100', '%H:%M')).toBe('02:04');
});

test('an instant without a zone is one in UTC, wherever the checks run', () => {
  vi.stubEnv('TZ', 'Europe/Oslo');

  expect(formatInstant('2026-06-01T00:30:00', '%Y-%m-%d %H:%M')).toBe('2026-06-01 00:30');
  expect(expectedOnB({ kind: 'iso-epoch' }, '2026-06-01T00:30:00', () => null)).toBe(
    Date.UTC(2026, 5, 1, 0, 30),
  );
  expect(expectedOnB({ kind: 'iso-epoch' }, '+002026-06-01T00:30:00', () => null)).toBe(
    Date.UTC(2026, 5, 1, 0, 30),
  );
  vi.unstubAllEnvs();
});

test.each([
  '2026-01-02',
  'on 2026-01-02T03:04:05Z',
  '2026-13-02T03:04:05Z',
  '26-01-02T03:04:05Z',
  '+002026-01-02T03:04:05Z',
])('%s is left as it is', (text) => {
  expect(formatInstant(text, '%Y')).toBe(text);
});

const keyPart = (transform?: Transform) =>
  ({ a: 'code', b: 'code', normalise: 'none', ...(transform && { transform }) }) as const;

test('a property of a match key is compared as side b holds it', () => {
  expect(keyOnB(keyPart(STATES), 'a', 'active')).toBe('on');
  expect(keyOnB(keyPart(STATES), 'b', 'active')).toBe('active');
  expect(keyOnB(keyPart(), 'a', 'active')).toBe('active');
});

test.each([null, ''])(
  'a key property without a value (%j) stays so, whatever its transform makes of it',
  (none) => {
    expect(keyOnB(keyPart({ kind: 'placeholder', placeholder: 'none' }), 'a', none)).toBe(none);
  },
);

test('a key property that refers to another record has no counterpart to compare', () => {
  expect(keyOnB(keyPart({ kind: 'reference', pair: 'product' }), 'a', '7')).toBeNull();
});
