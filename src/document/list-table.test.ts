import { expect, test } from 'vitest';
import { splitLines } from './lines.js';
import { readListTable } from './list-table.js';

const SPAN = { line: 3, endLine: 9 };
const read = (...lines: string[]) => readListTable(splitLines(lines.join('\n')), SPAN);
const stray = (line: number, words: string) => ({
  line,
  message: 'a line of a table belongs to no row',
  words,
});

test.each<[string, string[], string[][]]>([
  ['a mark alone begins a row of the cells below it', ['*', '  - a', '  - b'], [['a', 'b']]],
  [
    'the cells below it stand in any column',
    ['*', '   - a', '   - b', '*', '   - c', '   - d'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['its cell may be a mark alone too', ['*', '  -', '    a'], [['a']]],
  ['a list in a cell below a mark alone is words of it', ['*', '   - a', '     - b'], [['a - b']]],
  ['a list in a cell is words of it', ['* - a', '    - b', '  - c'], [['a - b', 'c']]],
  ['a cell may stand further to the left than the one before', ['* - a', ' - b'], [['a', 'b']]],
  ['a row may begin anywhere to the left of the cells', ['* - a', ' * - b'], [['a'], ['b']]],
  ['a word of one letter goes on in the cell', ['* - a', 'x'], [['a x']]],
  [
    'blank lines count for nothing',
    ['', '', '  * - a', '', '    - b', '', '', '  * - c', '    - d'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
])('%s', (_name, lines, rows) => {
  const table = read(...lines);

  expect(table.rows.map((row) => row.map((cell) => cell.text))).toEqual(rows);
  expect(table.problems).toEqual([]);
});

test('a table of nothing holds nothing', () => {
  expect(read(':header-rows: 1')).toEqual({
    kind: 'table',
    span: SPAN,
    headerRows: [],
    rows: [],
    problems: [],
  });
});

test('a cell before any row belongs to no row', () => {
  expect(read('- a', '* - b')).toMatchObject({ rows: [[{ text: 'b' }]], problems: [stray(1, '- a')] });
});

test('words below a row without a cell belong to no row', () => {
  expect(read('*', '  a').problems).toContainEqual(stray(2, 'a'));
});
