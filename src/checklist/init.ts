import { entityKey } from '../contract/derive/contracts.js';
import type { DataflowDocument, Pair } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';

/** A commented profile that holds what a document leaves open; valid as it is, and changing nothing until filled in. */
export function initProfile(document: DataflowDocument, compiled: CompiledChecklist): string {
  const { a, b } = compiled.plan.systems;
  const name = (text: string) => JSON.stringify(text);
  const sections = document.pairs.filter((pair) => pair.repeatOf === null);
  const seen = new Set<string>();
  const pairs = sections.filter((pair) => {
    const key = `${entityKey(pair.source)} ${entityKey(pair.target)}`;
    return !seen.has(key) && seen.add(key);
  });
  return [
    `# Profile for "${document.title}": what the document leaves open. Lines that begin with "#" are suggestions.`,
    'systems:',
    `  ${a.key}: { names: [${name(document.systems.source)}], contract: derived }`,
    `  ${b.key}: { names: [${name(document.systems.target)}], contract: derived }`,
    '',
    'policies:',
    '  conflict: newest-edit # or side-a-wins, side-b-wins, keep-for-review',
    '  tie: a',
    '  delete: ignore # or propagate, unlink',
    '  writeBudget: 1',
    '',
    ...(pairs.length === 0 ? ['pairs: []'] : ['pairs:', ...pairs.flatMap((pair) => pairLines(pair))]),
    '',
  ].join('\n');
}

function pairLines(pair: Pair): string[] {
  const lines = [
    `  - source: ${JSON.stringify(entityKey(pair.source))}`,
    `    target: ${JSON.stringify(entityKey(pair.target))}`,
    '    # owner: your-team',
  ];
  if (pair.mergeRows.length === 0)
    lines.push('    # match: [[{ source: email, target: email, normalise: case-insensitive }]]');
  const condition = pair.sentences.find((sentence) => sentence.condition !== undefined)?.condition;
  if (condition !== undefined) {
    lines.push(`    # the document says: ${condition.replaceAll('\n', ' ')}`);
    lines.push('    # when: { path: status, equals: active, meets: active, fails: closed }');
  }
  const open = pair.propertyRows.filter(
    (row) =>
      row.dataType.kind === 'unknown' || row.source.qualifiers.length + row.target.qualifiers.length > 0,
  );
  for (const row of open)
    lines.push(`    # open, line ${row.span.line}: ${row.source.text} | ${row.target.text}`);
  if (pair.propertyRows.length === 0) {
    lines.push('    # the property table holds only its header; name the rows here:');
    lines.push('    # rows:', "    #   - { source: name, target: name, examples: [['Ada', 'Ada']] }");
  }
  return lines;
}
