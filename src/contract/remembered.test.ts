import { expect, test } from 'vitest';
import { remembered } from './remembered.js';

test('a text is worked on once, until too many are remembered', () => {
  const asked: string[] = [];
  const lengthOf = remembered((text) => asked.push(text), 2);

  const given = ['a', 'b', 'a', 'c', 'a'].map((text) => lengthOf(text));

  expect(given).toEqual([1, 2, 1, 3, 4]);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
