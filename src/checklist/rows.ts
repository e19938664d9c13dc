import type { EntityContract } from '../contract/field.js';
import { conditionedPath, fieldPath, qualifierPath } from '../contract/derive/fields.js';
import { withoutConditions } from '../contract/path.js';
import type { DataType, Pair, PropertyPath, PropertyRow } from '../document/model.js';
import { isKeyName } from '../document/property-path.js';
import type { NotTestable } from './check.js';
import type { MappedRow, Transform } from './plan.js';
import { fieldAt } from './field-index.js';
import { openWays } from './fixed.js';
import { slugOf, uniqueSlug } from './slug.js';
import type { ProfilePair, ProfileRow } from './profile/schema.js';

/** A row of the document that is not executed, and what would make it so. */
export type OpenRow = { line: number; text: string; slug: string; notTestable: NotTestable };
/** A row of the document that names the two keys; it says what the link is, and is not copied. */
export type KeyRow = { line: number; text: string; slug: string };
export type Rows = { mapped: MappedRow[]; open: OpenRow[]; keys: KeyRow[] };

/** The transform that a data type cell declares. */
function transformOf(dataType: Exclude<DataType, { kind: 'unknown' }>): Transform {
  switch (dataType.kind) {
    case 'datetime-format':
      return { kind: 'datetime-format', format: dataType.format };
    case 'replace':
      return { kind: 'replace', from: dataType.from, to: dataType.to };
    case 'if-not-equal':
      return { kind: 'integer-unless-text', literal: dataType.literal };
    case 'if-empty':
      return { kind: 'placeholder', placeholder: dataType.placeholder };
    case 'strip-first-word-if':
      return { kind: 'strip-first-word', pattern: dataType.pattern, separator: dataType.separator };
    default:
      return { kind: 'identity' };
  }
}

/** The rows of a pair: the profile's where it names any for the same two paths, else the document's. */
export function rowsOf(pair: Pair, profile: ProfilePair | null, a: EntityContract, b: EntityContract): Rows {
  const taken = new Set<string>();
  const mapped: MappedRow[] = [];
  const open: OpenRow[] = [];
  const keys: KeyRow[] = [];
  const takenByKeys = new Set<string>();
  const said = new Map<string, number>();
  for (const row of pair.propertyRows) {
    if (profile?.rows.some((one) => replaces(one, row)) === true) continue;
    const text = `${row.source.text} | ${row.target.text}`;
    if (row.isKeyRow) {
      keys.push({ line: row.span.line, text, slug: uniqueSlug(rowSlug(row), takenByKeys) });
      continue;
    }
    const slug = uniqueSlug(rowSlug(row), taken);
    const first = said.get(text);
    said.set(text, first ?? row.span.line);
    const read = first === undefined ? readRow(row, a, b) : repeats(first);
    const { line } = row.span;
    if ('reason' in read) {
      open.push({ line, text, slug, notTestable: read });
      continue;
    }
    const { only, ...carried } = read;
    mapped.push({
      slug,
      ...carried,
      direction: 'both',
      examples: [],
      origin: 'document',
      line,
      ...(only.length === 0 ? {} : { only }),
    });
  }
  for (const row of profile?.rows ?? []) mapped.push(profileRow(row, taken));
  return { mapped: withPrecedence(mapped.flatMap((row) => openWays(row, a, b))), open, keys };
}

const rowSlug = (row: PropertyRow) => slugOf(row.source.segments.join('.'));

const replaces = (own: ProfileRow, row: PropertyRow): boolean =>
  isPathOf(own.source, row.source) && isPathOf(own.target, row.target);

/** Whether a path of the profile is one that a document wrote; the profile may write it without its conditions. */
export const isPathOf = (own: string, path: PropertyPath): boolean =>
  own.includes('=')
    ? own === conditionedPath(path)?.path
    : withoutConditions(own).replaceAll('[]', '') === path.segments.join('.');

