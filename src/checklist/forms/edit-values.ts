import { boundaryValues, overLongText, type BoundaryValue } from '../../contract/boundary-values.js';
import type { FieldSpec } from '../../contract/field.js';
import type { MappedRow, Transform } from '../plan.js';
import type { Side } from '../policies.js';

const WITHOUT_BOUNDARIES = new Set<Transform['kind']>([
  'datetime-format',
  'replace',
  'placeholder',
  'strip-first-word',
  'integer-unless-text',
  'reference',
  'lines',
]);

/** Boundary values of the edited side that the other side can hold too. */
export function editValues(row: MappedRow, from: FieldSpec, to: FieldSpec): BoundaryValue[] {
  if (WITHOUT_BOUNDARIES.has(row.transform.kind)) return [];
  if (row.transform.kind === 'identity' && from.type.kind !== to.type.kind) return [];
  const values = boundaryValues(narrowed(from, to));
  if (row.transform.kind !== 'enum') return values;
  const known = new Set(row.transform.pairs.flat());
  return values.filter(({ value }) => known.has(String(value)));
}

/** The first value of a choice that the mapping gives no counterpart; null when each has one. */
export function unmappedValue(row: MappedRow, from: FieldSpec, side: Side): string | null {
  if (row.transform.kind !== 'enum' || from.type.kind !== 'enum') return null;
  const index = side === 'a' ? 0 : 1;
  const known = new Set(row.transform.pairs.map((pair) => pair[index]));
  return from.type.values.find((value) => !known.has(value)) ?? null;
}

function narrowed(from: FieldSpec, to: FieldSpec): FieldSpec {
  if (from.type.kind !== 'string' || to.type.kind !== 'string') return from;
  const maxLength = Math.min(from.type.maxLength, to.type.maxLength);
  const unique = from.unique === true || to.unique === true;
  return { ...from, unique, type: { ...from.type, maxLength } };
}

/** A text that the edited side takes and the other side does not; null when there is none. */
export function tooLongFor(row: MappedRow, from: FieldSpec, to: FieldSpec): string | null {
  if (row.transform.kind !== 'identity' || from.type.kind !== 'string' || to.type.kind !== 'string')
    return null;
  if (from.type.maxLength <= to.type.maxLength || to.required === true) return null;
  return overLongText(to) ?? 'x'.repeat(to.type.maxLength + 1);
}
