import type { EntityContract } from '../contract/field.js';
import { conditionedPath, fieldPath, qualifierPath } from '../contract/derive/fields.js';
import { withoutConditions } from '../contract/path.js';
import type { DataType, Pair, PropertyRow } from '../document/model.js';
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

/** The transform that a data type cell declares; null when it is not understood. */
function transformOf(dataType: DataType): Transform | null {
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
    case 'unknown':
      return null;
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
    const reason = first === undefined ? whyOpen(row, a, b) : repeats(first);
    if (reason !== null) {
      open.push({ line: row.span.line, text, slug, notTestable: reason });
      continue;
    }
    const [source, target] = [conditionedPath(row.source), conditionedPath(row.target)];
    const only = [
      ...(source?.only ?? []).map((one) => ({ side: 'a' as const, ...one })),
      ...(target?.only ?? []).map((one) => ({ side: 'b' as const, ...one })),
    ];
    mapped.push({
      slug,
      a: source?.path ?? '',
      b: target?.path ?? '',
      transform: transformOf(row.dataType) ?? { kind: 'identity' },
      direction: 'both',
      examples: [],
      origin: 'document',
      line: row.span.line,
      ...(only.length === 0 ? {} : { only }),
    });
  }
  for (const row of profile?.rows ?? []) mapped.push(profileRow(row, taken));
  return { mapped: withPrecedence(mapped.flatMap((row) => openWays(row, a, b))), open, keys };
}

const rowSlug = (row: PropertyRow) => slugOf(row.source.segments.join('.'));

/** A row of the profile stands for that of the document with the same paths, conditions aside. */
function replaces(own: ProfileRow, row: PropertyRow): boolean {
  return ([own.source, own.target] as const).every((written, index) => {
    const path = index === 0 ? row.source : row.target;
    return written.includes('=')
      ? written === conditionedPath(path)?.path
      : withoutConditions(written).replaceAll('[]', '') === path.segments.join('.');
  });
}

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

function whyOpen(row: PropertyRow, a: EntityContract, b: EntityContract): NotTestable | null {
  const [source, target] = [fieldPath(row.source), fieldPath(row.target)];
  if (row.dataType.kind === 'unknown') {
    return {
      reason: `the data type ${row.dataType.raw} is not understood`,
      remedy: 'declare the transform of this row in the profile',
    };
  }
  for (const [entity, path] of [
    [a, row.source],
    [b, row.target],
  ] as const) {
    if (path.segments.length === 0)
      return {
        reason: `the row names no property of the ${entity.name}`,
        remedy: 'name it in the document, or delete the row',
      };
    if (conditionedPath(path) !== null) continue;
    return path.qualifiers.some((one) => one.value === null || one.path === null)
      ? {
          reason: 'the condition of the row leaves its value or its path blank',
          remedy: 'fill in the document, or give the row in the profile with "only: [{side, path, value}]"',
        }
      : {
          reason: 'the condition of the row asks one property to hold two values at once',
          remedy: 'give the row in the profile with the one value that counts: "only: [{side, path, value}]"',
        };
  }
  for (const [entity, path] of [
    [a, source],
    [b, target],
    ...row.source.qualifiers.map((one) => [a, qualifierPath(one)] as const),
    ...row.target.qualifiers.map((one) => [b, qualifierPath(one)] as const),
  ] as const) {
    if (fieldAt(entity, path) !== undefined) continue;
    const isId = /^(?:\$original_)?id$/i.test(path);
    return isId
      ? {
          reason: `${entity.name}.${path} is the record's own key`,
          remedy: 'the link stands for it; to copy the value, name another property in the document',
        }
      : OWN.test(path)
        ? {
            reason: `${entity.name}.${path} is kept by the system itself, which takes no value for it`,
            remedy: 'delete the row from the document, or name another property in it',
          }
        : {
            reason: `${entity.name}.${path} holds other properties that rows name, so it has no value of its own`,
            remedy: 'name in the document the one property inside of it that is meant',
          };
  }
  return null;
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