/** Rows that share a target are ordered: as declared, else as they stand (policy `severalSources`). */
function withPrecedence(rows: MappedRow[]): MappedRow[] {
  const counts = new Map<string, number>();
  for (const row of rows) if (row.direction !== 'b-to-a') counts.set(row.b, (counts.get(row.b) ?? 0) + 1);
  const declared = rows.reduce((most, row) => Math.max(most, row.precedence ?? 0), 0);
  return rows.map((row, index) =>
    (counts.get(row.b) ?? 0) > 1 && row.direction !== 'b-to-a'
      ? { ...row, precedence: row.precedence ?? declared + 1 + index }
      : row,
  );
}

/** What a system stamps on its records. */
const OWN = /^(?:created_at|updated_at|createdAt|updatedAt)$/;

const repeats = (line: number): NotTestable => ({
  reason: `the row stands at line ${line} too, where it is checked`,
  remedy: 'delete one of the two rows',
});

type ReadRow = Required<Pick<MappedRow, 'a' | 'b' | 'transform' | 'only'>>;

/** What a row of the document says, or why it cannot be executed. */
function readRow(row: PropertyRow, a: EntityContract, b: EntityContract): ReadRow | NotTestable {
  const { source, target, dataType } = row;
  if (dataType.kind === 'unknown')
    return {
      reason: `the data type ${dataType.raw} is not understood`,
      remedy: 'declare the transform of this row in the profile',
    };
  const from = readPath(a, source);
  if ('reason' in from) return from;
  const to = readPath(b, target);
  if ('reason' in to) return to;
  for (const [entity, path] of [
    [a, fieldPath(source)],
    [b, fieldPath(target)],
    ...source.qualifiers.map((one) => [a, qualifierPath(one)] as const),
    ...target.qualifiers.map((one) => [b, qualifierPath(one)] as const),
  ] as const)
    if (fieldAt(entity, path) === undefined) return whyNoField(entity, path);
  const only = [
    ...from.only.map((one) => ({ side: 'a' as const, ...one })),
    ...to.only.map((one) => ({ side: 'b' as const, ...one })),
  ];
  return { a: from.path, b: to.path, transform: transformOf(dataType), only };
}

function readPath(
  entity: EntityContract,
  path: PropertyPath,
): NonNullable<ReturnType<typeof conditionedPath>> | NotTestable {
  if (path.segments.length === 0)
    return {
      reason: `the row names no property of the ${entity.name}`,
      remedy: 'name it in the document, or delete the row',
    };
  return conditionedPath(path) ?? whyNoCondition(path);
}

const whyNoCondition = ({ qualifiers }: PropertyPath): NotTestable =>
  qualifiers.some((one) => one.value === null || one.path === null)
    ? {
        reason: 'the condition of the row leaves its value or its path blank',
        remedy: 'fill in the document, or give the row in the profile with "only: [{side, path, value}]"',
      }
    : {
        reason: 'the condition of the row asks one property to hold two values at once',
        remedy: 'give the row in the profile with the one value that counts: "only: [{side, path, value}]"',
      };

function whyNoField({ name }: EntityContract, path: string): NotTestable {
  if (isKeyName(path))
    return {
      reason: `${name}.${path} is the record's own key`,
      remedy: 'the link stands for it; to copy the value, name another property in the document',
    };
  if (OWN.test(path))
    return {
      reason: `${name}.${path} is kept by the system itself, which takes no value for it`,
      remedy: 'delete the row from the document, or name another property in it',
    };
  return {
    reason: `${name}.${path} holds other properties that rows name, so it has no value of its own`,
    remedy: 'name in the document the one property inside of it that is meant',
  };
}

function profileRow(row: ProfileRow, taken: Set<string>): MappedRow {
  const { slug, source, target, transform, examples, direction, precedence, only } = row;
  const mapped: MappedRow = {
    slug: uniqueSlug(slug ?? slugOf(source), taken),
    a: source,
    b: target,
    transform: transform.kind === 'lines' ? { kind: 'lines', rows: lineRows(transform.rows) } : transform,
    direction,
    examples,
    origin: 'profile',
    line: null,
  };
  if (precedence !== undefined) mapped.precedence = precedence;
  if (only !== undefined) mapped.only = only;
  return mapped;
}

function lineRows(rows: Extract<ProfileRow['transform'], { kind: 'lines' }>['rows']): MappedRow[] {
  const taken = new Set<string>();
  return rows.map((row) => profileRow(row, taken));
}
