import { matchForm } from './forms.js';
import { plainText } from './inline.js';
import { startsDrawnTable } from './drawn-table.js';
import type { Block, Paragraph, Read } from './blocks.js';
import type { Line } from './lines.js';
import type { References } from './references.js';

/** A paragraph up to a blank line; indentation inside does not count. */
export const readParagraph = (lines: Line[], at: number, line: Line): Read =>
  readFrom(lines, at, line, line.text.trim(), () => true);

/**
 * Reads a paragraph from `line` on, which reads `first`; it goes on over lines that `isInside`. A table that begins without
 * a blank line before it ends the paragraph too: reStructuredText would take it for words.
 */
export function readFrom(
  lines: Line[],
  at: number,
  line: Line,
  first: string,
  isInside: (line: Line) => boolean,
  wordsOf: (text: string) => string = (text) => text,
): { block: Paragraph; next: number } {
  const inside: Line[] = [{ ...line, text: first }];
  const span = { line: line.number, endLine: line.number };
  let next = at + 1;
  for (let inner = lines[next]; inner !== undefined; inner = lines[next]) {
    if (inner.text === '' || !isInside(inner)) break;
    if (isDirectiveStart(inner.text) || startsDrawnTable(inner)) break;
    inside.push({ ...inner, text: wordsOf(inner.text).trim() });
    span.endLine = inner.number;
    next += 1;
  }
  const raw = inside.map((inner) => inner.text).join(' ');
  return { block: { kind: 'paragraph', span, text: raw, raw, lines: inside }, next };
}

const isDirectiveStart = (text: string) => /^\s*\.\. [\w-]+::/.test(text);

/** Where a sentence ends and the first words of a known form follow. */
const SEAM =
  /[.:] +(?=Every |Before any |A new |A [^.:]{1,120} will merge |If a matching |If no matching |When |Once a link |The following )/g;

/** A paragraph that holds several sentences becomes one block for each, if every one of them is a known form. */
export function splitParagraph(block: Block, references: References): Block[] {
  if (block.kind !== 'paragraph') return [block];
  const { raw } = block;
  const seams = Array.from(raw.matchAll(SEAM));
  if (seams.length === 0) return [block];
  const starts = [0, ...seams.map(({ index, 0: words }) => index + words.length)];
  const ends = [...seams.map(({ index }) => index + 1), raw.length];
  const pieces = starts.map((start, index): Piece => {
    const end = ends[index] ?? raw.length;
    return { start, end, text: plainText(raw.slice(start, end), references) };
  });
  return pieces.every(({ text }) => matchForm(text) !== null) ? partition(block, pieces) : [block];
}

type Piece = { start: number; end: number; text: string };

/** One block for each piece, with the lines it covers; pieces and lines are walked together. */
function partition(block: Paragraph, pieces: Piece[]): Paragraph[] {
  const parts: Paragraph[] = [];
  let index = 0;
  let offset = 0;
  for (const { start, end, text } of pieces) {
    const lines: Line[] = [];
    for (let line = block.lines[index]; line !== undefined; line = block.lines[index]) {
      const after = offset + line.text.length + 1;
      if (after > start) lines.push(line);
      if (after > end) break;
      offset = after;
      index += 1;
    }
    const first = lines[0]?.number ?? block.span.line;
    const span = { line: first, endLine: lines.at(-1)?.number ?? first };
    parts.push({ kind: 'paragraph', span, text, raw: block.raw.slice(start, end), lines });
  }
  return parts;
}
