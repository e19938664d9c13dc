import { expect, test } from 'vitest';
import { splitLines } from './lines.js';

const texts = (text: string) => splitLines(text).map((line) => line.text);

test('lines end as on any system, and trailing blanks are dropped', () => {
  expect(texts('a \nb\r\nc\rd\t')).toEqual(['a', 'b', 'c', 'd']);
  expect(splitLines('\uFEFF  a')).toEqual([{ number: 1, text: '  a', indent: 2 }]);
});

test.each(['\v', '\f', '\u0085', '\u2028', '\u2029'])('%j ends no line: it is a blank', (blank) => {
  expect(texts(`a${blank}b\nc`)).toEqual(['a b', 'c']);
});

test.each([
  ['\ta', '        a'],
  ['ab\tc', 'ab      c'],
  ['\t\ta', '                a'],
  ['a\t\tb', 'a               b'],
  ['abcdefgh\ti', 'abcdefgh        i'],
  ['a\tb\tc', 'a       b       c'],
])('a tab counts to the next multiple of eight: %j', (text, expanded) => {
  expect(texts(text)).toEqual([expanded]);
});
