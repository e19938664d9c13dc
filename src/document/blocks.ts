import { readDirective } from './directive.js';
import { isGridTable, isSimpleTable, readGridTable, readSimpleTable } from './drawn-tables.js';
import { splitLines, type Line } from './lines.js';
import type { Span } from './model.js';
import type { Table } from './table.js';

export type Block =
  | { kind: 'heading'; span: Span; text: string; style: string }
  | { kind: 'paragraph'; span: Span; text: string; lines: Line[] }
  | { kind: 'directive'; span: Span; text: string }
  | Table;

const ADORNMENT = /^([!-/:-@[-`{-~])\1*$/;

/** True for a line that consists of one repeated punctuation character, at least `length` of it or four. */
function isAdornment(text: string, length: number): boolean {
  return ADORNMENT.test(text) && text.length >= Math.min(Math.max(length, 1), 4);
}

/** Headings, paragraphs and tables in order; comments are left out. Linear in its input. */
export function readBlocks(text: string): Block[] {
  const lines = splitLines(text);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.text === '') {
      at += 1;
      continue;
    }
    const { block, next } = readBlock(lines, at, line);
    if (block !== null) blocks.push(block);
    at = next;
  }
  return blocks;
}

type Read = { block: Block | null; next: number };

function readBlock(lines: Line[], at: number, line: Line): Read {
  return (
    readOverlined(lines, at, line) ??
    readDirective(lines, at, line) ??
    readDrawn(lines, at, line) ??
    readUnderlined(lines, at, line) ??
    readTransition(lines, at, line) ??
    readParagraph(lines, at, line)
  );
}

function readOverlined(lines: Line[], at: number, line: Line): Read | null {
  const title = lines[at + 1];
  const under = lines[at + 2];
  if (title === undefined || under === undefined || title.text === '') return null;
  if (!isAdornment(line.text, 4) || line.text[0] !== under.text[0] || !isAdornment(under.text, 4))
    return null;
  const span = { line: line.number, endLine: under.number };
  return {
    block: { kind: 'heading', span, text: title.text.trim(), style: `over ${line.text[0] ?? ''}` },
    next: at + 3,
  };
}

function readUnderlined(lines: Line[], at: number, line: Line): Read | null {
  const under = lines[at + 1];
  if (under === undefined || line.indent > 0 || !isAdornment(under.text, line.text.length)) return null;
  const span = { line: line.number, endLine: under.number };
  return {
    block: { kind: 'heading', span, text: line.text, style: under.text[0] ?? '' },
    next: at + 2,
  };
}

function readDrawn(lines: Line[], at: number, line: Line): Read | null {
  if (isGridTable(line.text)) return readGridTable(lines, at);
  return isSimpleTable(line.text) ? readSimpleTable(lines, at) : null;
}

/** A line of punctuation between blank lines parts two paragraphs and says nothing. */
function readTransition(lines: Line[], at: number, line: Line): Read | null {
  const stands = (lines[at - 1]?.text ?? '') === '' && (lines[at + 1]?.text ?? '') === '';
  return stands && line.text.length >= 4 && ADORNMENT.test(line.text) ? { block: null, next: at + 1 } : null;
}

function readParagraph(lines: Line[], at: number, line: Line): Read {
  const inside: Line[] = [];
  let next = at;
  while (next < lines.length) {
    const inner = lines[next];
    if (inner === undefined || inner.text === '') break;
    if (next > at && isDirectiveStart(inner.text)) break;
    inside.push({ ...inner, text: inner.text.trim() });
    next += 1;
  }
  const endLine = lines[next - 1]?.number ?? line.number;
  return {
    block: {
      kind: 'paragraph',
      span: { line: line.number, endLine },
      text: inside.map((inner) => inner.text).join(' '),
      lines: inside,
    },
    next,
  };
}

const isDirectiveStart = (text: string) => /^\s*\.\. [\w-]+::/.test(text);
