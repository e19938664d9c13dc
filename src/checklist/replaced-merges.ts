import type { Diagnostic, MergeRow } from '../document/model.js';
import type { PlannedPair } from './build-plan.js';

/** Merge rows of the document in whose place the match keys of a profile stand, so that nothing checks them. */
export function replacedMerges(pairs: PlannedPair[]): Diagnostic[] {
  return pairs.flatMap(({ pair, plan, profile }) => {
    if ((profile?.match ?? []).length === 0) return [];
    const kept = new Set(plan.match.map(({ parts }) => keyOf(parts)));
    return pair.mergeRows
      .filter((row) => !kept.has(keyOf(partsOf(row))))
      .map((row): Diagnostic => ({
        severity: 'warning',
        code: 'merge-row-replaced',
        line: row.span.line,
        message: `The match keys of the profile stand in place of this row: ${textOf(row)}`,
        remedy: 'remove "match" from the pair in the profile, or bring the document up to date',
        words: textOf(row),
      }));
  });
}

const partsOf = ({ source, target }: MergeRow) =>
  source.map((path, at) => ({ a: path.text, b: (target[at] ?? path).text }));
const keyOf = (parts: { a: string; b: string }[]) =>
  JSON.stringify(parts.map(({ a, b }) => [a, b]).toSorted());
const textOf = (row: MergeRow) =>
  partsOf(row)
    .map(({ a, b }) => `${a} = ${b}`)
    .join(' and ');
