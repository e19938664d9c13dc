import type { SystemContract } from '../contract/api-description.js';
import { conditionedPath, fieldPath } from '../contract/derive/fields.js';
import type { Pair, PathQualifier, PropertyPath } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';
import type { MappedRow, PairPlan } from './plan.js';
import { slipOf } from './profile/nearest.js';

const json = (value: unknown) => JSON.stringify(value);
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
/** Lines of the suggestion for a table without rows, given once. */
const LINES_OF_EMPTY = 3;

/** `back` is the section of the reverse document, where one is given. */
export type Section = { pair: Pair; plan: PairPlan; back: Pair | null };

/** Rows that a pair of entities leaves open, in one list; `sections` are its sections with their plans. */
export function rowLines(sections: Section[], compiled: CompiledChecklist): string[] {
  const empty = sections.flatMap(({ pair, plan }) => emptyTable(pair, plan, compiled));
  const lines = [
    ...empty.slice(0, LINES_OF_EMPTY),
    ...sections.flatMap(({ pair }) => openRows(pair)),
    ...sections.flatMap(({ plan }) => severalSources(plan)),
  ];
  return lines.length === 0 ? [] : ['    #rows:', ...lines];
}

function emptyTable(pair: Pair, { entity }: PairPlan, { plan: { systems } }: CompiledChecklist): string[] {
  if (pair.propertyRows.some((row) => !row.isKeyRow)) return [];
  return [
    '    # The property table names no row; name them with their paths in the two APIs, and examples of values:',
    ...['name', 'description'].map((name) => {
      const [source, target] = [spelt(systems.a, entity.a, name), spelt(systems.b, entity.b, name)];
      return `      #- { source: ${json(source)}, target: ${json(target)}, examples: [["Ada", "Ada"]] }`;
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
    if (sides.some(([, path]) => path.segments.length === 0)) return [`${where}, a side is blank`];
    const isOpen = sides.some(([, path]) => conditionedPath(path) === null);
    const isUnknown = row.dataType.kind === 'unknown';
    if (!isOpen && !isUnknown) return [];
    const [source, target] = [conditionedPath(filledIn(row.source)), conditionedPath(filledIn(row.target))];
    const only = [
      ...(source?.only ?? []).map((one) => `{ side: a, path: ${json(one.path)}, value: ${json(one.value)} }`),
      ...(target?.only ?? []).map((one) => `{ side: b, path: ${json(one.path)}, value: ${json(one.value)} }`),
    ];
    const parts = [
      `source: ${json(source?.path ?? fieldPath(row.source))}`,
      `target: ${json(target?.path ?? fieldPath(row.target))}`,
      ...(only.length === 0 ? [] : [`only: [${only.join(', ')}]`]),
      ...(isUnknown ? ['transform: { kind: replace, from: " ", to: "" }', 'examples: [["a b", "ab"]]'] : []),
    ];
    const what = isUnknown
      ? `a transform that is not understood: ${oneLine(row.dataType.kind === 'unknown' ? row.dataType.raw : '')}`
      : 'the condition is not complete; say which records have the property:';
    return [`${where}, ${what}`, `      #- { ${parts.join(', ')} }`];
  });
}

/** The path with its blanks filled in, and of two values for one property the first. */
function filledIn(path: PropertyPath): PropertyPath {
  const values = new Map<string, PathQualifier>();
  for (const { path: own, value } of path.qualifiers) {
    const name = own ?? 'kind';
    if (!values.has(name)) values.set(name, { path: name, value: value ?? 'x' });
  }
  return { ...path, qualifiers: [...values.values()] };
}

/** Rows that share a target, in the order that counts while nothing else is declared. */
function severalSources({ rows }: PairPlan): string[] {
  const groups = new Map<string, MappedRow[]>();
  for (const row of rows) {
    if (row.precedence === undefined) continue;
    const group = groups.get(row.b);
    if (group === undefined) groups.set(row.b, [row]);
    else group.push(row);
  }
  return [...groups].flatMap(([target, group]) => [
    `    # Several properties go to ${oneLine(target)}; the lowest number with a value counts:`,
    ...group.map((row, index) => {
      const transform = row.transform.kind === 'identity' ? '' : `, transform: ${json(row.transform)}`;
      const only = row.only === undefined ? '' : `, only: ${json(row.only)}`;
      return `      #- { source: ${json(row.a)}, target: ${json(row.b)}, precedence: ${index + 1}${transform}${only} }`;
    }),
  ]);
}
