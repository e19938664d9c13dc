import { expect, test } from 'vitest';
import { readGridTable } from './grid-table.js';
import { splitLines, type Line } from './lines.js';

/** The rows of a grid table and its problems, each in a few words. */
function read(...text: string[]) {
  const lines = splitLines(text.join('\n'));
  const { block } = readGridTable(lines, 0, lines[0] as Line);
  return {
    rows: block.rows.map((row) => row.map((cell) => cell.text).join('|')),
    problems: block.problems.map((one) => `${one.line} ${one.words}: ${one.message}`),
  };
}
const SPANS = 'a cell of the table spans rows or columns';

test.each([['|b|c +--'], ['|b|c +=='], ['|b|c +--+'], ['|b|c +--+ d'], ['|b  c|']])(
  'a cell that spans is told once for its line: %s',
  (line) => {
    expect(read('+--+--+', line, '+--+--+').problems.filter((one) => one.includes(SPANS))).toEqual([
      `2 ${line}: ${SPANS}`,
    ]);
  },
);

test('a row that a border breaks off goes on below it', () => {
  expect(read('+--+--+', '|a |b |', '|c +--+', '|d |e |', '+--+--+')).toEqual({
    rows: ['a c +--+ d|b e'],
    problems: [`3 |c +--+: ${SPANS}`],
  });
});

test('a table further in is cut at its bars and told as one at the margin is', () => {
  expect(read('  +--+--+', '  |  a longer |b|', '  |  c longer|', '  +--+--+')).toEqual({
    rows: ['a longer c longer|b'],
    problems: [`3 |  c longer|: ${SPANS}`],
  });
});
