import { readBlocks, type Block } from '../../src/document/blocks.js';

/** What a reader finds in a document, block by block; bench/docutils/outline.py gives the same of docutils. */
export type OutlineBlock =
  | { kind: 'heading' | 'paragraph' | 'literal' | 'message'; text: string }
  | { kind: 'table'; header: string[][]; rows: string[][] }
  /** A table of headers only, which docutils refuses; a table whose cells span, which no reader of rows wants. */
  | { kind: 'refused' | 'spanned' };

/** Hand-written documents in which our reader means to differ from docutils, with the reason. */
export const DIFFERENCES: Record<string, string> = {
  'block-quotes.rst': 'the hyphens before the name under a quotation are kept',
  'definition-list.rst':
    'a sentence that goes on with an indent is one sentence, not a term and its definition',
  'grid-table-header-only.rst': 'docutils takes a grid table of headers only for malformed; here it is valid',
};

const fold = (text: string) =>
  text
    .split(/[\s\u0085]+/)
    .filter((word) => word !== '')
    .join(' ');

/** Our reader's outline. A table in which a cell spans is shown as such, whatever its rows. */
export function outlineOf(text: string): OutlineBlock[] {
  return readBlocks(text).blocks.map(toOutline);
}

function toOutline(block: Block): OutlineBlock {
  if (block.kind === 'directive') return { kind: 'message', text: fold(block.text) };
  if (block.kind !== 'table') return { kind: block.kind, text: fold(block.text) };
  if (block.problems.some(({ message }) => message.includes('spans'))) return { kind: 'spanned' };
  if (block.headerRows.length > 0 && block.rows.length === 0) return { kind: 'refused' };
  const words = (rows: typeof block.rows) => rows.map((row) => row.map((cell) => fold(cell.text)));
  return { kind: 'table', header: words(block.headerRows), rows: words(block.rows) };
}
