import type { Block } from './blocks.js';
import { matchForm } from './forms.js';

type Paragraph = Extract<Block, { kind: 'paragraph' }>;

/** More sentences than this in one paragraph are not looked for. */
const MOST_SENTENCES = 20;

/** A paragraph that holds several sentences becomes one block for each, if every one of them is a known form. */
export function splitParagraph(block: Block): Block[] {
  if (block.kind !== 'paragraph' || matchForm(block.text) !== null) return [block];
  const sentences = splitSentences(block.text);
  return sentences === null ? [block] : sentences.map(([start, end]) => part(block, start, end));
}

/** Start and end of each sentence, or null when a rest is left that is no known form. */
function splitSentences(text: string): [number, number][] | null {
  const ends: number[] = [];
  for (
    let at = text.indexOf('. ');
    at >= 0 && ends.length < MOST_SENTENCES;
    at = text.indexOf('. ', at + 1)
  ) {
    ends.push(at + 1);
  }
  const sentences: [number, number][] = [];
  let start = 0;
  for (const end of [...ends, text.length]) {
    if (matchForm(text.slice(start, end)) === null) continue;
    sentences.push([start, end]);
    start = end + 1;
  }
  return sentences.length > 1 && start >= text.length ? sentences : null;
}

function part(block: Paragraph, start: number, end: number): Paragraph {
  const covered: Paragraph['lines'] = [];
  let offset = 0;
  for (const line of block.lines) {
    if (offset < end && offset + line.text.length > start) covered.push(line);
    offset += line.text.length + 1;
  }
  const first = covered[0]?.number ?? block.span.line;
  const span = { line: first, endLine: covered.at(-1)?.number ?? first };
  return { kind: 'paragraph', span, text: block.text.slice(start, end), lines: covered };
}
