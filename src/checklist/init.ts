import { entityKey } from '../contract/derive/contracts.js';
import type { DataflowDocument, Pair } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';

/** What a system of the profile begins with beside its names, as YAML, by the system's key. */
export type SystemTemplates = ReadonlyMap<string, string>;

/**
 * A commented profile that holds what a document leaves open; valid as it is, and changing nothing until filled in.
 * Systems with a template describe their API; names in it that begin with SYSTEM_ get the key of the system.
 */
export function initProfile(
  document: DataflowDocument,
  compiled: CompiledChecklist,
  templates: SystemTemplates = new Map(),
): string {
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
    ...systemLines(a.key, name(document.systems.source), templates),
    ...systemLines(b.key, name(document.systems.target), templates),
    '',
    ...(templates.size === 0 ? [] : REMOTE_LINES),
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

function systemLines(key: string, name: string, templates: SystemTemplates): string[] {
  const template = templates.get(key);
  if (template === undefined) return [`  ${key}: { names: [${name}], contract: derived }`];
  const variable = `${key.toUpperCase().replaceAll('-', '_')}_`;
  const lines = template.trimEnd().replaceAll('SYSTEM_', variable).split('\n');
  return [`  ${key}:`, `    names: [${name}]`, ...lines.map((line) => `    ${line}`)];
}

const REMOTE_LINES = [
  'remote: # for run --target remote; see docs/remote.md',
  '  sync: { kind: none } # or trigger, webhook, status, with their URLs',
  '  # systems: { KEY: { production: true, hosts: [api.example.com] } }',
  '  settleMs: 60000',
  '',
];

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
