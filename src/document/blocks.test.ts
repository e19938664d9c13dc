import { describe, expect, test } from 'vitest';
import { readBlocks, type Block } from './blocks.js';

/** A block in one line: what it is, its first and last line, its words. */
function show(block: Block): string {
  const place = `${block.kind} ${block.span.line}-${block.span.endLine}`;
  if (block.kind === 'heading') return `${place} ${block.style}: ${block.text}`;
  if (block.kind === 'table')
    return `${place}: ${[...block.headerRows, ...block.rows].map((row) => row.map((cell) => cell.text).join('|')).join(' / ')}`;
  return `${place}: ${block.text}`;
}
const blocksOf = (...lines: string[]) => readBlocks(lines.join('\n')).blocks.map(show);

describe('headings', () => {
  test.each<[string, string[], string[]]>([
    ['an underline', ['Quay', '===='], ['heading 1-2 =: Quay']],
    ['a longer underline', ['', 'Quay', '-----', 'x'], ['heading 2-3 -: Quay', 'paragraph 4-4: x']],
    [
      'an underline of four below a longer text',
      ['A long heading', '----'],
      ['heading 1-2 -: A long heading'],
    ],
    [
      'an underline of three is too short for it',
      ['A long heading', '---'],
      ['paragraph 1-2: A long heading ---'],
    ],
    ['a short text has a short underline', ['ab', '--'], ['heading 1-2 -: ab']],
    ['one character too few', ['abc', '--'], ['paragraph 1-2: abc --']],
    ['a single character', ['a', '-'], ['heading 1-2 -: a']],
    ['two kinds of character underline nothing', ['Quay', '==--'], ['paragraph 1-2: Quay ==--']],
    ['letters underline nothing', ['Quay', 'xxxx'], ['paragraph 1-2: Quay xxxx']],
    [
      'each end of the punctuation',
      ['Aa', '!!', 'Bb', '//', 'Cc', '::', 'Dd', '@@', 'Ee', '[['],
      [
        'heading 1-2 !: Aa',
        'heading 3-4 /: Bb',
        'heading 5-6 :: Cc',
        'heading 7-8 @: Dd',
        'heading 9-10 [: Ee',
      ],
    ],
    [
      'further punctuation',
      ['Aa', '``', 'Bb', '{{', 'Cc', '~~', 'Dd', '$$'],
      ['heading 1-2 `: Aa', 'heading 3-4 {: Bb', 'heading 5-6 ~: Cc', 'heading 7-8 $: Dd'],
    ],
    ['an indented text is no heading', ['  Quay', '  ===='], ['paragraph 1-2: Quay ====']],
    ['a line above and below', ['====', 'Quay', '===='], ['heading 1-3 over =: Quay']],
    [
      'an indented text between two lines',
      ['========', '  Quay  ', '========', 'x'],
      ['heading 1-3 over =: Quay', 'paragraph 4-4: x'],
    ],
    ['two lines of three', ['===', 'abc', '==='], ['paragraph 1-3: === abc ===']],
    ['lines of different kinds', ['====', 'Quay', '----'], ['paragraph 1-3: ==== Quay ----']],
    ['a line above alone', ['====', 'Quay', '', 'x'], ['paragraph 1-2: ==== Quay', 'paragraph 4-4: x']],
    ['a line above that is mixed', ['==-=', 'Quay', '===='], ['paragraph 1-3: ==-= Quay ====']],
    ['a line below that is mixed', ['====', 'Quay', '=-=='], ['paragraph 1-3: ==== Quay =-==']],
    ['nothing between two lines', ['====', '', '===='], []],
    ['markup in a heading', ['The *Quay*', '=========='], ['heading 1-2 =: The Quay']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });

  test('are targets of links', () => {
    expect(blocksOf('Quay', '====', '', 'See quay_ and Other_.')).toEqual([
      'heading 1-2 =: Quay',
      'paragraph 4-4: See quay and Other_.',
    ]);
    expect([...readBlocks('The Quay\n========\n').references.targets]).toEqual(['the quay']);
  });
});

describe('a line of punctuation', () => {
  test.each<[string, string[], string[]]>([
    [
      'between blank lines says nothing',
      ['a', '', '----', '', 'b'],
      ['paragraph 1-1: a', 'paragraph 5-5: b'],
    ],
    ['at the beginning', ['----', '', 'b'], ['paragraph 3-3: b']],
    ['at the end', ['b', '', '----'], ['paragraph 1-1: b']],
    [
      'of three is words',
      ['a', '', '~~~', '', 'b'],
      ['paragraph 1-1: a', 'paragraph 3-3: ~~~', 'paragraph 5-5: b'],
    ],
    ['above words is words', ['a', '', '~~~~', 'b'], ['paragraph 1-1: a', 'paragraph 3-4: ~~~~ b']],
    [
      'below a table is words',
      ['+---+', '| a |', '+---+', '~~~~', '', 'b'],
      ['table 1-3: a', 'paragraph 4-4: ~~~~', 'paragraph 6-6: b'],
    ],
    [
      'that is mixed is words',
      ['a', '', '~~~=', '', 'b'],
      ['paragraph 1-1: a', 'paragraph 3-3: ~~~=', 'paragraph 5-5: b'],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });
});

describe('paragraphs', () => {
  test.each<[string, string[], string[]]>([
    ['end at a blank line', ['a', ' b', '', '', 'c'], ['paragraph 1-2: a b', 'paragraph 5-5: c']],
    ['end before a directive', ['a', '.. contents::', 'c'], ['paragraph 1-1: a', 'paragraph 3-3: c']],
    [
      'end before an indented directive',
      ['a', '  .. contents::', 'c'],
      ['paragraph 1-1: a', 'paragraph 3-3: c'],
    ],
    ['go on over two dots that are no directive', ['a', '.. b', 'c..d::'], ['paragraph 1-3: a .. b c..d:']],
    ['go on over a directive in the middle of a line', ['a', 'x .. b::'], ['paragraph 1-2: a x .. b:']],
    ['end before a grid table', ['a', '+---+', '| b |', '+---+'], ['paragraph 1-1: a', 'table 2-4: b']],
    [
      'end before a simple table',
      ['a', '=== ===', 'b   c', '=== ==='],
      ['paragraph 1-1: a', 'table 2-4: b|c'],
    ],
    ['lose their markup', ['a *b*', '``c``'], ['paragraph 1-2: a b c']],
    ['keep markup that goes over lines', ['a *b', 'c* d'], ['paragraph 1-2: a b c d']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });

  test('keep their lines, and the words as they are written', () => {
    const { blocks } = readBlocks('x\n\n  a *b*\n c');

    expect(blocks[1]).toEqual({
      kind: 'paragraph',
      span: { line: 3, endLine: 4 },
      text: 'a b c',
      raw: 'a *b* c',
      lines: [
        { number: 3, text: 'a *b*', indent: 2 },
        { number: 4, text: 'c', indent: 1 },
      ],
    });
  });
});

describe('words shown as they are', () => {
  test.each<[string, string[], string[]]>([
    [
      'are announced by two colons',
      ['Like so::', '', '  a *b*', '', '   c', '', 'd'],
      ['paragraph 1-1: Like so:', 'literal 3-5: a *b*  c', 'paragraph 7-7: d'],
    ],
    ['by two colons behind a blank', ['Like so ::', '', '  a'], ['paragraph 1-1: Like so', 'literal 3-3: a']],
    [
      'by two colons alone, which say nothing',
      ['::', '', '  a', 'b'],
      ['literal 3-3: a', 'paragraph 4-4: b'],
    ],
    [
      'not by colons that are escaped',
      ['Like so\\::', '', '  a'],
      ['paragraph 1-1: Like so::', 'paragraph 3-3: a'],
    ],
    ['not by one colon', ['Like so:', '', '  a'], ['paragraph 1-1: Like so:', 'paragraph 3-3: a']],
    [
      'not behind another block',
      ['Like so::', '', 'b', '', '  a'],
      ['paragraph 1-1: Like so:', 'paragraph 3-3: b', 'paragraph 5-5: a'],
    ],
    [
      'not behind a remark',
      ['Like so::', '', '.. remark', '', '  a'],
      ['paragraph 1-1: Like so:', 'literal 3-3: .. remark', 'paragraph 5-5: a'],
    ],
    [
      'not below a heading that ends in two colons',
      ['Quay::', '======', '', '  a'],
      ['heading 1-2 =: Quay::', 'paragraph 4-4: a'],
    ],
    [
      'further in than what announces them',
      ['  Like so::', '', '   a', '   b', '  c'],
      ['paragraph 1-1: Like so:', 'literal 3-4: a b', 'paragraph 5-5: c'],
    ],
    [
      'or marked at the beginning of each line',
      ['Like so::', '', '> a', '> b', '* c', '', 'd'],
      ['paragraph 1-1: Like so:', 'literal 3-4: > a > b', 'paragraph 5-5: c', 'paragraph 7-7: d'],
    ],
    [
      'words that are not indented are none',
      ['Like so::', '', 'a', '', '  b'],
      ['paragraph 1-1: Like so:', 'paragraph 3-3: a', 'paragraph 5-5: b'],
    ],
    [
      'digits at the beginning mark nothing',
      ['Like so::', '', '1 a', '1 b'],
      ['paragraph 1-1: Like so:', 'paragraph 3-4: 1 a 1 b'],
    ],
    [
      'a paragraph goes on below two colons',
      ['Like so::', '  a', '', '  b'],
      ['paragraph 1-2: Like so:: a', 'paragraph 4-4: b'],
    ],
    [
      'at the end of the document',
      ['Like so::', '', '  a', '  b', '', ''],
      ['paragraph 1-1: Like so:', 'literal 3-4: a b'],
    ],
    [
      'two of them',
      ['One::', '', '  a', '', 'Two::', '', '  b'],
      ['paragraph 1-1: One:', 'literal 3-3: a', 'paragraph 5-5: Two:', 'literal 7-7: b'],
    ],
    ['a session', ['>>> 1 + 1', '2', '', 'a'], ['literal 1-2: >>> 1 + 1 2', 'paragraph 4-4: a']],
    ['an indented session', ['  >>> 1', '2'], ['literal 1-2: >>> 1 2']],
    ['what is no session', ['>>>1', '', 'a >>> b'], ['paragraph 1-1: >>>1', 'paragraph 3-3: a >>> b']],
  ])('%s', (_name, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });
});

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
