import type { EntityContract, FieldSpec } from '../contract/field.js';
import { fieldPath } from '../contract/derive/fields.js';
import type { DataType, Pair, PropertyRow } from '../document/model.js';
import type { NotTestable } from './check.js';
import type { MappedRow, Transform } from './plan.js';
import { slugOf, uniqueSlug } from './slug.js';
import type { ProfilePair, ProfileRow } from './profile/schema.js';

/** A row of the document that is not executed, and what would make it so. */
export type OpenRow = { line: number; text: string; slug: string; notTestable: NotTestable };
export type Rows = { mapped: MappedRow[]; open: OpenRow[] };

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

const fieldOf = (entity: EntityContract, path: string): FieldSpec | undefined =>
  entity.fields.find((field) => field.path === path);

/** The rows of a pair: the profile's where it names any for the same two paths, else the document's. */
export function rowsOf(pair: Pair, profile: ProfilePair | null, a: EntityContract, b: EntityContract): Rows {
  const taken = new Set<string>();
  const mapped: MappedRow[] = [];
  const open: OpenRow[] = [];
  const targets = new Set<string>();
  for (const row of pair.propertyRows) {
    if (row.isKeyRow) continue;
    const own = profile?.rows.find(
      (one) => one.source === row.source.segments.join('.') && one.target === row.target.segments.join('.'),
    );
    if (own !== undefined) continue;
    const slug = uniqueSlug(rowSlug(row), taken);
    const text = `${row.source.text} | ${row.target.text}`;
    const reason = whyOpen(row, targets, a, b);
    if (reason !== null) {
      open.push({ line: row.span.line, text, slug, notTestable: reason });
      continue;
    }
    targets.add(fieldPath(row.target));
    mapped.push({
      slug,
      a: fieldPath(row.source),
      b: fieldPath(row.target),
      transform: transformOf(row.dataType) ?? { kind: 'identity' },
      direction: 'both',
      examples: [],
      origin: 'document',
      line: row.span.line,
    });
  }
  for (const row of profile?.rows ?? []) mapped.push(profileRow(row, taken));
  return { mapped, open };
}

const rowSlug = (row: PropertyRow) => slugOf(row.source.segments.join('.'));

function whyOpen(
  row: PropertyRow,
  targets: Set<string>,
  a: EntityContract,
  b: EntityContract,
): NotTestable | null {
  const [source, target] = [fieldPath(row.source), fieldPath(row.target)];
  if (row.dataType.kind === 'unknown') {
    return {
      reason: `the data type ${row.dataType.raw} is not understood`,
      remedy: 'declare the transform of this row in the profile',
    };
  }
  if (row.source.qualifiers.length + row.target.qualifiers.length > 0) {
    return {
      reason: 'the row holds under a condition of which the document gives no example',
      remedy: 'give the row in the profile, for records that meet the condition',
    };
  }
  if (targets.has(target)) {
    return {
      reason: `another row goes to ${target} too`,
      remedy: 'declare in the profile which of the rows holds',
    };
  }
  for (const [entity, path] of [
    [a, source],
    [b, target],
  ] as const) {
    if (fieldOf(entity, path) !== undefined) continue;
    const isId = /^(?:\$original_)?id$/i.test(path);
    return isId
      ? {
          reason: `${entity.name}.${path} is the record's own key`,
          remedy: 'the link stands for it; name another property to copy it',
        }
      : {
          reason: `${entity.name} has no single property ${path}`,
          remedy: 'name the property in the profile by the path that the API uses',
        };
  }
  return null;
}

function profileRow(row: ProfileRow, taken: Set<string>): MappedRow {
  const { slug, source, target, transform, examples, direction, precedence } = row;
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
  return precedence === undefined ? mapped : { ...mapped, precedence };
}

function lineRows(rows: Extract<ProfileRow['transform'], { kind: 'lines' }>['rows']): MappedRow[] {
  const taken = new Set<string>();
  return rows.map((row) => profileRow(row, taken));
}
