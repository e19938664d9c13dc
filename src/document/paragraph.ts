import { matchForm } from './forms.js';
import type { Block } from './blocks.js';

type Paragraph = Extract<Block, { kind: 'paragraph' }>;

/** Where a sentence ends and the first words of a known form follow. */
const SEAM =
  /[.:] (?=Every |Before any |A new |A [^.:]{1,120} will merge |If a matching |If no matching |When |Once a link |The following )/g;

/** A paragraph that holds several sentences becomes one block for each, if every one of them is a known form. */
export function splitParagraph(block: Block): Block[] {
  if (block.kind !== 'paragraph' || matchForm(block.text) !== null) return [block];
  const seams = Array.from(block.text.matchAll(SEAM), ({ index }) => index + 1);
  if (seams.length === 0) return [block];
  const starts = [0, ...seams.map((seam) => seam + 1)];
  const ends = [...seams, block.text.length];
  const pieces = starts.map((start, index): [number, number] => [start, ends[index] ?? start]);
  const areForms = pieces.every(([start, end]) => matchForm(block.text.slice(start, end)) !== null);
  return areForms ? partition(block, pieces) : [block];
}

/** One block for each piece, with the lines it covers; pieces and lines are walked together. */
function partition(block: Paragraph, pieces: [number, number][]): Paragraph[] {
  const parts: Paragraph[] = [];
  let index = 0;
  let offset = 0;
  for (const [start, end] of pieces) {
    const lines: Paragraph['lines'] = [];
    for (let line = block.lines[index]; line !== undefined; line = block.lines[index]) {
      const after = offset + line.text.length + 1;
      if (after > start) lines.push(line);
      if (after > end + 1) break;
      offset = after;
      index += 1;
    }
    const first = lines[0]?.number ?? block.span.line;
    const span = { line: first, endLine: lines.at(-1)?.number ?? first };
    parts.push({ kind: 'paragraph', span, text: block.text.slice(start, end), lines });
  }
  return parts;
}
