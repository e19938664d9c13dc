import { expect, test } from 'vitest';
import type { MappedRow, Transform } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import { differenceOf, sameValue } from './agree.js';

const LIST: Transform = { kind: 'joined-list', separator: ';' };
const LINES: Transform = { kind: 'lines', rows: [] };
const PLAIN: Transform = { kind: 'identity' };

test.each<[Transform, Json, Json, boolean]>([
  [PLAIN, 'x', 'x', true],
  [PLAIN, 'x', 'X', false],
  [PLAIN, '', null, false],
  [PLAIN, [], null, false],
  [PLAIN, { a: 1, b: 2 }, { b: 2, a: 1 }, false],
  [PLAIN, [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], false],
  [LIST, '', null, true],
  [LIST, [], '', true],
  [LIST, 'x', null, false],
  [LIST, ['x'], null, false],
  [LINES, [{ a: 1, b: { d: null, c: 2 } }], [{ b: { c: 2 }, a: 1, e: null }], true],
  [LINES, [{ a: [2, 1] }], [{ a: [1, 2] }], false],
  [LINES, [1, null], [1, null], true],
  [LINES, [{ a: 1 }], [{ a: 2 }], false],
  [LINES, [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }], false],
  [LINES, null, [], false],
])('for %j %j and %j: %s', (transform, one, other, same) => {
  expect(sameValue(transform, one, other)).toBe(same);
  expect(sameValue(transform, other, one)).toBe(same);
});

test('a difference names the path on side b, what was expected and what was found', () => {
  const row = { a: 'state', b: 'in.state', transform: { kind: 'enum', pairs: [['x', 'y']] } } as MappedRow;
  const refer = () => null;

  expect(differenceOf(row, { state: 'x' }, { in: { state: 'y' } }, refer)).toBeNull();
  expect(differenceOf(row, { state: 'x' }, { in: { state: 'z' } }, refer)).toEqual({
    path: 'in.state',
    expected: 'y',
    found: 'z',
  });
});
