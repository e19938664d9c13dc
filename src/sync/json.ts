import type { Json, JsonObject } from '../contract/field.js';

/** What stands at a path of a record: `undefined` is absent, which differs from null and from empty (I13). */
export type Cell = Json | undefined;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; the order of keys does not count. */
export function same(x: Cell, y: Cell): boolean {
  if (x === y) return true;
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return false;
  if (Array.isArray(x) || Array.isArray(y)) {
    if (!Array.isArray(x) || !Array.isArray(y) || x.length !== y.length) return false;
    return x.every((item, index) => same(item, y[index]));
  }
  const names = Object.keys(x);
  if (names.length !== Object.keys(y).length) return false;
  return names.every((name) => name in y && same(x[name], y[name]));
}

/** Text as compared case-insensitively: composed, lower case, without outer blanks. */
export function foldText(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** Whether a cell holds no value: absent, null, empty text or empty list. Zero and false are values. */
export function isEmpty(value: Cell): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Equality of values as providers return them: members that are null and empty lists count as absent. */
export function agrees(one: Json, two: Json): boolean {
  return same(trimmed(one), trimmed(two));
}

function trimmed(value: Json): Json {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(trimmed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, trimmed(member)]),
  );
}
