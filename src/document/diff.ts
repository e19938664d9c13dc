import type { DataflowDocument, Pair } from './model.js';

export type Change = {
  kind: 'added' | 'removed' | 'changed';
  what: 'pair' | 'sentence' | 'row';
  pair: string;
  /** The line in the newer document; of what was removed, the line in the older one. */
  line: number;
  text: string;
  /** Of what was changed: the older text. */
  before?: string;
};

/** What came, went and changed between two generations of a document; order and line numbers do not count. */
export function diffDocuments(old: DataflowDocument, now: DataflowDocument): Change[] {
  const before = byHeading(old);
  const after = byHeading(now);
  const changes: Change[] = [];
  for (const [heading, { heading: span }] of before) {
    if (!after.has(heading))
      changes.push({ kind: 'removed', what: 'pair', pair: heading, line: span.line, text: heading });
  }
  for (const [heading, pair] of after) {
    const previous = before.get(heading);
    if (previous === undefined) {
      const { line } = pair.heading;
      changes.push({ kind: 'added', what: 'pair', pair: heading, line, text: heading });
    } else for (const change of diffPairs(heading, previous, pair)) changes.push(change);
  }
  return changes;
}

function byHeading(document: DataflowDocument): Map<string, Pair> {
  const unique = countUp();
  const fresh = document.pairs.filter((pair) => pair.repeatOf === null);
  return new Map(fresh.map((pair) => [unique(pair.headingText), pair]));
}

/** Gives a key that came before its number: `key`, `key (2)`, `key (3)`. */
function countUp(): (key: string) => string {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  };
}

type Item = { key: string; text: string; line: number; what: 'sentence' | 'row' };

function itemsOf(pair: Pair): Map<string, Item> {
  const sentences = pair.sentences.map(({ form, text, span: { line } }): Item => {
    return { key: `sentence ${form}`, text, line, what: 'sentence' };
  });
  const rows = pair.propertyRows.map(({ source, target, dataType, span: { line } }): Item => {
    const paths = `${source.text} | ${target.text}`;
    return { key: `row ${paths}`, text: `${paths} | ${JSON.stringify(dataType)}`, line, what: 'row' };
  });
  const merges = pair.mergeRows.map(({ source, target, span: { line } }): Item => {
    const text = [source, target].map((side) => side.map((path) => path.text).join(', ')).join(' | ');
    return { key: `merge ${text}`, text: `merge on ${text}`, line, what: 'row' };
  });
  const unique = countUp();
  return new Map(sentences.concat(rows, merges).map((item) => [unique(item.key), item]));
}

function diffPairs(heading: string, old: Pair, now: Pair): Change[] {
  const before = itemsOf(old);
  const after = itemsOf(now);
  const changes: Change[] = [];
  for (const [key, { what, line, text }] of before) {
    if (!after.has(key)) changes.push({ kind: 'removed', what, pair: heading, line, text });
  }
  for (const [key, { what, line, text }] of after) {
    const previous = before.get(key);
    if (previous === undefined) changes.push({ kind: 'added', what, pair: heading, line, text });
    else if (previous.text !== text)
      changes.push({ kind: 'changed', what, pair: heading, line, text, before: previous.text });
  }
  return changes;
}
