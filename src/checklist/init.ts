import { entityKey } from '../contract/derive/contracts.js';
import type { DataflowDocument } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';
import { reverseSections } from './creation-rule.js';
import type { NotTestable } from './check.js';
import { pairLines, type Sections } from './init-pair.js';
import { slugOf } from './slug.js';

const HEAD = [
  'What the document leaves open, ready to fill in. As it is this file changes nothing.',
  'A line that begins with "#" and no blank is a suggestion: correct it, and take the "#" away.',
];
/** More findings than this are left to syncproof inspect. */
const MOST_FINDINGS = 40;

/** What a system of the profile begins with beside its names, as YAML, by the system's key. */
export type SystemTemplates = ReadonlyMap<string, string>;

/**
 * A commented profile that holds what a document leaves open; valid as it is, and changing nothing until filled in.
 * Systems with a template describe their API; names in it that begin with SYSTEM_ get the key of the system. With the
 * reverse document it holds what that one leaves open too.
 */
export function initProfile(
  document: DataflowDocument,
  compiled: CompiledChecklist,
  templates: SystemTemplates = new Map(),
  reverse: DataflowDocument | null = null,
): string {
  const backs = reverseSections(document, reverse);
  const plans = new Map(compiled.plan.pairs.map((plan) => [plan.slug, plan]));
  const slugs = new Map(compiled.pairs.map(({ line, slug }) => [line, slug]));
  const groups = new Map<string, Sections>();
  for (const pair of document.pairs) {
    const plan = plans.get(slugs.get(pair.heading.line) ?? '');
    if (plan === undefined) continue;
    const key = `${entityKey(pair.source)}\n${entityKey(pair.target)}`;
    const group = groups.get(key);
    const section = { pair, plan, back: backs.get(pair) ?? null };
    if (group === undefined) groups.set(key, [section]);
    else group.push(section);
  }
  const waiting = new Map<string, NotTestable[]>();
  for (const { pair, notTestable } of compiled.checks) {
    if (notTestable === null) continue;
    const reasons = waiting.get(pair);
    if (reasons === undefined) waiting.set(pair, [notTestable]);
    else reasons.push(notTestable);
  }
  const pairs = [...groups.values()].flatMap((sections) => pairLines(sections, compiled, waiting));
  return [
    `# Profile for ${quoted(document.title || 'a document without a title')}`,
    ...HEAD.map((line) => `# ${line}`),
    '',
    'systems:',
    ...systemLines(document, compiled, 'a', templates),
    ...systemLines(document, compiled, 'b', templates),
    '',
    ...(templates.size === 0 ? [] : REMOTE_LINES),
    '# What the document does not say of conflicts and deletions; these are the defaults.',
    'policies:',
    '  conflict: newest-edit # or side-a-wins, side-b-wins, keep-for-review',
    '  tie: a',
    '  delete: ignore # or propagate, unlink',
    '  writeBudget: 1',
    '',
    ...findingLines(document),
    ...(pairs.length === 0 ? ['# The document holds no section.', 'pairs: []'] : ['pairs:', ...pairs]),
    '',
  ].join('\n');
}

const quoted = (text: string) => JSON.stringify(text.replaceAll(/\s+/g, ' '));

const REMOTE_LINES = [
  'remote: # for run --target remote; see docs/remote.md',
  '  sync: { kind: none } # or trigger, webhook, status, with their URLs',
  '  # systems: { KEY: { production: true, hosts: [api.example.com] } }',
  '  settleMs: 60000',
  '',
];

function systemLines(
  document: DataflowDocument,
  { plan }: CompiledChecklist,
  side: 'a' | 'b',
  templates: SystemTemplates,
): string[] {
  const name = side === 'a' ? document.systems.source : document.systems.target;
  const other = side === 'a' ? plan.systems.b.key : plan.systems.a.key;
  const { key } = plan.systems[side];
  const template = templates.get(key);
  return [
    ...(name === '' ? ['  # The title leaves this system without a name; write it between the quotes.'] : []),
    ...(key === `${slugOf(name)}-${side}`
      ? [`  # Both systems have one name, so this one is an account: ${key}, beside ${other}.`]
      : []),
    `  ${key}:`,
    `    names: [${quoted(name)}]`,
    ...(template === undefined ? derivedLines(document, side) : templateLines(template, key)),
  ];
}

function templateLines(template: string, key: string): string[] {
  const variable = `${key.toUpperCase().replaceAll('-', '_')}_`;
  const lines = template.trimEnd().replaceAll('SYSTEM_', variable).split('\n');
  return lines.map((line) => `    ${line}`);
}

const derivedLines = (document: DataflowDocument, side: 'a' | 'b') => [
  '    contract: derived # the properties that the document and this file name',
  ...untypedLines(document, side),
];

/** Properties of which the document gives no type. */
function untypedLines(document: DataflowDocument, side: 'a' | 'b'): string[] {
  const entities = new Map<string, Set<string>>();
  for (const pair of document.pairs) {
    const name = entityKey(side === 'a' ? pair.source : pair.target);
    for (const row of pair.propertyRows) {
      const [path, ...deeper] = (side === 'a' ? row.source : row.target).segments;
      if (row.dataType.kind !== 'untyped' || row.isKeyRow || path === undefined || deeper.length > 0)
        continue;
      const paths = entities.get(name) ?? new Set();
      entities.set(name, paths.add(path));
    }
  }
  if (entities.size === 0) return [];
  return [
    '    # No type is given for these properties; until then each holds a text.',
    '    #entities:',
    ...[...entities].flatMap(([name, paths]) => [
      `      #${quoted(name)}:`,
      '        #fields:',
      ...[...paths].map((path) => `          #${quoted(path)}: { type: string, maxLength: 255 }`),
    ]),
  ];
}

/** What no profile can mend, only the document itself. */
function findingLines({ diagnostics }: DataflowDocument): string[] {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  if (errors.length === 0) return [];
  const more = errors.length - MOST_FINDINGS;
  return [
    '# These parts are not understood, so that no run can be green; correct them in the document:',
    ...errors
      .slice(0, MOST_FINDINGS)
      .map((one) => `# - line ${one.line}: ${quoted(one.message).slice(1, -1)}`),
    ...(more > 0 ? [`# - and ${more} more, see syncproof inspect`] : []),
    '',
  ];
}
