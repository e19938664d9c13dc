import { foldSpace, matchForm, type FormMatch } from './forms.js';
import { diagnose } from './lint/codes.js';
import { connectedEntities, namesOf, namesThePair } from './pair-names.js';
import { splitParagraph } from './paragraph.js';
import { addMergeRows, addPropertyRows } from './rows.js';
import type { Block, Paragraph } from './blocks.js';
import type { Diagnostic, Pair, Sentence, Span } from './model.js';
import type { References } from './references.js';
import type { Table } from './table.js';
import type { Title } from './title.js';

export type Section = { heading: string; span: Span; blocks: Block[]; references: References };
export type ReadPair = {
  /** The pair, unless the heading names none. */
  named: Named | null;
  unparsed: Block[];
  diagnostics: Diagnostic[];
};
type Named = {
  pair: Pair;
  /** The words of the section with their space folded, to find repeated ones. */
  body: string;
  propertyTable: Span | null;
};

/** Reads one section; a table belongs to the sentence before it. */
export function readPair(section: Section, title: Title): ReadPair {
  const blocks = section.blocks.flatMap((block) => splitParagraph(block, section.references));
  const matches = blocks.map((block) => (block.kind === 'paragraph' ? matchForm(block.text) : null));
  const names = namesOf(section, matches, title);
  if (names === null) return notAPair(section, blocks);
  const pair: Pair = {
    ...names,
    heading: section.span,
    headingText: section.heading,
    sentences: [],
    propertyRows: [],
    mergeRows: [],
    repeatOf: null,
  };
  const unparsed: Block[] = [];
  let diagnostics: Diagnostic[] = [];
  let propertyTable: Span | null = null;
  blocks.forEach((block, index) => {
    const match = matches[index] ?? null;
    const before = matches[index - 1]?.form;
    if (block.kind === 'paragraph' && match !== null) {
      pair.sentences.push(toSentence(block, match, pair));
      if (!namesThePair(match, pair)) diagnostics.push(otherPair(block, pair));
    } else if (block.kind === 'table' && before === 'properties') {
      propertyTable = block.span;
      diagnostics = diagnostics.concat(addPropertyRows(pair, block));
    } else if (block.kind === 'table' && before === 'merge-on') {
      diagnostics = diagnostics.concat(addMergeRows(pair, block));
    } else unparsed.push(block);
  });
  const body = [section.heading, ...blocks.map(wordsOf)].join('\n');
  return { named: { pair, body, propertyTable }, unparsed, diagnostics };
}

function notAPair(section: Section, blocks: Block[]): ReadPair {
  const problem = diagnose(
    'heading-not-a-pair',
    section.span.line,
    `the heading "${section.heading}" names no pair`,
    'write it as "<System A> <Entity> to <System B> <Entity>"',
    section.heading,
  );
  return { named: null, unparsed: blocks, diagnostics: [problem] };
}

function otherPair(block: Paragraph, pair: Pair): Diagnostic {
  return diagnose(
    'sentence-names-other-pair',
    block.span.line,
    `the sentence names another pair than its heading, ${pair.headingText}`,
    'move the sentence under the heading of its pair, or correct the names',
    block.text,
  );
}

const wordsOf = (block: Block) => (block.kind === 'table' ? tableText(block) : foldSpace(block.text));
const tableText = (table: Table) =>
  [...table.headerRows, ...table.rows].map((row) => row.map((cell) => cell.raw).join('|')).join('\n');

function toSentence(block: Paragraph, match: FormMatch, pair: Pair): Sentence {
  const sentence: Sentence = { form: match.form, text: foldSpace(block.text), span: block.span };
  if (match.condition !== undefined) sentence.condition = match.condition;
  if (match.connected !== undefined)
    sentence.connectedTo = connectedEntities(match.connected, pair.source.system);
  return sentence;
}
