import { groupBy } from '../group.js';
import type { Diagnostic } from '../../document/model.js';
import type { CheckRecord, PairRecord, RowRecord, RunRecord } from '../../run/record.js';
import { readBlocks, type Block, type Row } from './blocks.js';

export type SentenceRecord = RunRecord['sentences'][number];
export type PlacedSentence = { sentence: SentenceRecord; checks: CheckRecord[] };
export type PlacedBlock = {
  block: Block;
  sentences: PlacedSentence[];
  diagnostics: Diagnostic[];
  /** The sentence that announces a table, for tables. */
  announcedBy: SentenceRecord | null;
};
export type Section = {
  heading: Block | null;
  pair: PairRecord | null;
  blocks: PlacedBlock[];
  checks: CheckRecord[];
  isReverse: boolean;
};

/** The documents as sections of blocks with all that the run says about each; nothing of the record is lost. */
export type PlacedDocument = {
  sections: Section[];
  /** The reverse document, when one was given. */
  reverse: Section[];
  elsewhere: { sentences: PlacedSentence[]; diagnostics: Diagnostic[] };
};

const holds = (place: { line: number; endLine: number }, line: number) =>
  place.line <= line && line <= place.endLine;

type Text = {
  text: string;
  pairs: PairRecord[];
  sentences: SentenceRecord[];
  diagnostics: Diagnostic[];
  isReverse: boolean;
};
type PlacedText = { sections: Section[]; left: { sentences: SentenceRecord[]; diagnostics: Diagnostic[] } };

/** Puts sentences and diagnostics where their lines stand in the documents' texts. */
export function placeDocument(run: RunRecord): PlacedDocument {
  const { reverse, pairs, diagnostics } = run;
  const byId = new Map(run.checks.map((check) => [check.id, check]));
  const inReverse = (one: Diagnostic) => reverse !== null && one.path === reverse.path;
  const inMain = (one: Diagnostic) => one.path === undefined || one.path === run.document.path;
  const main = placeText(byId, {
    text: run.document.text,
    pairs,
    sentences: run.sentences.filter((one) => one.document !== 'reverse'),
    diagnostics: diagnostics.filter(inMain),
    isReverse: false,
  });
  const other = placeText(byId, {
    text: reverse?.text ?? '',
    pairs: [],
    sentences: [...main.left.sentences, ...run.sentences.filter((one) => one.document === 'reverse')],
    diagnostics: diagnostics.filter(inReverse),
    isReverse: true,
  });
  const elsewhere = diagnostics.filter((one) => !inMain(one) && !inReverse(one));
  return {
    sections: main.sections,
    reverse: other.sections,
    elsewhere: {
      sentences: joinChecks(byId, other.left.sentences),
      diagnostics: [...elsewhere, ...main.left.diagnostics, ...other.left.diagnostics],
    },
  };
}

function placeText(
  byId: ReadonlyMap<string, CheckRecord>,
  { text, pairs, sentences, diagnostics, isReverse }: Text,
): PlacedText {
  const blocks = readBlocks(text);
  const sentencesOf = groupBy(sentences, (one) => startingBlock(blocks, one));
  const diagnosticsOf = groupBy(
    diagnostics,
    (one) => blocks.findLast((block) => block.line <= one.line) ?? blocks[0],
  );
  const checksOf = groupBy(byId.values(), (check) => check.pair);
  const sections: Section[] = [];
  let announcedBy: SentenceRecord | null = null;
  for (const block of blocks) {
    const isHeading = block.kind === 'heading';
    if (isHeading || sections.length === 0) {
      const pair = isHeading ? (pairs.find((one) => holds(block, one.line)) ?? null) : null;
      const checks = pair === null ? [] : (checksOf.get(pair.slug) ?? []);
      sections.push({ heading: isHeading ? block : null, pair, blocks: [], checks, isReverse });
      announcedBy = null;
    }
    const placed = joinChecks(byId, sentencesOf.get(block) ?? []);
    announcedBy = placed.at(-1)?.sentence ?? announcedBy;
    if (isReverse) sections.at(-1)?.checks.push(...placed.flatMap((one) => one.checks.filter(isOfReverse)));
    sections
      .at(-1)
      ?.blocks.push({ block, sentences: placed, diagnostics: diagnosticsOf.get(block) ?? [], announcedBy });
  }
  const left = {
    sentences: sentencesOf.get(undefined) ?? [],
    diagnostics: diagnosticsOf.get(undefined) ?? [],
  };
  return { sections, left };
}

const isOfReverse = (one: CheckRecord) => one.document === 'reverse';

function joinChecks(byId: ReadonlyMap<string, CheckRecord>, sentences: SentenceRecord[]): PlacedSentence[] {
  return sentences.map((sentence) => ({
    sentence,
    checks: sentence.checks.flatMap((id) => byId.get(id) ?? []),
  }));
}

function startingBlock(blocks: Block[], sentence: SentenceRecord): Block | undefined {
  const block = blocks.find((one) => one.kind === 'paragraph' && holds(one, sentence.line));
  if (block?.kind !== 'paragraph') return undefined;
  return fold(block.text).includes(fold(sentence.sentence)) ? block : undefined;
}

/** Whitespace folded, as sentences are in the record. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Checks behind one row of a table: those of its lines, and every other check of the property that it names. */
export function checksOfRow(
  row: Row,
  placed: PlacedBlock,
  section: Section,
  rows: readonly RowRecord[] = [],
): CheckRecord[] {
  const stands = (one: CheckRecord) => isOfReverse(one) === section.isReverse && holds(row, one.line);
  if (placed.announcedBy?.form !== 'properties') return section.checks.filter(stands);
  const names = new Set(
    rows
      .filter((one) => one.origin === 'document' && one.pair === section.pair?.slug)
      .filter((one) => one.line !== null && holds(row, one.line))
      .map((one) => one.slug),
  );
  if (names.size === 0) for (const cell of row.cells.slice(0, 2)) names.add(slug(cell));
  return section.checks.filter(
    (one) =>
      stands(one) || (one.property !== null && one.origin === 'document' && names.has(slug(one.property))),
  );
}

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
