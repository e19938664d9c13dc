import type { Cell, Table, TableProblem } from './blocks.js';
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
    const option = /^:([\w-]+):\s*(.*)$/.exec(text);
    if (option !== null && rows.length === 0) {
      if (option[1] === 'header-rows') headerCount = Number.parseInt(option[2] ?? '0', 10) || 0;
      continue;
    }
    addLine(rows, text, line, problems);
  }
  const width = rows[0]?.length ?? 0;
  for (const row of rows) {
    if (row.length === width) continue;
    problems.push({
      line: row[0]?.line ?? span.line,
      message: `a row holds ${row.length} cells where the table has ${width} columns`,
      words: row.map((cell) => cell.text).join(' | '),
    });
  }
  return {
    kind: 'table',
    span,
    headerRows: rows.slice(0, headerCount),
    rows: rows.slice(headerCount),
    problems,
  };
}

function addLine(rows: Cell[][], text: string, line: Line, problems: TableProblem[]): void {
  const row = /^[*+-]\s+-(?:\s+(.*))?$/.exec(text);
  if (row !== null) {
    rows.push([{ text: (row[1] ?? '').trim(), line: line.number }]);
    return;
  }
  const cell = /^-(?:\s+(.*))?$/.exec(text);
  const current = rows.at(-1);
  if (cell !== null && current !== undefined) {
    current.push({ text: (cell[1] ?? '').trim(), line: line.number });
    return;
  }
  const last = current?.at(-1);
  if (last !== undefined) {
    last.text = `${last.text} ${text}`.trim();
    return;
  }
  problems.push({ line: line.number, message: 'a line of a table belongs to no row', words: text });
}
