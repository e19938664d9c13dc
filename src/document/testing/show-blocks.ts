import { readBlocks, type Block } from '../blocks.js';

/** A block in one line: what it is, its first and last line, its words. */
export function showBlock(block: Block): string {
  const place = `${block.kind} ${block.span.line}-${block.span.endLine}`;
  if (block.kind === 'heading') return `${place} ${block.style}: ${block.text}`;
  if (block.kind === 'table')
    return `${place}: ${[...block.headerRows, ...block.rows].map((row) => row.map((cell) => cell.text).join('|')).join(' / ')}`;
  return `${place}: ${block.text}`;
}

/** The blocks of a document of these lines, each in one line. */
export const blocksOf = (...lines: string[]): string[] => readBlocks(lines.join('\n')).blocks.map(showBlock);
