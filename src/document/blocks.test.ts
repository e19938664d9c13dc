import { describe, expect, test } from 'vitest';
import { readBlocks } from './blocks.js';
import { blocksOf } from './testing/show-blocks.js';

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
    ['an indented text above a line is none', ['  ab', '----'], ['paragraph 1-2: ab ----']],
    ['a line and a heading at the end', ['====', 'Quay'], ['paragraph 1-2: ==== Quay']],
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
    ['of which the last one goes', ['A : b ::', '', '  a'], ['paragraph 1-1: A : b', 'literal 3-3: a']],
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
