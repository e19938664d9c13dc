import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { sameValue } from '../../checks/oracle/agree.js';
import { expectedOnB, keyOnB } from '../../checks/oracle/expected.js';
import type { FieldSpec, Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { Mirror } from './mirror.js';

/** The match keys of a record in the form in which they are compared; one text for each key that is filled. */
export function keyTexts(pair: PairPlan, side: Side, fields: JsonObject): string[] {
  return pair.match.flatMap((key) => {
    const parts = key.parts.map((part) => {
      const value = keyOnB(part, side, getPath(fields, part[side]));
      if (value === null || value === '') return null;
      const text = (typeof value === 'string' ? value : JSON.stringify(value)).normalize('NFC');
      return part.normalise === 'case-insensitive' ? text.trim().toLowerCase() : text;
    });
    return parts.includes(null) ? [] : [`${pair.slug} ${key.slug} ${parts.join('\u0001')}`];
  });
}

/** What side b stores of a value: cut where the policy says so, and in the provider's own form. */
function asStored(field: FieldSpec | undefined, value: Json, pair: PairPlan): Json {
  if (typeof value !== 'string' || field === undefined) return value;
  const { type, normalises } = field;
  const cut =
    type.kind === 'string' && pair.policies.longText === 'truncate'
      ? [...value].slice(0, type.maxLength).join('')
      : value;
  return normalises === 'trim' ? cut.trim() : normalises === 'lower-case' ? cut.toLowerCase() : cut;
}

/** Whether a value of side a and one of side b are the same by the row's declaration. */
export function agreesBy(mirror: Mirror, pair: PairPlan, row: MappedRow, a: Json, b: Json): boolean {
  const field = mirror.field(pair, 'b', row.b);
  const expected = asStored(field, expectedOnB(row.transform, a, mirror.refer), pair);
  return sameValue(row.transform, expected, b) || (isBlank(expected) && isBlank(b));
}

export const isBlank = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether the other side can hold a value at all; one that it cannot is to be reported. */
export function isCarriable(
  mirror: Mirror,
  pair: PairPlan,
  row: MappedRow,
  from: Side,
  value: Json,
): boolean {
  const { transform } = row;
  const far: Side = from === 'a' ? 'b' : 'a';
  if (value === null) return true;
  if (transform.kind === 'enum') return transform.pairs.some((one) => one[from === 'a' ? 0 : 1] === value);
  if (transform.kind === 'boolean-enum' && from === 'b')
    return value === transform.yes || value === transform.no;
  const field = mirror.field(pair, far, row[far]);
  if (typeof value === 'string' && field?.type.kind === 'string' && pair.policies.longText === 'report')
    return [...value].length <= field.type.maxLength;
  return true;
}
