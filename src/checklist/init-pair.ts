import { entityKey } from '../contract/derive/contracts.js';
import { fieldPath } from '../contract/derive/fields.js';
import type { SystemContract } from '../contract/api-description.js';
import type { Pair, PropertyPath } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';
import { slipOf } from './profile/nearest.js';
import { keyedMerges } from './build-plan.js';
import type { MappedRow, MatchPart, PairPlan } from './plan.js';

const json = (value: unknown) => JSON.stringify(value);
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** The entry of one pair: what its sentences and rows leave open, and which checks wait for it. */
export function pairLines(pair: Pair, compiled: CompiledChecklist): string[] {
  const record = compiled.pairs.find((one) => one.line === pair.heading.line);
  const plan = compiled.plan.pairs.find((one) => one.slug === record?.slug);
  return [
    `  # line ${pair.heading.line}: ${oneLine(pair.headingText)}`,
    `  - source: ${json(entityKey(pair.source))}`,
    `    target: ${json(entityKey(pair.target))}`,
    '    #owner: your-team',
    ...(plan === undefined
      ? []
      : [
          ...whenLines(pair),
          ...connectedLines(pair, plan, compiled),
          ...matchLines(pair, plan),
          ...rowLines(pair, plan, compiled),
          ...waitingLines(plan, compiled),
        ]),
  ];
}

function whenLines(pair: Pair): string[] {
  const conditions = pair.sentences.flatMap((sentence) => sentence.condition ?? []);
  if (conditions.length === 0) return [];
  return [
    ...conditions.map((condition) => `    # The document says: ${oneLine(condition)}`),
    `    # Name the property of ${pair.source.display} that tells, and a value that meets the condition and one that fails it.`,
    '    #when: { path: status, equals: active, meets: active, fails: closed }',
  ];
}

function connectedLines(pair: Pair, plan: PairPlan, { plan: { pairs } }: CompiledChecklist): string[] {
  const wanted = pair.sentences.flatMap((sentence) => sentence.connectedTo ?? []);
  if (wanted.length === 0) return [];
  const said = `    # Created when it is connected to ${wanted.map((one) => one.display).join(', ')}.`;
  const { a } = plan.creation;
  if (a.kind === 'connected')
    return [
      said,
      '    # The property that holds the connection has a made-up name; write the one of the API:',
      `    #connected: [${a.to.map((one) => `{ pair: ${one.pair}, path: ${one.path} }`).join(', ')}]`,
    ];
  const other = pairs.find((one) => one.slug !== plan.slug && one.entity.a !== plan.entity.a);
  return other === undefined
    ? [said, '    # No section of the document synchronises one of these: ask for a document that holds it.']
    : [
        said,
        '    # No section synchronises one of these. Name the pair through which it is connected, and the property:',
        `    #connected: [{ pair: ${other.slug}, path: connected_to }]`,
      ];
}

function matchLines(pair: Pair, plan: PairPlan): string[] {
  const keyed = keyedMerges(pair);
  if (plan.match.length > 0 && keyed.length === 0) return [];
  const row = plan.rows.find((one) => /e-?mail/i.test(one.a)) ?? plan.rows.find((one) => isPlain(one));
  const [source, target] = row === undefined ? ['email', 'email'] : [row.a, row.b];
  const keys = plan.match.map((key) => key.parts.map(partText));
  const isKnown = plan.match.some((key) => key.parts.length === 1 && key.parts[0]?.a === source);
  const normalise = /e-?mail/i.test(source) ? 'case-insensitive' : 'none';
  if (!isKnown) keys.push([partText({ a: source, b: target, normalise })]);
  return [
    keyed.length > 0
      ? `    # The match on line ${keyed[0]?.span.line ?? 0} uses a primary key, which a system gives itself.`
      : '    # No property is named on which existing records match.',
    `    #match: [${keys.map((parts) => `[${parts.join(', ')}]`).join(', ')}]`,
  ];
}

const partText = ({ a, b, normalise }: MatchPart) =>
  `{ source: ${json(a)}, target: ${json(b)}${normalise === 'none' ? '' : `, normalise: ${normalise}`} }`;

