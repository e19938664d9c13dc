import { byColumn, fromColumns } from './columns.js';
import { appendText, toCell, toTable, type Cell, type Table, type TableProblem } from './table.js';
import type { Line } from './lines.js';

export const isSimpleTable = (text: string) => /^\s*={2,}(?:\s+={2,})+$/.test(text);

type Column = { start: number; end: number };

/** A line of hyphens under a row: it parts rows, and joins columns where it is not broken like the border. */
const isRowLine = (text: string) => /^\s*-+(?:\s+-+)*$/.test(text);

/**
 * A table drawn with `====  ====` borders: up to the border that a blank line follows, else the second below the top.
 * A blank first column continues a row. A table that is never closed ends at a blank line and is reported.
 */
export function readSimpleTable(lines: Line[], at: number, top: Line): { block: Table; next: number } {
  const columns: Column[] = Array.from(top.text.matchAll(/=+/g), ({ index, 0: run }) => ({
    start: index,
    end: index + run.length,
  }));
  const { end, isClosed } = endOf(lines, at, columns);
  const problems: TableProblem[] = [];
  let header: Cell[][] = [];
  let rows: Cell[][] = [];
  let isParted = true;
  for (const line of lines.slice(at + 1, isClosed ? end - 1 : end)) {
    if (line.text === '') continue;
    if (isSimpleTable(line.text)) {
      header = header.concat(rows);
      rows = [];
      isParted = true;
      continue;
    }
    if (isRowLine(line.text)) {
      if (line.text.trim().split(/\s+/).length < columns.length)
        problems.push(problem(line, 'a cell of the table spans columns'));
      isParted = true;
      continue;
    }
    const text = byColumn(line.text);
    if (reachesOver(text, columns))
      problems.push(problem(line, 'the text of a cell reaches into the next column'));
    const parts = columns.map(({ start }, index) =>
      fromColumns(text.slice(start, columns[index + 1]?.start)),
    );
    const last = rows.at(-1);
    if (parts[0] === '' && last !== undefined && !isParted)
      last.forEach((cell, index) => appendText(cell, parts[index] ?? ''));
    else rows.push(parts.map((words) => toCell(words, line.number)));
    isParted = false;
  }
  const last = lines[end - 1];
  if (!isClosed && last !== undefined)
    problems.push({
      line: last.number,
      message: 'the table has no closing border',
      words: top.text.trim(),
    });
  const span = { line: top.number, endLine: last?.number ?? top.number };
  return { block: toTable(span, header, rows, problems), next: end };
}

/** Whether words stand between two columns. */
const reachesOver = (text: string, columns: Column[]) =>
  columns.some(({ end }, index) => text.slice(end, columns[index + 1]?.start ?? end).trim() !== '');

const problem = (line: Line, message: string): TableProblem => ({
  line: line.number,
  message,
  words: line.text.trim(),
});

/** The line behind the table; blank lines belong to it only when a border follows before any heading does. */
function endOf(lines: Line[], at: number, columns: Column[]): { end: number; isClosed: boolean } {
  let end = lines.length;
  let borders = 0;
  for (let index = at + 1; index < lines.length; index++) {
    const { text } = lines[index] ?? { text: '' };
    const isOver = /^\s*\.\. /.test(text) ? index : isUnderline(lines, index, columns) ? index - 1 : null;
    if (isOver !== null) return { end: Math.min(end, isOver), isClosed: false };
    if (text === '') end = Math.min(end, index);
    else if (isSimpleTable(text)) {
      borders += 1;
      if (borders === 2 || (lines[index + 1]?.text ?? '') === '') return { end: index + 1, isClosed: true };
    }
  }
  return { end, isClosed: false };
}

/** Whether a line underlines a heading: words no longer than it, behind a blank line or across the columns. */
function isUnderline(lines: Line[], at: number, columns: Column[]): boolean {
  const [before = '', words = '', rule = ''] = [at - 2, at - 1, at].map((index) => lines[index]?.text ?? '');
  if (!/^([!-/:-@[-`{-~])\1{3,}$/.test(rule) || columns.some(({ end }) => end === rule.length)) return false;
  if (!/^[^\s=]/.test(words) || words.length > rule.length) return false;
  return before === '' || reachesOver(byColumn(words), columns);
}
