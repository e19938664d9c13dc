import { readBody } from './directive-body.js';
import { toCell, toTable, type Cell, type Table } from './table.js';
import type { Line } from './lines.js';
import type { Span } from './model.js';

type Dialect = { delimiter: string; quote: string; escape: string | null };

/**
 * Reads the body of a `.. csv-table::`: cells parted by commas or `:delim:`, quotes doubled or escaped inside a quoted
 * cell, which may go on over lines. A short row is filled with empty cells. Null when the rows are in another file.
 */
export function readCsvTable(body: Line[], span: Span): Table | null {
  const { argument, options, content } = readBody(body);
  if (options.has('file') || options.has('url')) return null;
  const dialect = dialectOf(options);
  const given = options.get('header');
  const head = given === undefined ? [] : readRows([{ number: span.line, text: given, indent: 0 }], STANDARD);
  const rows = readRows(options.size === 0 ? [...argument, ...content] : content, dialect);
  const count = Number.parseInt(options.get('header-rows') ?? '0', 10) || 0;
  const width = Math.min((head[0] ?? rows[0])?.length ?? 0, MOST_FILLED);
  for (const row of rows) while (row.length < width) row.push(toCell('', row[0]?.line ?? span.line));
  return toTable(span, head.concat(rows.slice(0, count)), rows.slice(count));
}

const STANDARD: Dialect = { delimiter: ',', quote: '"', escape: null };
/** Filling up the short rows of a table as wide as it is long would not be linear. */
const MOST_FILLED = 10;
const NAMED = new Map([
  ['tab', '\t'],
  ['space', ' '],
]);

function dialectOf(options: Map<string, string>): Dialect {
  const delimiter = options.get('delim') ?? '';
  return {
    delimiter: NAMED.get(delimiter) ?? delimiter[0] ?? ',',
    quote: options.get('quote')?.[0] ?? '"',
    escape: options.get('escape')?.[0] ?? null,
  };
}

function readRows(lines: Line[], dialect: Dialect): Cell[][] {
  const rows: Cell[][] = [];
  let open: Reading | null = null;
  for (const line of lines) {
    if (open === null && line.text === '') continue;
    const reading: Reading = open ?? { cells: [], quoted: null };
    readLine(line, reading, dialect);
    if (reading.quoted === null) rows.push(reading.cells);
    open = reading.quoted === null ? null : reading;
  }
  if (open?.quoted) rows.push([...open.cells, toCell(open.quoted.parts.join('').trim(), open.quoted.line)]);
  return rows;
}

/** A row on the way: its cells so far, and the quoted cell that is still open at the end of a line. */
type Reading = { cells: Cell[]; quoted: { parts: string[]; line: number } | null };

function readLine(line: Line, reading: Reading, { delimiter, quote, escape }: Dialect): void {
  const text = line.text.trim();
  let at = 0;
  if (reading.quoted !== null) reading.quoted.parts.push(' ');
  while (at <= text.length) {
    if (reading.quoted === null) {
      if (delimiter !== ' ') at = afterBlanks(text, at);
      if (text[at] !== quote) {
        const end = nextDelimiter(text, delimiter, at);
        reading.cells.push(toCell(withoutEscapes(text.slice(at, end), escape).trim(), line.number));
        at = end + 1;
        continue;
      }
      reading.quoted = { parts: [], line: line.number };
      at += 1;
    }
    const end = closingQuote(text, at, quote, escape);
    reading.quoted.parts.push(unquote(text.slice(at, end), quote, escape));
    if (end === text.length) return;
    const next = nextDelimiter(text, delimiter, end + 1);
    const rest = text.slice(end + 1, next);
    reading.cells.push(toCell((reading.quoted.parts.join('') + rest).trim(), reading.quoted.line));
    reading.quoted = null;
    at = next + 1;
  }
}

/** Where the next delimiter stands; the end of the line when none follows. */
function nextDelimiter(text: string, delimiter: string, from: number): number {
  const found = text.indexOf(delimiter, from);
  return found === -1 ? text.length : found;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

/** Where the quote stands that ends a quoted cell; the end of the line when it goes on. */
function closingQuote(text: string, from: number, quote: string, escape: string | null): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === escape) at += 1;
    else if (text[at] === quote && escape === null && text[at + 1] === quote) at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

const unquote = (text: string, quote: string, escape: string | null) =>
  escape === null ? text.replaceAll(quote + quote, quote) : withoutEscapes(text, escape);

function withoutEscapes(text: string, escape: string | null): string {
  if (escape === null) return text;
  return text
    .split(escape + escape)
    .map((part) => part.replaceAll(escape, ''))
    .join(escape);
}
