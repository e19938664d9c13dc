import type { DataflowDocument, Diagnostic, Pair } from './model.js';
import { sameName } from './names.js';

/** Where `A to B` and `B to A` contradict each other; lines are those of the first document. */
export function compareDirections(forward: DataflowDocument, reverse: DataflowDocument): Diagnostic[] {
  return forward.pairs.flatMap((pair) => {
    const back = reverse.pairs.find(
      (other) =>
        sameName(other.source.display, pair.target.display) &&
        sameName(other.target.display, pair.source.display),
    );
    return back === undefined || pair.repeatOf !== null ? [] : comparePairs(pair, back, reverse.path);
  });
}

function comparePairs(pair: Pair, back: Pair, path: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (line: number, message: string, words: string) =>
    found.push({
      severity: 'warning',
      code: 'directions-contradict',
      line,
      message: `${message} (${path}, line ${back.heading.line})`,
      remedy: 'let both documents say the same, or declare in the profile which one holds',
      words,
    });
  const key = (row: Pair['propertyRows'][number], turned: boolean) =>
    turned ? `${row.target.text} | ${row.source.text}` : `${row.source.text} | ${row.target.text}`;
  const there = new Set(back.propertyRows.map((row) => key(row, true)));
  const here = new Set(pair.propertyRows.map((row) => key(row, false)));
  if (there.size > 0 && here.size > 0) {
    for (const row of pair.propertyRows) {
      if (!there.has(key(row, false)))
        report(
          row.span.line,
          `the row ${key(row, false)} is missing in the reverse document`,
          key(row, false),
        );
    }
    for (const words of there) {
      if (!here.has(words))
        report(pair.heading.line, `the row ${words} stands in the reverse document only`, words);
    }
  }
  const merge = (rows: Pair['mergeRows'], turned: boolean) =>
    rows
      .map((row) => [row.source, row.target].map((side) => side.map((one) => one.text).join(',')))
      .map(([source, target]) =>
        turned ? `${target ?? ''} | ${source ?? ''}` : `${source ?? ''} | ${target ?? ''}`,
      )
      .toSorted((one, other) => one.localeCompare(other))
      .join('; ');
  if (merge(pair.mergeRows, false) !== merge(back.mergeRows, true)) {
    report(
      pair.heading.line,
      'the two documents merge on different properties',
      merge(pair.mergeRows, false) || 'no merge rows',
    );
  }
  return found;
}
