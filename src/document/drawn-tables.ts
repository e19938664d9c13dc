import { appendText, toTable, type Cell, type Table, type TableProblem } from './table.js';
import type { Line } from './lines.js';

type Read = { block: Table; next: number };

export const isGridTable = (text: string) => /^\s*\+(?:[-=]+\+)+$/.test(text);

export const isSimpleTable = (text: string) => /^\s*={2,}(?:\s+={2,})+$/.test(text);

/** A table drawn with `+---+` and `|`; cells that span are not part of the format. */
export function readGridTable(lines: Line[], at: number): Read {
  let header: Cell[][] = [];
  let rows: Cell[][] = [];
  let pending: Cell[] | null = null;
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || !/^\s*[+|]/.test(line.text)) break;
    const text = line.text.trim();
    if (text.startsWith('+')) {
      if (pending !== null) rows.push(pending);
      pending = null;
      if (text.startsWith('+=')) {
        header = header.concat(rows);
        rows = [];
      }
      continue;
    }
    const parts = text.replace(/^\|/, '').replace(/\|$/, '').split('|');
    pending = joinCells(
      pending,
      parts.map((part) => part.trim()),
      line.number,
    );
  }
  if (pending !== null) rows.push(pending);
  return finish(lines, at, next, header, rows, pending === null);
}

/** A table drawn with `====  ====` borders, up to its last border or a blank line; a blank first column continues a row. */
export function readSimpleTable(lines: Line[], at: number): Read {
  const border = lines[at]?.text ?? '';
  const starts = Array.from(border.matchAll(/=+/g), (match) => match.index);
  let header: Cell[][] = [];
  let rows: Cell[][] = [];
  let isClosed = false;
  let next = at + 1;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || line.text === '') break;
    if (isSimpleTable(line.text)) {
      isClosed = (lines[next + 1]?.text ?? '') === '';
      if (isClosed) {
        next += 1;
        break;
      }
      header = header.concat(rows);
      rows = [];
      continue;
    }
    const parts = starts.map((start, index) => line.text.slice(start, starts[index + 1]).trim());
    const last = rows.at(-1);
    if (parts[0] === '' && last !== undefined) joinCells(last, parts, line.number);
    else rows.push(parts.map((text) => ({ text, line: line.number })));
  }
  return finish(lines, at, next, header, rows, isClosed);
}

function joinCells(cells: Cell[] | null, parts: string[], line: number): Cell[] {
  if (cells === null) return parts.map((text) => ({ text, line }));
  cells.forEach((cell, index) => appendText(cell, parts[index] ?? ''));
  parts.slice(cells.length).forEach((text) => cells.push({ text, line }));
  return cells;
}

function finish(
  lines: Line[],
  at: number,
  next: number,
  header: Cell[][],
  rows: Cell[][],
  isClosed: boolean,
): Read {
  const first = lines[at]?.number ?? 1;
  const span = { line: first, endLine: lines[next - 1]?.number ?? first };
  const problems: TableProblem[] = isClosed
    ? []
    : [
        {
          line: span.endLine,
          message: 'the table has no closing border',
          words: lines[at]?.text.trim() ?? '',
        },
      ];
  return { block: toTable(span, header, rows, problems), next };
}
