import { readCsvTable } from './csv-table.js';
import { readBody } from './directive-body.js';
import { readDrawnTable, startsDrawnTable } from './drawn-table.js';
import { readListTable } from './list-table.js';
import { blankStart, type Line } from './lines.js';
import { readFrom } from './paragraph.js';
import { readDefinition } from './references.js';
import type { Block, Read } from './blocks.js';
import type { Span } from './model.js';
import type { Table } from './table.js';

/** Directives that add no words of their own. */
const SILENT = new Set(
  'contents default-role footer header highlight image index meta role sectnum section-numbering tabularcolumns target-notes title'.split(
    ' ',
  ),
);

/** Directives around ordinary words: what they hold is read as if it stood there without them. */
const AROUND = new Set(
  'admonition attention caution class compound container danger epigraph error figure highlights hint important line-block note pull-quote rst-class rubric sidebar tip topic warning'.split(
    ' ',
  ),
);
/** Of these the words on the first line are a setting, not words. */
const SETTINGS = new Set(['class', 'container', 'figure', 'rst-class']);
const LITERAL = new Set(['code', 'code-block', 'math', 'parsed-literal', 'sourcecode']);

/** Marked up text that is no comment: a substitution that is not understood, a table directive spelt wrongly. */
const MEANT = /^\.\. (?:\||(?:list|csv)-table\b)/;
const NOTE = /^\.\. \[[^\]]+\](?:\s+|$)/;

/** Reads what starts with two dots: a table, a comment (null), or a directive that no reader knows. */
export function readDirective(lines: Line[], at: number, line: Line): Read | null {
  const text = line.text.slice(line.indent);
  if (text !== '..' && !text.startsWith('.. ')) return null;
  if (text === '..' && lines[at + 1]?.text === '') return { block: null, next: at + 1 };
  const note = NOTE.exec(text)?.[0];
  if (note !== undefined) return readWords(lines, at, line, line.indent + note.length);
  const name = nameOf(text);
  if (AROUND.has(name))
    return readWords(lines, at, line, SETTINGS.has(name) ? line.text.length : line.text.indexOf('::') + 2);
  const { last, next } = bodyEnd(lines, at, line);
  const span = { line: line.number, endLine: last.number };
  return { block: toBlock(text, name, lines.slice(at + 1, next), span), next };
}

/** The name of a directive; of other text ''. */
const nameOf = (text: string) => (/^\.\. +([\w-]+) ?::(?:\s|$)/.exec(text)?.[1] ?? '').toLowerCase();

/** The last line of a directive that is not blank, and the line behind its body. */
function bodyEnd(lines: Line[], at: number, line: Line): { last: Line; next: number } {
  let last = line;
  let next = at + 1;
  for (let inner = lines[next]; inner !== undefined; inner = lines[next]) {
    if (inner.text !== '' && inner.indent <= line.indent) break;
    if (inner.text !== '') last = inner;
    next += 1;
  }
  return { last, next };
}

/** Goes on behind the first `width` characters of a line; the body that follows is read as ordinary blocks. */
function readWords(lines: Line[], at: number, line: Line, width: number): Read {
  let index = at + 1;
  for (let option = lines[index]; option !== undefined; option = lines[index]) {
    if (option.indent <= line.indent || !/^\s*:[\w-]+:(?:\s|$)/.test(option.text)) break;
    lines[index] = { ...option, text: '' };
    index += 1;
  }
  const rest = blankStart(line, width);
  if (rest.text === '') return { block: null, next: at + 1 };
  return readFrom(lines, at, line, rest.text.trim(), (inner) => inner.indent > line.indent);
}

function toBlock(text: string, name: string, body: Line[], span: Span): Block | null {
  if (name === '') {
    const isMeant = MEANT.test(text) && readDefinition(text) === null;
    return isMeant ? { kind: 'directive', span, text } : null;
  }
  if (SILENT.has(name)) return null;
  if (LITERAL.has(name)) {
    const words = readBody(body).content.map((line) => line.text.trim());
    return { kind: 'literal', span, text: words.join(' ').trim() };
  }
  const table =
    name === 'list-table'
      ? readListTable(body, span)
      : name === 'csv-table'
        ? readCsvTable(body, span)
        : name === 'table'
          ? readTable(body, span)
          : null;
  return table ?? { kind: 'directive', span, text };
}

function readTable(body: Line[], span: Span): Table | null {
  const at = body.findIndex(startsDrawnTable);
  const top = body[at];
  if (top === undefined) return null;
  const { block, next } = readDrawnTable(body, at, top);
  for (const line of body.slice(next)) {
    if (line.text === '') continue;
    const words = line.text.trim();
    block.problems.push({ line: line.number, message: 'a line of a table belongs to no row', words });
  }
  return { ...block, span };
}
