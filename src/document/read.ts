import { createHash } from 'node:crypto';
import { readBlocks, type Block } from './blocks.js';
import { matchForm } from './forms.js';
import { diagnose } from './lint/codes.js';
import { lint } from './lint.js';
import { splitParagraph } from './paragraph.js';
import { readPair, type Section } from './section.js';
import { isTitle, parseTitle, type Title } from './title.js';
import type { References } from './references.js';
import type { DataflowDocument, Diagnostic, Pair, Span } from './model.js';

/** Reads a document into its typed model. Never throws: what is wrong is a diagnostic with its line. */
export function readDocument(text: string, path: string): DataflowDocument {
  const { title, generated, sections, strays } = outline(readBlocks(text));
  const found = strays.map(toUnparsed);
  const unparsed = strays.map((block) => block.span);
  const pairs: Pair[] = [];
  const bodies = new Map<string, number>();
  const propertyTables = new Map<Pair, Span | null>();
  for (const section of sections) {
    const read = readPair(section, title);
    for (const diagnostic of read.diagnostics) found.push(diagnostic);
    for (const block of read.unparsed) {
      unparsed.push(block.span);
      found.push(toUnparsed(block));
    }
    if (read.named === null) continue;
    const { pair, body, propertyTable } = read.named;
    pair.repeatOf = bodies.get(body) ?? null;
    if (pair.repeatOf === null) bodies.set(body, pair.heading.line);
    propertyTables.set(pair, propertyTable);
    pairs.push(pair);
  }
  const document: DataflowDocument = {
    path,
    title: title.text,
    systems: { source: title.source, target: title.target },
    generated,
    sha256: createHash('sha256').update(text).digest('hex'),
    pairs,
    unparsed,
    diagnostics: found,
  };
  document.diagnostics = found
    .concat(lint({ document, title, propertyTables }))
    .sort((one, other) => one.line - other.line || compareText(one.code, other.code));
  return document;
}

const compareText = (one: string, other: string) => Number(one > other) - Number(one < other);
type Outline = { title: Title; generated: string | null; sections: Section[]; strays: Block[] };

function outline({ blocks, references }: ReturnType<typeof readBlocks>): Outline {
  const sections: Section[] = [];
  const strays: Block[] = [];
  let title: Title | null = null;
  let generated: string | null = null;
  /** Adornments of the sections; another one below the Introduction is a part of it. */
  const styles = new Set<string>();
  let place: 'preamble' | 'introduction' | Section = 'preamble';
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const { text } = block;
      if (title === null && place === 'preamble' && (isTitle(text) || block.style.startsWith('over')))
        title = parseTitle(text, block.span.line);
      else if (text.replace(/\.$/, '') === 'Introduction') {
        place = 'introduction';
        styles.add(block.style);
      } else if (place !== 'introduction' || styles.has(block.style) || text.includes(' to ')) {
        styles.add(block.style);
        place = { heading: text, span: block.span, blocks: [], references };
        sections.push(place);
      }
    } else if (place === 'introduction') {
      if (!isProse(block, references)) strays.push(block);
    } else if (place === 'preamble') {
      if (block.kind === 'paragraph' && block.text.startsWith(GENERATED))
        generated = block.text.slice(GENERATED.length).trim();
      else if (block.kind !== 'paragraph' || !BIBLIOGRAPHIC.test(block.text)) strays.push(block);
    } else place.blocks.push(block);
  }
  return { title: title ?? parseTitle('', 1), generated, sections, strays };
}

const GENERATED = 'Generated:';

/** What docutils takes for the title page of a document: who wrote it, and when. */
const BIBLIOGRAPHIC = /^(?:authors?|organization|contact|address|version|revision|status|date|copyright):/i;

/** The Introduction is free text; a table or a sentence of the checklist in it has lost its heading. */
function isProse(block: Block, references: References): boolean {
  if (block.kind === 'literal') return true;
  if (block.kind !== 'paragraph') return false;
  if (matchForm(block.text) !== null || splitParagraph(block, references).length > 1) return false;
  return block.lines.every((line) => matchForm(line.text) === null);
}

function toUnparsed(block: Block): Diagnostic {
  const words = block.kind === 'table' ? 'a table that no sentence announces' : block.text;
  return diagnose(
    'unparsed-line',
    block.span.line,
    `this is none of the nine sentence forms under a heading: ${words.slice(0, 120)}`,
    'write it as one of the forms in docs/generated/tables.md under the heading of its pair, or as free text in the Introduction',
    words,
  );
}
