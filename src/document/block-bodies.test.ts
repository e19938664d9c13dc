import { describe, expect, test } from 'vitest';
import { readBlocks } from './blocks.js';
import { blocksOf } from './testing/show-blocks.js';

describe('lists', () => {
  test.each<[string, string[], string[]]>([
    [
      'bullets',
      ['* a', '+ b', '- c', '\u2022 d', '\u2023 e', '\u2043 f'],
      [
        'paragraph 1-1: a',
        'paragraph 2-2: b',
        'paragraph 3-3: c',
        'paragraph 4-4: d',
        'paragraph 5-5: e',
        'paragraph 6-6: f',
      ],
    ],
    [
      'numbers',
      ['1. a', '23) b', '(4567) c', '#. d'],
      ['paragraph 1-1: a', 'paragraph 2-2: b', 'paragraph 3-3: c', 'paragraph 4-4: d'],
    ],
    [
      'letters and Roman numbers',
      ['a. x', 'B) y', '(c) z', 'iv. u', '(XVIII) v'],
      ['paragraph 1-1: x', 'paragraph 2-2: y', 'paragraph 3-3: z', 'paragraph 4-4: u', 'paragraph 5-5: v'],
    ],
    ['numbers of five digits are words', ['12345. a'], ['paragraph 1-1: 12345. a']],
    ['two letters are words', ['ab. c'], ['paragraph 1-1: ab. c']],
    [
      'Roman numbers of six are words',
      ['xxviii. c', '', 'XXVIII. c'],
      ['paragraph 1-1: xxviii. c', 'paragraph 3-3: XXVIII. c'],
    ],
    [
      'a bullet without a blank is words',
      ['*a', '', '-b', '', '1.c'],
      ['paragraph 1-1: *a', 'paragraph 3-3: -b', 'paragraph 5-5: 1.c'],
    ],
    ['one in another', ['- 1. a', '- b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['an empty one says nothing', ['a', '', '-', '', 'b'], ['paragraph 1-1: a', 'paragraph 5-5: b']],
    [
      'an item goes on as far in as its words',
      ['- a', '  b', ' c', 'd'],
      ['paragraph 1-2: a b', 'paragraph 3-4: c d'],
    ],
    ['indented items', ['  - a', '    b', '  - c'], ['paragraph 1-2: a b', 'paragraph 3-3: c']],
    ['indented numbers', ['  1. a', '  2. b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['a number is a word when the next line goes on below it', ['1. a', 'b'], ['paragraph 1-2: 1. a b']],
    ['not when the next line is an item', ['1. a', '2. b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['not when the next line is further in', ['1. a', '   b'], ['paragraph 1-2: a b']],
    ['not when the next line is further out', ['  1. a', ' b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['not when the next line is blank', ['1. a', '', 'b'], ['paragraph 1-1: a', 'paragraph 3-3: b']],
    ['a bullet is none', ['- a', 'b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['a directive in an item', ['- .. note:: a', '  b'], ['paragraph 1-1: a', 'paragraph 2-2: b']],
    ['a table in an item', ['- +---+', '  | a |', '  +---+', 'b'], ['table 1-3: a', 'paragraph 4-4: b']],
    ['a simple table is no item', ['== ==', 'a  b', '== =='], ['table 1-3: a|b']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });
});

describe('fields and line blocks', () => {
  test.each<[string, string[], string[]]>([
    ['a field', [':Generated: today', 'x'], ['paragraph 1-1: Generated: today', 'paragraph 2-2: x']],
    [
      'a field that goes on',
      [':Author: one', '  two', ' three', 'x'],
      ['paragraph 1-3: Author: one two three', 'paragraph 4-4: x'],
    ],
    ['a field with blanks at the beginning', [':Author:   one'], ['paragraph 1-1: Author: one']],
    ['a field of nothing', [':Author:', '', 'x'], ['paragraph 1-1: Author:', 'paragraph 3-3: x']],
    ['a field of several words', [':The author: one'], ['paragraph 1-1: The author: one']],
    ['a field with an escaped colon', [':a\\: b: one'], ['paragraph 1-1: a: b: one']],
    [
      'an indented field',
      ['  :Author: one', '    two', '  x'],
      ['paragraph 1-2: Author: one two', 'paragraph 3-3: x'],
    ],
    ['no field: a blank first', [': Author: one'], ['paragraph 1-1: : Author: one']],
    ['no field: no blank behind', [':Author:one'], ['paragraph 1-1: :Author:one']],
    ['no field: words before', ['x :Author: one'], ['paragraph 1-1: x :Author: one']],
    ['a line block', ['| a', '|  b', '| c', 'd'], ['paragraph 1-3: a b c', 'paragraph 4-4: d']],
    ['a line block with an empty line', ['| a', '|', '| b'], ['paragraph 1-3: a  b']],
    ['a line block that goes on', ['| a', '  b', '| c'], ['paragraph 1-3: a b c']],
    ['a line block with blanks at the beginning', ['|   a', '|   b'], ['paragraph 1-2: a b']],
    ['a bar inside a line of a line block', ['| a', '  b | c'], ['paragraph 1-2: a b | c']],
    ['a bar behind a line block', ['| a', 'b | c'], ['paragraph 1-1: a', 'paragraph 2-2: b | c']],
    ['an empty line block', ['|', 'x'], ['paragraph 1-1: ', 'paragraph 2-2: x']],
    ['no line block', ['|a', '', 'b | c'], ['paragraph 1-1: |a', 'paragraph 3-3: b | c']],
    ['an indented line block', ['  | a', '  | b'], ['paragraph 1-2: a b']],
    ['a target without a name', ['__ http://x.example', 'a'], ['paragraph 2-2: a']],
    ['no target without a name', ['__init is'], ['paragraph 1-1: __init is']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });
});

describe('what two dots begin', () => {
  test.each<[string, string[], string[]]>([
    ['a remark', ['.. a remark', '   of two lines', '', '   and more', '', 'b'], ['paragraph 6-6: b']],
    ['words around words', ['.. tip:: a', '   b', '', '   c'], ['paragraph 1-2: a b', 'paragraph 4-4: c']],
    ['words below', ['.. tip::', '', '   c', 'd'], ['paragraph 3-4: c d']],
    ['capitals', ['.. Tip:: a'], ['paragraph 1-1: a']],
    ['several blanks before the name', ['..  tip:: a'], ['paragraph 1-1: a']],
    ['a remark that names a directive', ['.. see .. tip:: a', '', 'b'], ['paragraph 3-3: b']],
    ['words around words at the end of the document', ['.. tip::', '   :class: b'], []],
    [
      'an option without a value',
      ['.. topic:: a', '   :local:', '', '   b'],
      ['paragraph 1-1: a', 'paragraph 4-4: b'],
    ],
    ['words that hold a name between colons', ['.. tip::', '   a :b: c'], ['paragraph 2-2: a :b: c']],
    ['a blank before the colons', ['.. tip :: a'], ['paragraph 1-1: a']],
    [
      'options are no words',
      ['.. topic:: a', '   :class: b', '   :name: c', '', '   d'],
      ['paragraph 1-1: a', 'paragraph 5-5: d'],
    ],
    ['options that are not indented are words', ['.. tip::', ':class: b'], ['paragraph 2-2: class: b']],
    [
      'options end at the first other line',
      ['.. tip::', '   :class: b', '   c', '   :name: d'],
      ['paragraph 3-4: c :name: d'],
    ],
    [
      'a setting is no word',
      [
        '.. class:: big',
        '',
        'a',
        '',
        '.. figure:: a.png',
        '',
        '   b',
        '.. container:: x',
        '.. rst-class:: y',
      ],
      ['paragraph 3-3: a', 'paragraph 7-7: b'],
    ],
    ['a footnote', ['.. [1] a', '   b', 'c'], ['paragraph 1-2: a b', 'paragraph 3-3: c']],
    ['a citation', ['.. [Smith 2020] a'], ['paragraph 1-1: a']],
    ['an empty footnote', ['.. [1]', '   b'], ['paragraph 2-2: b']],
    ['no footnote', ['.. [1]b', '', 'c'], ['paragraph 3-3: c']],
    [
      'silent ones',
      ['.. contents:: Table', '   :depth: 1', '', '   x', 'a', '', '.. image:: b.png', 'c'],
      ['paragraph 5-5: a', 'paragraph 8-8: c'],
    ],
    [
      'code',
      ['.. code-block:: json', '   :linenos:', '', '   {', '     "a": 1', '', '   }', 'b'],
      ['literal 1-7: { "a": 1  }', 'paragraph 8-8: b'],
    ],
    [
      'code of other names',
      [
        '.. code::',
        '',
        '   a',
        '',
        '.. math::',
        '',
        '   b',
        '',
        '.. parsed-literal::',
        '',
        '   c',
        '',
        '.. sourcecode::',
        '',
        '   d',
      ],
      ['literal 1-3: a', 'literal 5-7: b', 'literal 9-11: c', 'literal 13-15: d'],
    ],
    [
      'one that is not known',
      ['.. include:: a', '   b', '', '   c', '', 'd'],
      ['directive 1-4: .. include:: a', 'paragraph 6-6: d'],
    ],
    [
      'one that is not known around a table',
      ['.. include:: a', '', '   +---+', '   | b |', '   +---+'],
      ['directive 1-5: .. include:: a'],
    ],
    [
      'an indented one',
      ['  .. include:: a', '   b', '  c'],
      ['directive 1-2: .. include:: a', 'paragraph 3-3: c'],
    ],
    ['a substitution', ['|q| a', '', '.. |q| replace:: Quay'], ['paragraph 1-1: Quay a']],
    [
      'a substitution that is not understood',
      ['.. |q| date:: x', '   y', 'z'],
      ['directive 1-2: .. |q| date:: x', 'paragraph 3-3: z'],
    ],
    [
      'table directives spelt wrongly',
      ['.. csv-table: a', '', '.. list-table a', '', '.. csv-tables: a', '', '.. a list-table'],
      ['directive 1-1: .. csv-table: a', 'directive 3-3: .. list-table a'],
    ],
    [
      'a table in another file',
      ['.. csv-table::', '   :file: a.csv', '', '.. csv-table::', '   :url: a.csv'],
      ['directive 1-2: .. csv-table::', 'directive 4-5: .. csv-table::'],
    ],
    [
      'a list table',
      [
        '.. list-table:: Title',
        '   :header-rows: 1',
        '',
        '   * - *a*',
        '     - b',
        '   * - c',
        '     - ``d``',
        '',
        'e',
      ],
      ['table 1-7: a|b / c|d', 'paragraph 9-9: e'],
    ],
    [
      'two dots in the middle',
      ['a .. b', '', '..c', '', '...'],
      ['paragraph 1-1: a .. b', 'paragraph 3-3: ..c', 'paragraph 5-5: ...'],
    ],
    ['two dots alone', ['..', '', '  a', '', '..', '  b', 'c'], ['paragraph 3-3: a', 'paragraph 7-7: c']],
    ['two dots at the very end', ['a', '', '..'], ['paragraph 1-1: a']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });
});

test('a cell loses the blanks that its markup leaves at its ends', () => {
  const nothing = '.. |none| unicode:: 0xA0';

  expect(blocksOf('.. list-table::', '', '   * - |none| a |none|', '', nothing)).toEqual(['table 1-3: a']);
});

test('the cells of a table lose their markup and keep their raw words', () => {
  const { blocks } = readBlocks(
    '.. list-table::\n   :header-rows: 1\n\n   * - *a*\n   * - |q|\n\n.. |q| replace:: b',
  );

  expect(blocks).toEqual([
    {
      kind: 'table',
      span: { line: 1, endLine: 5 },
      headerRows: [[{ text: 'a', raw: '*a*', line: 4 }]],
      rows: [[{ text: 'b', raw: '|q|', line: 5 }]],
      problems: [],
    },
  ]);
});
