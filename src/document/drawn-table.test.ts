import { describe, expect, test } from 'vitest';
import { readDrawnTable, startsDrawnTable } from './drawn-table.js';
import { splitLines, toLine, type Line } from './lines.js';

/** A table in a few words: its lines, where to go on, header rows and rows with the line of their first cell. */
function show(...text: string[]) {
  const lines = splitLines(text.join('\n'));
  const { block, next } = readDrawnTable(lines, 0, lines[0] as Line);
  const row = (cells: { text: string; line: number }[]) =>
    `${cells[0]?.line} ${cells.map((cell) => cell.text).join('|')}`;
  return {
    span: `${block.span.line}-${block.span.endLine}`,
    next,
    header: block.headerRows.map(row),
    rows: block.rows.map(row),
    problems: block.problems.map((one) => `${one.line} ${one.message}: ${one.words}`),
  };
}

test.each([
  ['+--+', true],
  ['  +=+--+', true],
  ['x +--+', false],
  ['+--+ x', false],
  ['++', false],
  ['== ==', true],
  ['  ==  === ====', true],
  ['x == ==', false],
  ['== == x', false],
  ['====', false],
  ['== =', false],
  ['-- --', false],
])('%j begins a table: %j', (text, expected) => {
  expect(startsDrawnTable(toLine(text, 1))).toBe(expected);
});

const UNCLOSED = 'the table has no closing border';
const REACHES = 'the text of a cell reaches into the next column';
const JOINED = 'a cell of the table spans columns';
const SPANS = 'a cell of the table spans rows or columns';

describe('a simple table', () => {
  test('holds rows that blank lines and lines of hyphens part', () => {
    expect(
      show('==  ==', 'h   i', '==  ==', 'a   b', '--  --', '    c', '', 'd   e', '    f', '==  ==', '', 'x'),
    ).toEqual({
      span: '1-10',
      next: 10,
      header: ['2 h|i'],
      rows: ['4 a|b', '6 |c', '8 d|e f'],
      problems: [],
    });
  });

  test('further in, with a header of two rows', () => {
    expect(show('  ==  ==', '  h   i', '  j   k', '  ==  ==', '  a   b', '  ==  ==')).toEqual({
      span: '1-6',
      next: 6,
      header: ['2 h|i', '3 j|k'],
      rows: ['5 a|b'],
      problems: [],
    });
  });

  test('begins a new row behind the header though its first column is blank', () => {
    expect(show('==  ==', 'h   i', '==  ==', '    b', '==  ==')).toMatchObject({
      header: ['2 h|i'],
      rows: ['4 |b'],
    });
  });

  test('goes on in a row only where the first column is blank', () => {
    expect(show('==  ==', 'a   b', 'c   d', '    e', '==  ==')).toMatchObject({ rows: ['2 a|b', '3 c|d e'] });
  });

  test('has a last column without an end, and cells of several words', () => {
    expect(show('====  ==', 'a b   cc dd', '==== ==').rows).toEqual(['2 a b|cc dd']);
  });

  test('with wide characters keeps to its columns', () => {
    expect(show('====  ====', '\u6771\u4EAC  a\u3042', '====  ====')).toMatchObject({
      rows: ['2 \u6771\u4EAC|a\u3042'],
      problems: [],
    });
  });

  test('tells text that reaches into the gap between two columns', () => {
    expect(show('==  ==  ==', 'abc d   e', 'f   g   h', 'a   bcd e', '==  ==  ==').problems).toEqual([
      `2 ${REACHES}: abc d   e`,
      `4 ${REACHES}: a   bcd e`,
    ]);
  });

  test('tells columns that a line of hyphens joins', () => {
    expect(show('==  ==', 'a   b', ' -----', 'c   d', '--  --', '  -----', '==  ==').problems).toEqual([
      `3 ${JOINED}: -----`,
      `6 ${JOINED}: -----`,
    ]);
    expect(show('==  ==', 'a   b', '  --    --', '==  ==').problems).toEqual([]);
  });

  test.each([
    ['- -', []],
    ['-   x', ['3 -|x']],
    ['x   -', ['3 x|-']],
    ['--- ---', []],
    ['-- --', []],
  ])('takes %j for a line of hyphens or for a row', (line, rows) => {
    expect(show('==  ==', '==  ==', line, '==  ==').rows).toEqual(rows);
  });

  test('ends at the second border below the top though no blank line follows', () => {
    expect(show('==  ==', 'h   i', '==  ==', 'a   b', '==  ==', 'x', '==  ==')).toMatchObject({
      span: '1-5',
      next: 5,
      rows: ['4 a|b'],
    });
  });

  test('ends at the first border below the top when a blank line follows', () => {
    expect(show('==  ==', 'a   b', '==  ==', '', 'x', '==  ==')).toMatchObject({
      span: '1-3',
      next: 3,
      header: [],
      rows: ['2 a|b'],
    });
  });

  test('that is never closed ends at a blank line', () => {
    expect(show('  ==  ==', '  a   b', '', 'x')).toEqual({
      span: '1-2',
      next: 2,
      header: [],
      rows: ['2 a|b'],
      problems: [`2 ${UNCLOSED}: ==  ==`],
    });
  });

  test('of nothing but its top border is not closed', () => {
    expect(show('==  ==')).toEqual({
      span: '1-1',
      next: 1,
      header: [],
      rows: [],
      problems: [`1 ${UNCLOSED}: ==  ==`],
    });
  });

  test.each([
    ['~~~~'],
    ['----'],
    ['!!!!!'],
    ['::::'],
    ['[[[['],
    ['{{{{'],
    ['.. note:: y'],
    ['  .. note:: y'],
  ])('does not reach over %j for its border', (line) => {
    expect(show('==  ==', 'a   b', '', 'x', line, '', '==  ==')).toMatchObject({ span: '1-2', next: 2 });
  });

  test.each([
    ['~~~'],
    ['---'],
    ['~~~~x'],
    ['x~~~~'],
    ['~~~='],
    ['x----'],
    ['----x'],
    ['-'],
    ['bbbb'],
    ['x .. y'],
    ['..x'],
  ])('reaches over %j for its border', (line) => {
    expect(show('==  ==', 'a   b', '', line, '', '==  ==')).toMatchObject({ span: '1-6', next: 6 });
  });
});

