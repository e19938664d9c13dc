import type { Policies } from '../checklist/policies.js';
import type { FieldSpec, Json } from '../contract/field.js';
import { UnmappableValue } from './transform.js';

/** A value as the target takes it: over-long text is cut or refused, as declared (I5). */
export function fit(field: FieldSpec | undefined, value: Json, policies: Policies): Json {
  if (field?.type.kind !== 'string' || typeof value !== 'string') return value;
  const points = [...value];
  if (points.length <= field.type.maxLength) return value;
  if (policies.longText === 'truncate') return points.slice(0, field.type.maxLength).join('');
  throw new UnmappableValue(
    `the text is longer than the ${field.type.maxLength} characters of ${field.path}`,
  );
}

/** A sent value as the provider keeps it, by what its contract declares. */
export function inOwnForm(field: FieldSpec | undefined, value: Json): Json {
  if (typeof value !== 'string' || field?.normalises === undefined) return value;
  return field.normalises === 'trim' ? value.trim() : value.toLowerCase();
}