const isPlain = (row: MappedRow) =>
  row.transform.kind === 'identity' && row.precedence === undefined && !/[[=]/.test(row.a + row.b);

function rowLines(pair: Pair, plan: PairPlan, compiled: CompiledChecklist): string[] {
  const lines = [...emptyTable(pair, plan, compiled), ...openRows(pair), ...severalSources(plan)];
  return lines.length === 0 ? [] : ['    #rows:', ...lines];
}

function emptyTable(
  pair: Pair,
  { rows, entity }: PairPlan,
  { plan: { systems } }: CompiledChecklist,
): string[] {
  if (rows.length > 0 || pair.propertyRows.some((row) => !row.isKeyRow)) return [];
  return [
    '    # The property table names no row; name them with their paths in the two APIs, and examples of values:',
    ...['name', 'description'].map((name) => {
      const [source, target] = [spelt(systems.a, entity.a, name), spelt(systems.b, entity.b, name)];
      return `    #  - { source: ${json(source)}, target: ${json(target)}, examples: [["Ada", "Ada"]] }`;
    }),
  ];
}

/** A property as other sections of the document spell it. */
function spelt({ entities }: SystemContract, name: string, path: string): string {
  const fields = entities.find((one) => one.name === name)?.fields ?? [];
  const known = fields.map((field) => field.path);
  return known.includes(path) ? path : (slipOf(path, known) ?? path);
}

function openRows(pair: Pair): string[] {
  return pair.propertyRows.flatMap((row) => {
    const sides = [
      ['a', row.source],
      ['b', row.target],
    ] as const;
    const where = `    # line ${row.span.line}: ${oneLine(`${row.source.text} | ${row.target.text}`)}`;
    const paths = `source: ${json(fieldPath(row.source))}, target: ${json(fieldPath(row.target))}`;
    if (sides.some(([, path]) => path.segments.length === 0)) return [`${where}, a side is blank`];
    if (row.dataType.kind === 'unknown')
      return [
        `${where}, a transform that is not understood: ${oneLine(row.dataType.raw)}`,
        `    #  - { ${paths}, transform: { kind: replace, from: " ", to: "" }, examples: [["a b", "ab"]] }`,
      ];
    const open = sides.filter(([, path]) => leavesBlank(path) || asksTwice(path));
    if (open.length === 0) return [];
    const only = open.map(([side, path]) => {
      const known = path.qualifiers.find((one) => one.value !== null && one.path !== null);
      const [own, value] = [
        path.qualifiers[0]?.path ?? 'kind',
        known?.value ?? path.qualifiers[0]?.value ?? 'x',
      ];
      return `{ side: ${side}, path: ${json(own)}, value: ${json(value)} }`;
    });
    return [
      `${where}, the condition is not complete; say which records have the property:`,
      `    #  - { ${paths}, only: [${only.join(', ')}] }`,
    ];
  });
}

const leavesBlank = ({ qualifiers }: PropertyPath) =>
  qualifiers.some((one) => one.value === null || one.path === null);

function asksTwice({ qualifiers }: PropertyPath): boolean {
  const values = new Map<string | null, string | null>();
  return qualifiers.some(({ path, value }) => {
    const before = values.get(path);
    values.set(path, value);
    return before !== undefined && before !== value;
  });
}

/** Rows that share a target, in the order that counts while nothing else is declared. */
function severalSources({ rows }: PairPlan): string[] {
  const groups = new Map<string, MappedRow[]>();
  for (const row of rows) {
    if (row.precedence === undefined || row.origin !== 'document') continue;
    const group = groups.get(row.b);
    if (group === undefined) groups.set(row.b, [row]);
    else group.push(row);
  }
  return [...groups].flatMap(([target, group]) => [
    `    # Several properties go to ${oneLine(target)}; the lowest number with a value counts:`,
    ...group.map((row, index) => {
      const transform = row.transform.kind === 'identity' ? '' : `, transform: ${json(row.transform)}`;
      const only = row.only === undefined ? '' : `, only: ${json(row.only)}`;
      return `    #  - { source: ${json(row.a)}, target: ${json(row.b)}, precedence: ${index + 1}${transform}${only} }`;
    }),
  ]);
}

/** The checks that wait, by their reason. */
function waitingLines(plan: PairPlan, { checks }: CompiledChecklist): string[] {
  const reasons = new Map<string, number>();
  for (const { pair, notTestable } of checks) {
    if (pair !== plan.slug || notTestable === null) continue;
    const reason = `${oneLine(notTestable.reason)}: ${oneLine(notTestable.remedy)}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(
    ([reason, count]) => `    # ${count} ${count === 1 ? 'check waits' : 'checks wait'}, since ${reason}`,
  );
}
