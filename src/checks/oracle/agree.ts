import type { MappedRow, Transform } from '../../checklist/plan.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { Difference } from '../../run/record.js';
import { expectedOnB, type ReferenceLookup } from './expected.js';

/** Equality of values; an empty text or list is no value where the transform does not tell them apart. */
export function sameValue(transform: Transform, one: Json, other: Json): boolean {
  const [left, right] = [plain(transform, one), plain(transform, other)];
  return JSON.stringify(left) === JSON.stringify(right);
}

function plain(transform: Transform, value: Json): Json {
  if (transform.kind === 'joined-list' && (value === '' || (Array.isArray(value) && value.length === 0)))
    return null;
  if (transform.kind === 'lines' && Array.isArray(value)) return value.map((item) => sorted(item));
  return value;
}

/** Members in one order, without those that are null. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    members
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** What side b lacks to agree with side a in one row; null when they agree (I1). */
export function differenceOf(
  row: MappedRow,
  a: JsonObject,
  b: JsonObject,
  refer: ReferenceLookup,
): Difference | null {
  const expected = expectedOnB(row.transform, getPath(a, row.a), refer);
  const found = getPath(b, row.b);
  return sameValue(row.transform, expected, found) ? null : { path: row.b, expected, found };
}
