import { expect, test } from 'vitest';
import type { Line } from './lines.js';
import { splitLines } from './lines.js';
import { readDirective } from './directive.js';
import { isGridTable, readGridTable } from './grid-table.js';
import { isSimpleTable, readSimpleTable } from './simple-table.js';
import { readListTable } from './list-table.js';
import { readCsvTable } from './csv-table.js';
import type { Table } from './table.js';

const SPAN = { line: 1, endLine: 9 };
const lines = (...text: string[]): Line[] => splitLines(text.join('\n'));
const cellsOf = ({ headerRows, rows }: Table) => [
  headerRows.map((row) => row.map((cell) => cell.text)),
  rows.map((row) => row.map((cell) => cell.text)),
];
const grid = (...text: string[]) => {
  const all = lines(...text);
  return readGridTable(all, 0, all[0] as Line);
};
const simple = (...text: string[]) => {
  const all = lines(...text);
  return readSimpleTable(all, 0, all[0] as Line);
};
const list = (...text: string[]) => readListTable(lines(...text), SPAN);
const csv = (...text: string[]): Table => {
  const table = readCsvTable(lines(...text), SPAN);
  if (table === null) throw new Error('no table');
  return table;
};

test('a cell of a list table goes on over further lines, blanks folded at the joint', () => {
  const table = list(
    ':header-rows: 1',
    '',
    '* - head',
    '  - right',
    '* -',
    '  first',
    '  second',
    '  -',
    '',
    '  third',
  );

  expect(cellsOf(table)).toEqual([[['head', 'right']], [['first second', 'third']]]);
  expect(table.problems).toEqual([]);
});

test('rows and cells of a list table begin with any of its marks', () => {
  expect(cellsOf(list('+ - a', '- - b', '*   -   c', '*-d'))).toEqual([[], [['a'], ['b'], ['c *-d']]]);
});

test('what stands before the first row of a list table is a problem with its line', () => {
  expect(list('', 'stray', '* - a').problems).toEqual([
    { line: 2, message: 'a line of a table belongs to no row', words: 'stray' },
  ]);
});

test('a count of header rows that is no number counts as none', () => {
  expect(cellsOf(list(':header-rows: many', '', '* - a'))).toEqual([[], [['a']]]);
  expect(cellsOf(csv(':header-rows: many', '', 'a'))).toEqual([[], [['a']]]);
});

test('a csv table takes its header from an option or from its first rows', () => {
  expect(cellsOf(csv(':header: x, "y, z"', '', 'a, b'))).toEqual([[['x', 'y, z']], [['a', 'b']]]);
  expect(cellsOf(csv(':header-rows: 1', '', 'x,y', 'a,b'))).toEqual([[['x', 'y']], [['a', 'b']]]);
  expect(cellsOf(csv(':header: x', ':header-rows: 1', '', 'y', ':header: z'))).toEqual([
    [['x'], ['y']],
    [[':header: z']],
  ]);
  expect(cellsOf(csv(':widths: 1', '', 'a'))).toEqual([[], [['a']]]);
});

test.each([
  ['a,,b', ['a', '', 'b']],
  ['a,', ['a', '']],
  ['  a ,  b', ['a', 'b']],
  ['"a ""b"" c", d', ['a "b" c', 'd']],
  ['"a" x, b', ['a x', 'b']],
  ['"never ended, b', ['never ended, b']],
  ['x "" y', ['x "" y']],
])('the cells of %j', (text, cells) => {
  expect(cellsOf(csv(text))).toEqual([[], [cells]]);
});

test('a row that is not as wide as the first is a problem that names the row', () => {
  expect(list('* - a', '  - b', '* - c').problems).toEqual([
    { line: 3, message: 'a row holds 1 cells where the table has 2 columns', words: 'c' },
  ]);
  expect(csv(':header: a', '', 'b, c').problems).toMatchObject([{ line: 3, words: 'b | c' }]);
});

