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
  const { end, isClosed } = endOf(lines, at, top, columns);
  const problems: TableProblem[] = [];
  let header: Cell[][] = [];
  let rows: Cell[][] = [];
  let open: Cell[] | null = null;
  for (const line of lines.slice(at + 1, isClosed ? end - 1 : end)) {
    if (line.text === '') continue;
    if (isSimpleTable(line.text)) {
      header = header.concat(rows);
      rows = [];
      open = null;
      continue;
    }
    if (isRowLine(line.text)) {
      if (line.text.trim().split(/\s+/).length < columns.length)
        problems.push(problem(line, 'a cell of the table spans columns'));
      open = null;
      continue;
    }
    const text = byColumn(line.text);
    if (reachesOver(text, columns))
      problems.push(problem(line, 'the text of a cell reaches into the next column'));
    const parts = columns.map(({ start }, index) =>
      fromColumns(text.slice(start, columns[index + 1]?.start)),
    );
    if (parts[0] === '' && open !== null) open.forEach((cell, index) => appendText(cell, parts[index] ?? ''));
    else {
      open = parts.map((words) => toCell(words, line.number));
      rows.push(open);
    }
  }
  const last = lines[end - 1] ?? top;
  if (!isClosed)
    problems.push({
      line: last.number,
      message: 'the table has no closing border',
      words: top.text.trim(),
    });
  const span = { line: top.number, endLine: last.number };
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
function endOf(lines: Line[], at: number, top: Line, columns: Column[]): { end: number; isClosed: boolean } {
  let end = lines.length;
  let borders = 0;
  let before = top;
  let words = top;
  let index = at + 1;
  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    const { text } = line;
    const isHeading = isUnderline(text, words.text, before.text, columns);
    const isOver = /^\s*\.\. /.test(text) ? index : isHeading ? index - 1 : null;
    if (isOver !== null) return { end: Math.min(end, isOver), isClosed: false };
    if (text === '') end = Math.min(end, index);
    else if (isSimpleTable(text)) {
      borders += 1;
      if (borders === 2 || (lines[index + 1]?.text ?? '') === '') return { end: index + 1, isClosed: true };
    }
    before = words;
    words = line;
    index += 1;
  }
  return { end, isClosed: false };
}

/** Whether a rule underlines a heading: words no longer than it, behind a blank line or across the columns. */
function isUnderline(rule: string, words: string, before: string, columns: Column[]): boolean {
  if (!/^([!-/:-@[-`{-~])\1{3,}$/.test(rule) || columns.some(({ end }) => end === rule.length)) return false;
  if (!/^[^\s=]/.test(words) || words.length > rule.length) return false;
  return before === '' || reachesOver(byColumn(words), columns);
}
