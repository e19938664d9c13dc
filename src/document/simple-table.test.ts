import { describe, expect, test } from 'vitest';
import { splitLines, type Line } from './lines.js';
import { readSimpleTable } from './simple-table.js';

/** A simple table in a few words: where to go on, its rows and its problems. */
function read(...text: string[]) {
  const lines = splitLines(text.join('\n'));
  const { block, next } = readSimpleTable(lines, 0, lines[0] as Line);
  return {
    next,
    rows: block.rows.map((row) => row.map((cell) => cell.text).join('|')),
    problems: block.problems.map((one) => `${one.line} ${one.message}`),
  };
}
const UNCLOSED = 'the table has no closing border';

test('a blank line behind a line of hyphens is no row', () => {
  expect(read('==  ==', 'a   b', '--  --', '', 'c   d', '==  ==').rows).toEqual(['a|b', 'c|d']);
});

test('a row of a blank first column begins the rows behind a header', () => {
  expect(read('==  ==', 'h   i', '==  ==', '    a', '    b', '==  ==').rows).toEqual(['|a b']);
});

test('a line of hyphens that joins two of three columns is told, however wide its gap', () => {
  expect(read('==  ==  ==', 'a   b   c', '------    --', '==  ==  ==').problems).toEqual([
    '3 a cell of the table spans columns',
  ]);
});

describe('a table that is not closed', () => {
  test.each([
    ['a directive', ['.. note:: x']],
    ['a directive behind a blank line', ['', '.. note:: x']],
    ['a heading', ['', 'x', '----']],
    ['a heading behind no blank line', ['Box to Bin', '----------']],
  ])('ends before %s, though a border follows', (_name, lines) => {
    expect(read('==  ==', 'a   b', ...lines, '', '==  ==')).toEqual({
      next: 2,
      rows: ['a|b'],
      problems: [`2 ${UNCLOSED}`],
    });
  });
});

describe('no heading ends a table where', () => {
  test.each([
    ['the rule begins with a letter', ['', 'x', 'x----']],
    ['the rule ends with a letter', ['', 'x', '----x']],
    ['the rule is of three characters', ['', 'x', '---']],
    ['the rule is as long as the columns', ['', 'x', '~~~~~~']],
    ['the words are further in', ['', ' x', '~~~~']],
    ['the words are longer than the rule', ['', 'xxxxx', '~~~~']],
    ['the words are a cell of the row before', ['x', '~~~~']],
  ])('%s', (_name, lines) => {
    const { next } = read('==  ==', 'a   b', ...lines, '', '==  ==');

    expect(next).toBe(lines.length + 4);
  });
});