test('a border of a grid table, of a simple table, and neither', () => {
  expect(['+--+--+', '  +==+', '+--', '--+', '+-a-+'].map(isGridTable)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['== ==', '  ===  ==', '==', '= =', '== x =='].map(isSimpleTable)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a grid table joins the lines of a row, and what stands above the double border is its header', () => {
  const { block, next } = grid('+--+--+', '|h | i|', '+==+==+', '| a|  |', '|b | c|', '+--+--+', 'after');

  expect(cellsOf(block)).toEqual([[['h', 'i']], [['a b', 'c']]]);
  expect([block.span, block.problems, next]).toEqual([{ line: 1, endLine: 6 }, [], 6]);
});

test('a grid table without its last border keeps its row and is a problem', () => {
  const { block } = grid('  +--+', '  |a |');

  expect(cellsOf(block)).toEqual([[], [['a']]]);
  expect(block.problems).toEqual([{ line: 2, message: 'the table has no closing border', words: '+--+' }]);
});

test('a line of a grid table with more cells than the one before adds them', () => {
  expect(cellsOf(grid('+--+', '|a|', '|b|c|', '+--+').block)).toEqual([[], [['a b', 'c']]]);
  expect(cellsOf(grid('+--+', '|a|b|', '|c|', '+--+').block)).toEqual([[], [['a c', 'b']]]);
});

test('a simple table ends with the border before a blank line; a blank first column goes on', () => {
  const { block, next } = simple('==  ==', 'h   i', '==  ==', 'a   b', '    c', '==  ==', '', 'after');

  expect(cellsOf(block)).toEqual([[['h', 'i']], [['a', 'b c']]]);
  expect([block.span, block.problems, next]).toEqual([{ line: 1, endLine: 6 }, [], 6]);
});

test.each(['----', '~~~~~', '========'])('a simple table goes on behind %s in a cell', (word) => {
  const { block, next } = simple(
    '========  ========',
    'a         b',
    word,
    'c         d',
    '',
    'e         f',
    '========  ========',
  );

  expect(cellsOf(block)[1]?.map(([cell]) => cell)).toEqual(expect.arrayContaining(['a', 'c', 'e']));
  expect(next).toBe(7);
});

test('a simple table that is never closed ends before a heading, with or without a blank line', () => {
  for (const gap of [[''], []]) {
    const { next } = simple(
      '=====  =====',
      'a      b',
      ...gap,
      'Box to Bin',
      '----------',
      '',
      '=====  =====',
      'c      d',
    );

    expect(next).toBeLessThanOrEqual(3);
  }
});

test('a simple table that is never closed is a problem, and one that begins with a blank column has a row', () => {
  expect(simple('==  ==', 'a   b').block.problems).toHaveLength(1);
  expect(cellsOf(simple('==  ==', '    b', '==  ==').block)).toEqual([[], [['', 'b']]]);
});

const directive = (...text: string[]) => {
  const all = lines(...text);
  return readDirective(all, 0, all[0] as Line);
};

test('two dots alone are a comment: of nothing before a blank line, else of what is indented below', () => {
  expect(directive('..')).toEqual({ block: null, next: 1 });
  expect(directive('..', '', '   text')).toEqual({ block: null, next: 1 });
  expect(directive('..', '   text', '', '   more', 'after')).toEqual({ block: null, next: 4 });
  expect(directive('...')).toBeNull();
});

test('a directive that no reader knows is told, one that adds no text is not', () => {
  expect(directive('.. contents::', '   :depth: 1')?.block).toBeNull();
  expect(directive('.. include:: a.txt')?.block).toEqual({
    kind: 'directive',
    span: { line: 1, endLine: 1 },
    text: '.. include:: a.txt',
  });
  expect(directive('.. list-table: a')?.block?.kind).toBe('directive');
  expect(directive('.. [1] a footnote')?.block?.kind).toBe('paragraph');
  expect(directive('.. |name| replace:: x')?.block).toBeNull();
  expect(directive('.. |name| nothing')?.block?.kind).toBe('directive');
  expect(directive('.. a comment')?.block).toBeNull();
});

test('a table directive holds a drawn table; what follows it there is a problem, blank lines are not', () => {
  const grid = directive(
    '.. table:: Title',
    '',
    '   +--+',
    '   |a |',
    '   +--+',
    '',
    '   stray',
    '',
    'after',
  );
  const simple = directive('.. table::', '', '   == ==', '   a  b', '   == ==');

  expect(cellsOf(grid?.block as Table)).toEqual([[], [['a']]]);
  expect(grid?.block).toMatchObject({
    span: { line: 1, endLine: 7 },
    problems: [{ line: 7, message: 'a line of a table belongs to no row', words: 'stray' }],
  });
  expect(cellsOf(simple?.block as Table)).toEqual([[], [['a', 'b']]]);
  expect(directive('.. table::', '', '   text')?.block?.kind).toBe('directive');
});
