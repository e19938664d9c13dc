import { byColumn, fromColumns } from './columns.js';
import { appendText, toCell, toTable, type Cell, type Table, type TableProblem } from './table.js';
import type { Line } from './lines.js';

export const isGridTable = (text: string) => /^\s*\+(?:[-=]+\+)+$/.test(text);

/** A table drawn with `+---+` and `|`. Cells that span are reported: no row of the format has one. */
export function readGridTable(lines: Line[], at: number, top: Line): { block: Table; next: number } {
  const edges = edgesOf(top.text);
  const problems: TableProblem[] = [];
  let header: Cell[][] = [];
  let rows: Cell[][] = [];
  let pending: Cell[] | null = null;
  const span = { line: top.number, endLine: top.number };
  let next = at;
  for (let line = lines[next]; line !== undefined && /^\s*[+|]/.test(line.text); line = lines[next]) {
    next += 1;
    span.endLine = line.number;
    const text = line.text.trim();
    if (text.startsWith('+')) {
      if (!isGridTable(text)) problems.push(spans(line));
      if (pending !== null) rows.push(pending);
      pending = null;
      if (text.startsWith('+=')) {
        header = header.concat(rows);
        rows = [];
      }
      continue;
    }
    const cells = cellsOf(line, edges);
    if (/\+[-=]+(?:\+|$)/.test(text) || cells.length < edges.length - 1) problems.push(spans(line));
    pending = addLine(pending, cells, line.number);
  }
  if (pending !== null) {
    rows.push(pending);
    const words = top.text.trim();
    problems.push({ line: span.endLine, message: 'the table has no closing border', words });
  }
  return { block: toTable(span, header, rows, problems), next };
}

const spans = (line: Line): TableProblem => ({
  line: line.number,
  message: 'a cell of the table spans rows or columns',
  words: line.text.trim(),
});

const edgesOf = (border: string) => Array.from(border.matchAll(/\+/g), (match) => match.index);

/** Cut at the edges of the border; a line that does not keep to them is cut at its bars. */
function cellsOf(line: Line, edges: number[]): string[] {
  const text = byColumn(line.text);
  if (edges.every((edge) => text[edge] === '|'))
    return edges.slice(0, -1).map((edge, index) => fromColumns(text.slice(edge + 1, edges[index + 1])));
  const parts = line.text.trim().slice(1).replace(/\|$/, '').split('|');
  return parts.map((part) => part.trim());
}

function addLine(cells: Cell[] | null, parts: string[], line: number): Cell[] {
  if (cells === null) return parts.map((text) => toCell(text, line));
  cells.forEach((cell, index) => appendText(cell, parts[index] ?? ''));
  parts.slice(cells.length).forEach((text) => cells.push(toCell(text, line)));
  return cells;
}
