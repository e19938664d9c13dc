import type { DataflowDocument, Pair } from './model.js';

export type Change = {
  kind: 'added' | 'removed' | 'changed';
  what: 'pair' | 'sentence' | 'row';
  pair: string;
  line: number;
  text: string;
};

/** What came, went and changed between two generations of a document; order and line numbers do not count. */
export function diffDocuments(old: DataflowDocument, now: DataflowDocument): Change[] {
  const before = byHeading(old);
  const after = byHeading(now);
  const changes: Change[] = [];
  for (const [heading, pair] of before) {
    if (!after.has(heading))
      changes.push({ kind: 'removed', what: 'pair', pair: heading, line: pair.heading.line, text: heading });
  }
  for (const [heading, pair] of after) {
    const previous = before.get(heading);
    if (previous === undefined)
      changes.push({ kind: 'added', what: 'pair', pair: heading, line: pair.heading.line, text: heading });
    else changes.push(...diffPairs(heading, previous, pair));
  }
  return changes;
}

function byHeading(document: DataflowDocument): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const pair of document.pairs) {
    if (pair.repeatOf !== null) continue;
    let key = pair.headingText;
    for (let count = 2; pairs.has(key); count++) key = `${pair.headingText} (${count})`;
    pairs.set(key, pair);
  }
  return pairs;
}

type Item = { key: string; text: string; line: number; what: 'sentence' | 'row' };

function itemsOf(pair: Pair): Map<string, Item> {
  const sentences = pair.sentences.map((sentence) => ({
    key: `sentence ${sentence.form}`,
    text: sentence.text,
    line: sentence.span.line,
    what: 'sentence' as const,
  }));
  const rows = pair.propertyRows.map((row) => ({
    key: `row ${row.source.text} | ${row.target.text}`,
    text: `${row.source.text} | ${row.target.text} | ${JSON.stringify(row.dataType)}`,
    line: row.span.line,
    what: 'row' as const,
  }));
  const merges = pair.mergeRows.map((row) => {
    const text = `${row.source.map((path) => path.text).join(', ')} | ${row.target.map((path) => path.text).join(', ')}`;
    return { key: `merge ${text}`, text: `merge on ${text}`, line: row.span.line, what: 'row' as const };
  });
  return new Map([...sentences, ...rows, ...merges].map((item) => [item.key, item]));
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
    else if (previous.text !== text) changes.push({ kind: 'changed', what, pair: heading, line, text });
  }
  return changes;
}
