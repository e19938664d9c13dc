import type { Block, Table } from './blocks.js';
import { parseDataType } from './data-type.js';
import { foldSpace, matchForm, type FormMatch } from './forms.js';
import type { Diagnostic, EntityName, MergeRow, Pair, PropertyRow, Sentence, Span } from './model.js';
import { sameName, splitName } from './names.js';
import { splitParagraph } from './paragraph.js';
import { parsePath } from './property-path.js';
import type { Title } from './title.js';

export type Section = { heading: string; span: Span; blocks: Block[] };
export type ReadPair = { pair: Pair | null; body: string; unparsed: Block[]; diagnostics: Diagnostic[] };

/** Reads one section; a table belongs to the sentence before it. */
export function readPair(section: Section, title: Title): ReadPair {
  const blocks = section.blocks.flatMap(splitParagraph);
  const matches = blocks.map((block) => (block.kind === 'paragraph' ? matchForm(block.text) : null));
  const names = namesOf(section, matches, title);
  const unparsed: Block[] = [];
  const diagnostics: Diagnostic[] = [];
  if (names === null) {
    diagnostics.push({
      severity: 'error',
      code: 'heading-not-a-pair',
      line: section.span.line,
      message: `the heading "${section.heading}" names no pair`,
      remedy: 'write it as "<System A> <Entity> to <System B> <Entity>"',
      words: section.heading,
    });
    return { pair: null, body: '', unparsed: blocks, diagnostics };
  }
  const pair: Pair = {
    ...names,
    heading: section.span,
    headingText: section.heading,
    sentences: [],
    propertyRows: [],
    mergeRows: [],
    repeatOf: null,
  };
  blocks.forEach((block, index) => {
    const match = matches[index] ?? null;
    const before = matches[index - 1]?.form;
    if (block.kind === 'paragraph' && match !== null) pair.sentences.push(toSentence(block, match, pair));
    else if (block.kind === 'table' && before === 'properties') addPropertyRows(pair, block, diagnostics);
    else if (block.kind === 'table' && before === 'merge-on') addMergeRows(pair, block, diagnostics);
    else unparsed.push(block);
  });
  const body = blocks.map((block) => (block.kind === 'table' ? tableText(block) : foldSpace(block.text)));
  return { pair, body: [section.heading, ...body].join('\n'), unparsed, diagnostics };
}

const tableText = (table: Table) =>
  [...table.headerRows, ...table.rows].map((row) => row.map((cell) => cell.text).join('|')).join('\n');

function toSentence(block: Extract<Block, { kind: 'paragraph' }>, match: FormMatch, pair: Pair): Sentence {
  const sentence: Sentence = { form: match.form, text: foldSpace(block.text), span: block.span };
  if (match.condition !== undefined) sentence.condition = match.condition;
  if (match.connected !== undefined)
    sentence.connectedTo = connectedEntities(match.connected, pair.source.system);
  return sentence;
}

/** `S E1, E2, or E3` names entities of one system. */
function connectedEntities(text: string, system: string): EntityName[] {
  return text
    .split(/,\s*(?:or\s+)?|\s+or\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const named = splitName(part, [system]);
      const own = sameName(named.system, system)
        ? named
        : { ...named, entity: part.replace(/\s*\([^()]*\)$/, '') };
      return { ...own, system, display: `${system} ${own.entity}`.trim() };
    });
}

/** The two names as headings and sentences give them; the sentences decide where ` to ` stands in a name. */
function namesOf(
  section: Section,
  matches: (FormMatch | null)[],
  title: Title,
): { source: EntityName; target: EntityName } | null {
  const heading = `${foldSpace(section.heading)} `;
  const said = matches.find((match) => match !== null && match.a && match.b);
  let split: [string, string] | null = null;
  if (said?.a && said.b && heading === `${said.a} to ${said.b} `) split = [said.a, said.b];
  const at = heading.indexOf(' to ');
  if (split === null && at > 0) split = [heading.slice(0, at).trim(), heading.slice(at + 4).trim()];
  if (split === null) return null;
  const target = dataTypeSystem(section);
  const known = [title.source, title.target].filter((name) => name !== '');
  return {
    source: splitName(split[0], known),
    target: splitName(split[1], target === null ? known : [target, ...known]),
  };
}

/** The third header of the property table names the target system exactly. */
function dataTypeSystem(section: Section): string | null {
  for (const block of section.blocks) {
    if (block.kind !== 'table') continue;
    const header = block.headerRows[0]?.[2]?.text ?? '';
    if (header.endsWith(' Data Type')) return header.slice(0, -' Data Type'.length).trim();
  }
  return null;
}

function addPropertyRows(pair: Pair, table: Table, diagnostics: Diagnostic[]): void {
  checkTable(pair, table, 3, diagnostics);
  for (const row of table.rows) pair.propertyRows.push(toPropertyRow(row, table.span));
}

function toPropertyRow(row: Table['rows'][number], span: Span): PropertyRow {
  const source = parsePath(row[0]?.text ?? '');
  const target = parsePath(row[1]?.text ?? '');
  const isId = (path: typeof source) =>
    path.segments.length === 1 && /^(?:\$original_)?id$/i.test(path.segments[0] ?? '');
  return {
    span: { line: row[0]?.line ?? span.line, endLine: row.at(-1)?.line ?? span.endLine },
    source,
    target,
    dataType: parseDataType(row[2]?.text ?? ''),
    isKeyRow: isId(source) && isId(target),
  };
}

function addMergeRows(pair: Pair, table: Table, diagnostics: Diagnostic[]): void {
  checkTable(pair, table, 2, diagnostics);
  for (const row of table.rows) {
    const line = row[0]?.line ?? table.span.line;
    const merge: MergeRow = {
      span: { line, endLine: row.at(-1)?.line ?? line },
      source: splitComposite(row[0]?.text ?? ''),
      target: splitComposite(row[1]?.text ?? ''),
    };
    pair.mergeRows.push(merge);
  }
}

const splitComposite = (text: string) =>
  text
    .split(/\s*(?:,|\band\b|\+|&)\s*(?![^(]*\))/)
    .filter((part) => part !== '')
    .map(parsePath);

function checkTable(pair: Pair, table: Table, width: number, diagnostics: Diagnostic[]): void {
  for (const problem of table.problems) {
    diagnostics.push({
      severity: 'error',
      code: 'broken-table-row',
      ...problem,
      remedy: 'give every row of the table the same cells as its header',
    });
  }
  const header = table.headerRows[0] ?? [];
  const expected = [`${pair.source.display} Property`, `${pair.target.display} Property`];
  const wrong = expected.find((text, index) => foldSpace(header[index]?.text ?? '') !== text);
  if (header.length === width && wrong === undefined) return;
  diagnostics.push({
    severity: header.length === width ? 'warning' : 'error',
    code: 'table-header-mismatch',
    line: header[0]?.line ?? table.span.line,
    message: `the table's header does not match its section: expected ${expected.join(' | ')}`,
    remedy: 'make the header name the two entities of the section',
    words: header.map((cell) => cell.text).join(' | '),
  });
}
