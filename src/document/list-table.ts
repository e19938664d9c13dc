import { readBody } from './directive-body.js';
import { appendText, toCell, toTable, type Cell, type Table, type TableProblem } from './table.js';
import type { Line } from './lines.js';
import type { Span } from './model.js';

const ROW = /^[*+\-\u2022\u2023\u2043](?:\s+|$)/;

/** Reads the body of a `.. list-table::`; a table of headers only is valid and keeps its header. */
export function readListTable(body: Line[], span: Span): Table {
  const { options, content } = readBody(body);
  const lines = content.filter(({ text }) => text !== '');
  const rows: Cell[][] = [];
  const problems: TableProblem[] = [];
  const place: Place = { rowIndent: lines[0]?.indent ?? 0, cellIndent: null };
  for (const line of lines) addLine(rows, line, place, problems);
  const count = Number.parseInt(options.get('header-rows') ?? '0', 10) || 0;
  return toTable(span, rows.slice(0, count), rows.slice(count), problems);
}

/** The columns of the bullets: of the rows, and of the cells once the first one of a row is known. */
type Place = { rowIndent: number; cellIndent: number | null };

function addLine(rows: Cell[][], line: Line, place: Place, problems: TableProblem[]): void {
  const text = line.text.slice(line.indent);
  const current = rows.at(-1);
  const bullet = ROW.exec(text)?.[0];
  const inner = bullet === undefined ? undefined : ROW.exec(text.slice(bullet.length))?.[0];
  if (bullet !== undefined && (inner !== undefined || text.length === 1) && isLeftOfCells(line, place)) {
    place.cellIndent = inner === undefined ? null : line.indent + bullet.length;
    rows.push(inner === undefined ? [] : [toCell(text.slice(bullet.length + inner.length), line.number)]);
  } else if (
    current !== undefined &&
    bullet !== undefined &&
    line.indent < (place.cellIndent ?? line.indent) + 2
  ) {
    place.cellIndent ??= line.indent;
    current.push(toCell(text.slice(bullet.length), line.number));
  } else {
    const last = current?.at(-1);
    if (last !== undefined) appendText(last, text);
    else problems.push({ line: line.number, message: 'a line of a table belongs to no row', words: text });
  }
}

const isLeftOfCells = (line: Line, { rowIndent, cellIndent }: Place) =>
  cellIndent === null ? line.indent <= rowIndent : line.indent < cellIndent;
