import { readCsvTable } from './csv-table.js';
import { isGridTable, isSimpleTable, readGridTable, readSimpleTable } from './drawn-tables.js';
import { readListTable } from './list-table.js';
import type { Block } from './blocks.js';
import type { Line } from './lines.js';
import type { Span } from './model.js';

/** Directives that add no text of their own. */
const SILENT = new Set(['contents', 'default-role', 'highlight', 'meta', 'sectnum']);

/** Marked up text that is no comment: footnotes, substitutions, and a table directive spelt wrongly. */
const MEANT = /^\.\. (?:\[|\||(?:list|csv)-table\b)/;

/** Reads what starts with two dots: a table, a comment (null), or a directive that no reader knows. */
export function readDirective(
  lines: Line[],
  at: number,
  line: Line,
): { block: Block | null; next: number } | null {
  const text = line.text.trimStart();
  if (text !== '..' && !text.startsWith('.. ')) return null;
  if (text === '..' && (lines[at + 1]?.text ?? '') === '') return { block: null, next: at + 1 };
  let next = at + 1;
  let end = next;
  for (; next < lines.length; next++) {
    const inner = lines[next];
    if (inner === undefined || (inner.text !== '' && inner.indent <= line.indent)) break;
    if (inner.text !== '') end = next + 1;
  }
  const span = { line: line.number, endLine: lines[end - 1]?.number ?? line.number };
  return { block: toBlock(text, lines.slice(at + 1, end), span), next };
}

function toBlock(text: string, body: Line[], span: Span): Block | null {
  const name = /^\.\. ([\w-]+)::(?:\s|$)/.exec(text)?.[1];
  if (name === undefined) return MEANT.test(text) ? { kind: 'directive', span, text } : null;
  if (name === 'list-table') return readListTable(body, span);
  if (name === 'csv-table') return readCsvTable(body, span);
  const drawn = name === 'table' ? readDrawn(body) : null;
  if (drawn !== null) return { ...drawn, span };
  return SILENT.has(name) ? null : { kind: 'directive', span, text };
}

function readDrawn(body: Line[]) {
  const at = body.findIndex((line) => isGridTable(line.text) || isSimpleTable(line.text));
  if (at < 0) return null;
  const { block, next } = isGridTable(body[at]?.text ?? '')
    ? readGridTable(body, at)
    : readSimpleTable(body, at);
  for (const line of body.slice(next)) {
    if (line.text === '') continue;
    block.problems.push({
      line: line.number,
      message: 'a line of a table belongs to no row',
      words: line.text,
    });
  }
  return block;
}