describe('a grid table', () => {
  test('holds header rows above a double border, and rows with the line they begin on', () => {
    expect(
      show(
        '  +--+--+',
        '  |h | i|',
        '  +==+==+',
        '  |a | b|',
        '  |  | c|',
        '  +--+--+',
        '  |d |  |',
        '  +--+--+',
        'x',
      ),
    ).toEqual({
      span: '1-8',
      next: 8,
      header: ['2 h|i'],
      rows: ['4 a|b c', '7 d|'],
      problems: [],
    });
  });

  test('keeps a bar in a cell when its lines keep to the edges', () => {
    expect(show('+-----+--+', '|a | b|cc|', '+-----+--+')).toMatchObject({
      rows: ['2 a | b|cc'],
      problems: [],
    });
  });

  test('with wide characters keeps to its edges', () => {
    expect(show('+----+----+', '|\u6771\u4EAC|a | |', '+----+----+').rows).toEqual(['2 \u6771\u4EAC|a |']);
  });

  test('is cut at its bars where a line does not keep to the edges', () => {
    expect(show('+--+--+', '|  a longer |b|', '+--+--+')).toMatchObject({
      rows: ['2 a longer|b'],
      problems: [],
    });
  });

  test('takes a plus in the words of a cell for words', () => {
    expect(show('+-------+', '|a +x+ b|', '|a +-   |', '|-+ a   |', '+-------+').problems).toEqual([]);
  });

  test.each([
    ['+--+ x+', ['+--+--+', '|a |b |', '+--+ x+', '|c |d |', '+--+--+'], '3'],
    ['a border broken in a row', ['+--+--+', '|a |b |', '|  +--+', '|c |d |', '+--+--+'], '3'],
    ['one broken at the end', ['+--+--+', '|a |b |', '|c +==', '+--+--+'], '3'],
    ['one in the middle', ['+--+--+--+', '|a |b |c |', '|  +--+ d|', '+--+--+--+'], '3'],
    ['too few cells', ['+--+--+', '|a   b|', '+--+--+'], '2'],
  ])('tells a cell that spans: %s', (_name, lines, line) => {
    const told = show(...lines).problems.filter((one) => one.includes(SPANS));

    expect(told).toEqual([`${line} ${SPANS}: ${lines[Number(line) - 1]?.trim()}`]);
  });

  test('without its last border is told with the line it breaks off on', () => {
    expect(show('  +--+', '  |a |', '  |b |', 'x |')).toEqual({
      span: '1-3',
      next: 3,
      header: [],
      rows: ['2 a b'],
      problems: [`3 ${UNCLOSED}: +--+`],
    });
  });
});
