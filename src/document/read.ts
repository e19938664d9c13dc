import { createHash } from 'node:crypto';
import { readBlocks, type Block } from './blocks.js';
import { parseTitle, type Title } from './title.js';
import { lint } from './lint.js';
import type { DataflowDocument, Diagnostic, Pair, Span } from './model.js';
import { readPair, type Section } from './section.js';

/** Reads a document into its typed model. Never throws: what is wrong is a diagnostic with its line. */
export function readDocument(text: string, path: string): DataflowDocument {
  const blocks = readBlocks(text);
  const { title, generated, sections, strays } = outline(blocks);
  const diagnostics: Diagnostic[] = [];
  const unparsed: Span[] = [];
  for (const block of strays) addUnparsed(block, unparsed, diagnostics);
  const pairs: Pair[] = [];
  const bodies = new Map<string, number>();
  for (const section of sections) {
    const read = readPair(section, title);
    diagnostics.push(...read.diagnostics);
    for (const block of read.unparsed) addUnparsed(block, unparsed, diagnostics);
    if (read.pair === null) continue;
    const body = read.body;
    read.pair.repeatOf = bodies.get(body) ?? null;
    if (read.pair.repeatOf === null) bodies.set(body, read.pair.heading.line);
    pairs.push(read.pair);
  }
  const document: DataflowDocument = {
    path,
    title: title.text,
    systems: { source: title.source, target: title.target },
    generated,
    sha256: createHash('sha256').update(text).digest('hex'),
    pairs,
    unparsed,
    diagnostics,
  };
  diagnostics.push(...lint(document, title));
  diagnostics.sort((one, other) => one.line - other.line || one.code.localeCompare(other.code));
  return document;
}

type Outline = { title: Title; generated: string | null; sections: Section[]; strays: Block[] };

function outline(blocks: Block[]): Outline {
  const sections: Section[] = [];
  const strays: Block[] = [];
  let title: Title | null = null;
  let generated: string | null = null;
  let place: 'preamble' | 'introduction' | Section = 'preamble';
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const text = block.text.replace(/\.$/, '').trim();
      if (title === null && sections.length === 0 && ` ${text}`.endsWith(' Dataflow')) {
        title = parseTitle(block.text, block.span.line);
      } else if (text === 'Introduction') place = 'introduction';
      else {
        place = { heading: block.text, span: block.span, blocks: [] };
        sections.push(place);
      }
      continue;
    }
    if (place === 'introduction') continue;
    const stamp = block.kind === 'paragraph' ? /^Generated:\s*(.*)$/.exec(block.text) : null;
    if (stamp !== null) generated = stamp[1] ?? null;
    else if (place === 'preamble') strays.push(block);
    else place.blocks.push(block);
  }
  return { title: title ?? parseTitle('', 1), generated, sections, strays };
}

function addUnparsed(block: Block, unparsed: Span[], diagnostics: Diagnostic[]): void {
  unparsed.push(block.span);
  const words = block.kind === 'table' ? 'a table that no sentence announces' : block.text;
  diagnostics.push({
    severity: 'error',
    code: 'unparsed-line',
    line: block.span.line,
    message: `this is none of the nine sentence forms: ${words.slice(0, 120)}`,
    remedy:
      'write it as one of the forms listed in docs/dataflow-document.md, or move it into the Introduction',
    words: words.slice(0, 300),
  });
}
