import { squash } from './names.js';
import type { CodeRow } from './lint/codes.js';
import type { DataflowDocument, DataType, Diagnostic, MergeRow, Pair, PropertyRow } from './model.js';

/** What two documents of opposite direction can contradict each other in. */
export const CONTRADICTION_CODES = [
  {
    code: 'reverse-row-missing',
    severity: 'warning',
    about: 'A row stands in this document and not in the reverse one.',
  },
  {
    code: 'reverse-row-extra',
    severity: 'warning',
    about: 'A row stands in the reverse document and not in this one.',
  },
  {
    code: 'reverse-type-differs',
    severity: 'info',
    about: 'The two documents give the two ends of a row different plain types.',
  },
  {
    code: 'reverse-merge-differs',
    severity: 'warning',
    about: 'The two documents merge on different property combinations.',
  },
  {
    code: 'reverse-creation-differs',
    severity: 'warning',
    about: 'One document asks for a link before anything is synchronised, the other creates without one.',
  },
] as const satisfies readonly CodeRow[];
type Code = (typeof CONTRADICTION_CODES)[number]['code'];
const SEVERITY = Object.fromEntries(CONTRADICTION_CODES.map((row) => [row.code, row.severity])) as Record<
  Code,
  Diagnostic['severity']
>;

const REMEDY =
  'let both documents say the same, or give the rows, the match keys and the policies in one profile for both';

/** Where `A to B` and `B to A` contradict each other; lines are those of the first document. */
export function compareDirections(forward: DataflowDocument, reverse: DataflowDocument): Diagnostic[] {
  const backs = new Map<string, Pair[]>();
  for (const pair of fresh(reverse)) {
    const key = keyOf(pair.target.display, pair.source.display);
    const others = backs.get(key);
    if (others === undefined) backs.set(key, [pair]);
    else others.push(pair);
  }
  const seen = new Map<string, number>();
  return fresh(forward).flatMap((pair) => {
    const key = keyOf(pair.source.display, pair.target.display);
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    const back = backs.get(key)?.[turn] ?? backs.get(key)?.[0];
    return back === undefined ? [] : comparePairs(pair, back, reverse.path);
  });
}

const fresh = ({ pairs }: DataflowDocument) => pairs.filter((pair) => pair.repeatOf === null);
const keyOf = (...names: string[]) => names.map(squash).join(' ');

function comparePairs(pair: Pair, back: Pair, path: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (code: Code, line: number, message: string, words: string, there: number) => {
    const where = `${message} (${path}:${there})`;
    found.push({ severity: SEVERITY[code], code, line, message: where, remedy: REMEDY, words });
  };
  const heading = pair.heading.line;
  const backHeading = back.heading.line;
  const here = new Map(pair.propertyRows.map((row) => [rowText(row, false), row]));
  const there = new Map(back.propertyRows.map((row) => [rowText(row, true), row]));
  if (here.size > 0 && there.size > 0) {
    for (const [text, row] of here) {
      const other = there.get(text);
      if (other === undefined) {
        const message = `the row ${text} is missing in the reverse document`;
        report('reverse-row-missing', row.span.line, message, text, backHeading);
      } else if (typesDiffer(row.dataType, other.dataType)) {
        const message = `${row.target.text} is ${row.dataType.kind}, ${row.source.text} is ${other.dataType.kind}`;
        report('reverse-type-differs', row.span.line, message, text, other.span.line);
      }
    }
    for (const [text, row] of there) {
      if (here.has(text)) continue;
      const message = `the row ${text} stands in the reverse document only`;
      report('reverse-row-extra', heading, message, text, row.span.line);
    }
  }
  const merges = mergeText(pair.mergeRows, false);
  if (merges !== mergeText(back.mergeRows, true)) {
    const message = 'the two documents merge on different properties';
    report('reverse-merge-differs', heading, message, merges || 'no merge rows', backHeading);
  }
  if (linksFirst(pair) !== linksFirst(back)) {
    const message = linksFirst(pair)
      ? 'this document asks for a link first, the reverse one does not'
      : 'the reverse document asks for a link first, this one does not';
    report('reverse-creation-differs', heading, message, pair.headingText, backHeading);
  }
  return found;
}

const linksFirst = (pair: Pair) => pair.sentences.some((sentence) => sentence.form === 'link-first');
const rowText = ({ source, target }: PropertyRow, isTurned: boolean) =>
  isTurned ? `${target.text} | ${source.text}` : `${source.text} | ${target.text}`;
const PLAIN = new Set(['string', 'integer', 'float', 'boolean', 'decimal', 'list']);
const typesDiffer = (one: DataType, other: DataType) =>
  one.kind !== other.kind && PLAIN.has(one.kind) && PLAIN.has(other.kind);

/** The combinations in an order of their own, so that the order of rows does not count. */
function mergeText(rows: MergeRow[], isTurned: boolean): string {
  return rows
    .map(({ source, target }) => {
      const sides = [source, target].map((side) => side.map((path) => path.text).join(', '));
      return (isTurned ? sides.toReversed() : sides).join(' | ');
    })
    .toSorted()
    .join('; ');
}
