import type { MappedRow } from '../../checklist/plan.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';

/** Whether a value counts as none, so that the next of several rows holds. */
export const isBlank = (value: Json) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether both records hold what the row is conditioned on. */
export function isMet(row: MappedRow, a: JsonObject, b: JsonObject): boolean {
  return (row.only ?? []).every(({ side, path, value }) => {
    const found = getPath(side === 'a' ? a : b, path);
    return found !== null && String(found) === value;
  });
}

/** Rows that go to the same property as the given one, in the order in which they hold; empty when it goes alone. */
export function rivalsOf(rows: MappedRow[], row: MappedRow): MappedRow[] {
  if (row.precedence === undefined) return [];
  return rows
    .filter((one) => one.b === row.b && one.precedence !== undefined)
    .toSorted((one, other) => (one.precedence ?? 0) - (other.precedence ?? 0));
}

/** Whether a row holds for two records: its condition is met and no row of the same target comes before it. */
export function isLive(rows: MappedRow[], row: MappedRow, a: JsonObject, b: JsonObject): boolean {
  if (!isMet(row, a, b)) return false;
  const rivals = rivalsOf(rows, row).filter((one) => isMet(one, a, b));
  if (rivals.length === 0) return true;
  return (rivals.find((one) => !isBlank(getPath(a, one.a))) ?? rivals[0]) === row;
}
