import { expect, test } from 'vitest';
import { readCsvTable } from './csv-table.js';
import { splitLines } from './lines.js';

const SPAN = { line: 7, endLine: 9 };
const read = (...lines: string[]) => readCsvTable(splitLines(lines.join('\n')), SPAN);
/** The cells of each row; those of header rows stand before the others. */
const cells = (...lines: string[]) => {
  const table = read(...lines);
  return table && [...table.headerRows, ...table.rows].map((row) => row.map((cell) => cell.text));
};
/** Cells with the lines they begin on. */
const places = (...lines: string[]) =>
  read(...lines)?.rows.map((row) => row.map((cell) => `${cell.line} ${cell.text}`));

test.each([
  ['a quoted cell goes on over lines', ['"a', '  b', 'c", d'], [['1 a b c', '3 d']]],
  ['a blank line inside it is a blank', ['"a', '', 'b", d'], [['1 a  b', '3 d']]],
  ['and a cell behind it has its own line', ['"a', 'b", c, "d', 'e"'], [['1 a b', '2 c', '2 d e']]],
  ['the next row begins behind it', ['"a', 'b"', 'c'], [['1 a b'], ['3 c']]],
  ['blank lines between rows count for nothing', ['', 'a', '', 'b'], [['2 a'], ['4 b']]],
  ['one that is never closed is kept with its line', ['a', 'b, " c', 'd '], [['1 a'], ['2 b', '2 c d']]],
  ['one that closes at the end of a line ends the row', ['"a"', 'b'], [['1 a'], ['2 b']]],
  ['doubled quotes over lines', ['"a ""', '"" b"'], [['1 a " " b']]],
  ['an empty quoted cell', ['"", ""'], [['1 ', '1 ']]],
  ['a delimiter at the end of a quoted cell', ['"a,", b'], [['1 a,', '1 b']]],
  ['digits', ['a0b, 1'], [['1 a0b', '1 1']]],
  ['words behind a quoted cell belong to it', ['"a"b , "c" d'], [['1 ab', '1 c d']]],
  ['a quote in the middle of a cell is a character', ['a "b", c'], [['1 a "b"', '1 c']]],
  ['a delimiter first leaves an empty cell', [',a'], [['1 ', '1 a']]],
  ['a delimiter behind a quoted cell and nothing more', ['"a",'], [['1 a', '1 ']]],
  ['a delimiter directly behind the quotes', ['"a","b"'], [['1 a', '1 b']]],
  ['a row further in', ['  "a" , b'], [['1 a', '1 b']]],
])('%s', (_name, lines, expected) => {
  expect(places(':widths: auto', '', ...lines)?.map((row) => row.map(back(2)))).toEqual(expected);
});

/** Counts lines from the first behind the options. */
const back = (by: number) => (place: string) => place.replace(/^\d+/, (line) => String(Number(line) - by));

test.each([
  [':delim: ;', 'a;b,c; "d;e"', ['a', 'b,c', 'd;e']],
  [':delim: ;x', 'a;xb', ['a', 'xb']],
  [':delim: constructor', 'acb', ['a', 'b']],
  [':delim: tab', 'a\tb', ['a       b']],
  [':delim: space', 'a  "b c" d', ['a', '', 'b c', 'd']],
  [':delim: space', '"a" b', ['a', 'b']],
  [':delim:', 'a,b', ['a', 'b']],
  [":quote: '", "'a, b', \"c, 'd'", ['a, b', '"c', 'd']],
  [":quote: '-", "'a''b'", ["a'b"]],
  [':quote:', '"a, b"', ['a, b']],
  [':escape: \\', '"a \\"b\\", c", d', ['a "b", c', 'd']],
  [':escape: \\', '"a "" b", c', ['a " b"', 'c']],
  [':escape: \\', 'a\\"b, c\\\\d', ['a"b', 'c\\d']],
  [':escape: \\', '"a\\\\", b', ['a\\', 'b']],
  [':escape: ~x', '"a~"b"', ['a"b']],
  [':escape:', '"a""b"', ['a"b']],
])('%s reads %j', (option, row, expected) => {
  expect(cells(option, '', row)).toEqual([expected]);
});

test('the header of an option is read as ordinary, whatever the dialect of the rows, and stands on the first line', () => {
  const table = read(':header: a, "b, c"', ':delim: ;', '', 'x;y');

  expect(table?.headerRows).toEqual([
    [
      { text: 'a', raw: 'a', line: 7 },
      { text: 'b, c', raw: 'b, c', line: 7 },
    ],
  ]);
  expect(table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([['x', 'y']]);
});

test('short rows are filled up to ten cells, as wide as the header or else as the first row', () => {
  const eleven = Array.from({ length: 11 }, (_, index) => String(index)).join(',');

  expect(read(':header: a, b, c', '', 'x', 'y, z')?.rows).toEqual([
    [
      { text: 'x', raw: 'x', line: 3 },
      { text: '', raw: '', line: 3 },
      { text: '', raw: '', line: 3 },
    ],
    [
      { text: 'y', raw: 'y', line: 4 },
      { text: 'z', raw: 'z', line: 4 },
      { text: '', raw: '', line: 4 },
    ],
  ]);
  expect(read(':header: a, b', '', 'x')?.problems).toEqual([]);
  expect(cells('a, b', 'c')).toEqual([
    ['a', 'b'],
    ['c', ''],
  ]);
  expect(cells(':header: a', '', 'b, c', 'd')).toEqual([['a'], ['b', 'c'], ['d']]);
  expect(cells(eleven, 'x')?.[1]).toHaveLength(10);
});

test('rows in another file give no table', () => {
  expect(read(':file: rows.csv')).toBeNull();
  expect(read(':url: http://rows.example')).toBeNull();
});

test('without options the words on the first line and those behind them are rows, with options they are a title', () => {
  expect(cells('a, b', '', 'c, d')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(cells('a title', ':widths: 1', '', 'c')).toEqual([['c']]);
});

test('a table of nothing holds nothing', () => {
  expect(read()).toEqual({ kind: 'table', span: SPAN, headerRows: [], rows: [], problems: [] });
  expect(read(':header-rows: 1')).toMatchObject({ headerRows: [], rows: [] });
});

test('header rows are counted from the first row', () => {
  const table = read(':header-rows: 2', '', 'a', 'b', 'c');

  expect([table?.headerRows.length, table?.rows.length]).toEqual([2, 1]);
});
