import { appendText, toTable, type Cell, type Table, type TableProblem } from './table.js';
import type { Line } from './lines.js';
import type { Span } from './model.js';

/** Reads the body of a `.. list-table::`; a table of headers only is valid and keeps its header. */
export function readListTable(body: Line[], span: Span): Table {
  let headerCount = 0;
  const rows: Cell[][] = [];
  const problems: TableProblem[] = [];
  for (const line of body) {
    if (line.text === '') continue;
    const text = line.text.trimStart();
    const option = rows.length === 0 ? readOption(text) : null;
    if (option === null) addLine(rows, text, line, problems);
    else if (option.name === 'header-rows') headerCount = Number.parseInt(option.value, 10) || 0;
  }
  return toTable(span, rows.slice(0, headerCount), rows.slice(headerCount), problems);
}

/** `:name: value` of a directive, or null. */
export function readOption(text: string): { name: string; value: string } | null {
  const name = /^:([\w-]+):/.exec(text)?.[1];
  return name === undefined ? null : { name, value: text.slice(name.length + 2).trim() };
}

function addLine(rows: Cell[][], text: string, line: Line, problems: TableProblem[]): void {
  const row = /^[*+-]\s+-(?=\s|$)/.exec(text)?.[0];
  if (row !== undefined) {
    rows.push([{ text: text.slice(row.length).trim(), line: line.number }]);
    return;
  }
  const current = rows.at(-1);
  if (current !== undefined && /^-(?:\s|$)/.test(text)) {
    current.push({ text: text.slice(1).trim(), line: line.number });
    return;
  }
  const last = current?.at(-1);
  if (last !== undefined) appendText(last, text);
  else problems.push({ line: line.number, message: 'a line of a table belongs to no row', words: text });
}
