import { readDirective } from './directive.js';
import { readDrawnTable, startsDrawnTable } from './drawn-table.js';
import { plainText } from './inline.js';
import { splitLines, type Line } from './lines.js';
import { readListItem } from './list-item.js';
import { readLiteral } from './literal-block.js';
import { readParagraph } from './paragraph.js';
import { collectReferences, refName, type References } from './references.js';
import type { Span } from './model.js';
import type { Table } from './table.js';

/** `text` is what a reader sees, `raw` the words as they are written. */
export type Paragraph = { kind: 'paragraph'; span: Span; text: string; raw: string; lines: Line[] };
export type Block =
  | { kind: 'heading'; span: Span; text: string; style: string }
  | Paragraph
  /** Words shown as they are: an example, no statement. */
  | { kind: 'literal'; span: Span; text: string }
  | { kind: 'directive'; span: Span; text: string }
  | Table;

/** What was read at a line, and the line to go on from; a block of null says nothing. */
export type Read = { block: Block | null; next: number };

const ADORNMENT = /^([!-/:-@[-`{-~])\1*$/;

/** True for a line that consists of one repeated punctuation character, at least `length` of it or four. */
function isAdornment(text: string, length: number): boolean {
  return ADORNMENT.test(text) && text.length >= Math.min(Math.max(length, 1), 4);
}

/** Headings, paragraphs and tables in order; comments are left out. Linear in its input. */
export function readBlocks(text: string): { blocks: Block[]; references: References } {
  const lines = splitLines(text);
  const references = collectReferences(lines);
  const blocks: Block[] = [];
  let before: Block | null = null;
  let at = 0;
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    if (line.text === '') {
      at += 1;
      continue;
    }
    const read = readBlock(lines, at, line, before);
    at = read.next;
    before = read.block;
    if (before === null) continue;
    if (before.kind === 'heading') references.targets.add(refName(before.text));
    if (before.kind !== 'paragraph' || before.raw !== '::') blocks.push(before);
  }
  for (const block of blocks) setPlainWords(block, references);
  return { blocks, references };
}

function readBlock(lines: Line[], at: number, line: Line, before: Block | null): Read {
  return (
    readLiteral(lines, at, line, before) ??
    readOverlined(lines, at, line) ??
    readDirective(lines, at, line) ??
    (startsDrawnTable(line) ? readDrawnTable(lines, at, line) : null) ??
    readUnderlined(lines, at, line) ??
    readTransition(lines, at, line) ??
    readListItem(lines, at, line) ??
    readParagraph(lines, at, line)
  );
}

/** Two colons at the end announce a literal block; one of them is printed, or none behind a blank. */
const spoken = (raw: string) =>
  raw.endsWith('::') && !raw.endsWith('\\::') ? raw.slice(0, -1).replace(/ :$/, '') : raw;

function setPlainWords(block: Block, references: References): void {
  if (block.kind === 'paragraph') block.text = plainText(spoken(block.raw), references);
  else if (block.kind === 'heading') block.text = plainText(block.text, references);
  else if (block.kind === 'table')
    for (const rows of [block.headerRows, block.rows])
      for (const row of rows) for (const cell of row) cell.text = plainText(cell.raw, references).trim();
}

function readOverlined(lines: Line[], at: number, line: Line): Read | null {
  const title = lines[at + 1];
  const under = lines[at + 2];
  if (title === undefined || title.text === '' || under === undefined) return null;
  if (!isAdornment(line.text, 4) || line.text[0] !== under.text[0] || !isAdornment(under.text, 4))
    return null;
  const span = { line: line.number, endLine: under.number };
  return {
    block: { kind: 'heading', span, text: title.text.trim(), style: `over ${line.text.charAt(0)}` },
    next: at + 3,
  };
}

function readUnderlined(lines: Line[], at: number, line: Line): Read | null {
  const under = lines[at + 1];
  if (under === undefined || line.indent > 0 || !isAdornment(under.text, line.text.length)) return null;
  const span = { line: line.number, endLine: under.number };
  return {
    block: { kind: 'heading', span, text: line.text, style: under.text.charAt(0) },
    next: at + 2,
  };
}

/** A line of punctuation between blank lines parts two paragraphs and says nothing. */
function readTransition(lines: Line[], at: number, line: Line): Read | null {
  const stands = (lines[at - 1]?.text ?? '') === '' && (lines[at + 1]?.text ?? '') === '';
  return stands && line.text.length >= 4 && ADORNMENT.test(line.text) ? { block: null, next: at + 1 } : null;
}
