import { expect, test } from 'vitest';
import { agrees, foldText, isEmpty, isObject, same, type Cell } from './json.js';

test.each<[Cell, Cell]>([
  [1, 1],
  [null, null],
  [undefined, undefined],
  [[], []],
  [
    [1, { a: [2] }],
    [1, { a: [2] }],
  ],
  [
    { a: 1, b: null },
    { b: null, a: 1 },
  ],
])('%j is the same as %j', (x, y) => {
  expect(same(x, y)).toBe(true);
  expect(same(y, x)).toBe(true);
});

test.each<[Cell, Cell]>([
  [null, undefined],
  [null, {}],
  [[], {}],
  [{}, 'x'],
  [{}, ''],
  [{}, 0],
  [{}, undefined],
  [{ length: 0 }, []],
  [0, '0'],
  [[1], [1, 2]],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: 1 }, { b: 1 }],
  [{ a: undefined as unknown as null }, { b: undefined as unknown as null }],
])('%j is not the same as %j', (x, y) => {
  expect(same(x, y)).toBe(false);
  expect(same(y, x)).toBe(false);
});

test('only plain objects are objects', () => {
  expect([{}, [], null, 'x', 1, undefined].map(isObject)).toEqual([true, false, false, false, false, false]);
});

test('text is folded: composed, lower case, without outer blanks', () => {
  expect(foldText('  E\u0301VA Li ')).toBe('\u00E9va li');
});

test('absent, null, empty text and empty list are empty; zero and false are not', () => {
  expect([undefined, null, '', []].every(isEmpty)).toBe(true);
  expect([0, false, ' ', [null], {}].some(isEmpty)).toBe(false);
});

test('null members and empty lists count as absent, also within', () => {
  expect(agrees({ a: 1, b: null }, { a: 1 })).toBe(true);
  expect(agrees([], null)).toBe(true);
  expect(agrees([{ a: null, b: { c: null } }], [{ b: {} }])).toBe(true);
  expect(agrees({ a: 0 }, {})).toBe(false);
  expect(agrees([null], [])).toBe(false);
});
