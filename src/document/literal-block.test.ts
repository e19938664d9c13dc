import { expect, test } from 'vitest';
import { blocksOf } from './testing/show-blocks.js';

test.each<[string, string[], string[]]>([
  [
    'goes on to the end of the document',
    ['Sample::', '', '  a', '', '    b', ''],
    ['paragraph 1-1: Sample:', 'literal 3-5: a  b'],
  ],
  [
    'ends at the first line that is no further in',
    ['Sample::', '', '  a', '', 'b'],
    ['paragraph 1-1: Sample:', 'literal 3-3: a', 'paragraph 5-5: b'],
  ],
  [
    'is further in than the paragraph that announces it',
    ['- Sample::', '', '  a'],
    ['paragraph 1-1: Sample:', 'paragraph 3-3: a'],
  ],
  [
    'is not announced when an empty item stands between',
    ['Sample::', '', '1.', '', '  a'],
    ['paragraph 1-1: Sample:', 'paragraph 5-5: a'],
  ],
  [
    'is not announced when an item with a directive begins on its line',
    ['Sample::', '', '1. .. tip:: a'],
    ['paragraph 1-1: Sample:', 'paragraph 3-3: a'],
  ],
])('a literal block %s', (_name, lines, expected) => {
  expect(blocksOf(...lines)).toEqual(expected);
});
