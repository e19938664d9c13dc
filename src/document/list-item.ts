import { startsDrawnTable } from './drawn-table.js';
import { blankStart, type Line } from './lines.js';
import { readFrom } from './paragraph.js';
import type { Read } from './blocks.js';

/** Bullets and enumerators, one after the other: `- `, `3. `, `a) `, `(iv) `, `#. `. */
const MARKERS =
  /^(?:(?:[*+\-\u2022\u2023\u2043]|\(?(?:\d{1,4}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5}|#)[.)])(?:\s+|$))+/;
const BULLET = /^\s*[*+\-\u2022\u2023\u2043]/;
const FIELD = /^:(?:[^:\\\s]|\\.)(?:[^:\\]|\\.)*:(?:\s+|$)/;
const BAR = /^\s*\|(?:\s|$)/;

/** What a person writes around a paragraph: a list item, a field, a line block. Null when it is a plain one. */
export function readListItem(lines: Line[], at: number, line: Line): Read | null {
  const text = line.text.slice(line.indent);
  if (text.startsWith('__ ')) return { block: null, next: at + 1 };
  if (text.startsWith('| ') || text === '|') return readLineBlock(lines, at, line);
  const field = FIELD.exec(text)?.[0];
  if (field !== undefined) return readField(lines, at, line, field);
  const markers = MARKERS.exec(text)?.[0];
  if (markers === undefined || startsDrawnTable(line) || !isListed(lines[at + 1], line)) return null;
  const content = blankStart(line, line.indent + markers.length);
  if (content.text === '') return { block: null, next: at + 1 };
  lines[at] = content;
  if (content.text.startsWith('.. ', content.indent) || startsDrawnTable(content))
    return { block: null, next: at };
  return readFrom(lines, at, content, content.text.trim(), (inner) => inner.indent >= content.indent);
}

/** Words that begin with a number are a paragraph when the next line goes on below the number. */
function isListed(next: Line | undefined, line: Line): boolean {
  if (next === undefined || next.text === '' || next.indent !== line.indent) return true;
  return BULLET.test(line.text) || MARKERS.test(next.text.slice(next.indent));
}

function readField(lines: Line[], at: number, line: Line, field: string): Read {
  const body = line.text.slice(line.indent + field.length);
  const words = `${field.trimEnd().slice(1)} ${body}`.trim();
  return readFrom(lines, at, line, words, (inner) => inner.indent > line.indent);
}

/** Lines that begin with a bar; an indented line goes on with the one before. */
function readLineBlock(lines: Line[], at: number, line: Line): Read {
  const bar = (text: string) => text.replace(BAR, '');
  const goesOn = (inner: Line) => inner.indent > line.indent || BAR.test(inner.text);
  return readFrom(lines, at, line, bar(line.text).trim(), goesOn, bar);
}
