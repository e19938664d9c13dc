import type { Span } from './model.js';

/** `text` is what a reader sees, `raw` the words as they are written. */
export type Cell = { text: string; raw: string; line: number };
export type TableProblem = { line: number; message: string; words: string };
export type Table = {
  kind: 'table';
  span: Span;
  headerRows: Cell[][];
  rows: Cell[][];
  problems: TableProblem[];
};

export const toCell = (text: string, line: number): Cell => ({ text, raw: text, line });

/** Builds a table of any notation and notes each row that is not as wide as the first. */
export function toTable(span: Span, headerRows: Cell[][], rows: Cell[][], found: TableProblem[] = []): Table {
  const width = (headerRows[0] ?? rows[0])?.length ?? 0;
  const problems = [...found];
  for (const row of headerRows.concat(rows)) {
    if (row.length === width) continue;
    problems.push({
      line: row[0]?.line ?? span.line,
      message: `a row holds ${row.length} cells where the table has ${width} columns`,
      words: row.map((cell) => cell.raw).join(' | '),
    });
  }
  return { kind: 'table', span, headerRows, rows, problems };
}

/** Adds a further line of text to a cell; linear however many lines a cell has. */
export function appendText(cell: Cell, text: string): void {
  if (text === '') return;
  cell.raw = cell.raw === '' ? text : `${cell.raw} ${text}`;
  cell.text = cell.raw;
}
