import { readOption } from './list-table.js';
import { toTable, type Cell, type Table } from './table.js';
import type { Line } from './lines.js';
import type { Span } from './model.js';

/** Reads the body of a `.. csv-table::`: cells parted by commas, quotes doubled inside a quoted cell. */
export function readCsvTable(body: Line[], span: Span): Table {
  let headerCount = 0;
  const header: Cell[][] = [];
  const rows: Cell[][] = [];
  let inOptions = true;
  for (const line of body) {
    if (line.text === '') continue;
    const text = line.text.trim();
    const option = inOptions ? readOption(text) : null;
    if (option?.name === 'header') header.push(readCells(option.value, line.number));
    else if (option?.name === 'header-rows') headerCount = Number.parseInt(option.value, 10) || 0;
    else if (option === null) {
      inOptions = false;
      rows.push(readCells(text, line.number));
    }
  }
  return toTable(span, header.concat(rows.slice(0, headerCount)), rows.slice(headerCount));
}

function readCells(text: string, line: number): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  while (at <= text.length) {
    while (text[at] === ' ') at += 1;
    const { value, next } = text[at] === '"' ? readQuoted(text, at + 1) : readBare(text, at);
    cells.push({ text: value.trim(), line });
    at = next;
  }
  return cells;
}

function readBare(text: string, at: number): { value: string; next: number } {
  const comma = text.indexOf(',', at);
  const end = comma < 0 ? text.length : comma;
  return { value: text.slice(at, end), next: end + 1 };
}

function readQuoted(text: string, start: number): { value: string; next: number } {
  let value = '';
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), next: text.length + 1 };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const rest = readBare(text, quote + 1);
      return { value: value + rest.value, next: rest.next };
    }
    value += '"';
    at = quote + 2;
  }
}
