import { cloneJson } from './clone-json.js';
import type { Json, JsonObject } from './field.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `where` are conditions on a list element, all of which it must meet. */
type Segment = { name: string; list: boolean; where: { path: string; value: string }[] };
const parsed = new Map<string, Segment[]>();

/** The segments of a path; `Emails[]` is a list that is passed through, `phones[kind=mobile]` one element of it. */
export function segmentsOf(path: string): Segment[] {
  let segments = parsed.get(path);
  if (segments === undefined) {
    segments = (path.match(/(?:[^.[]|\[[^\]]*\])+/g) ?? ['']).map((part) => {
      const open = part.endsWith(']') ? part.indexOf('[') : -1;
      if (open < 0) return { name: part, list: false, where: [] };
      const inner = part.slice(open + 1, -1);
      const where = inner === '' ? [] : inner.split('&').map(conditionOf);
      return { name: part.slice(0, open), list: true, where };
    });
    parsed.set(path, segments);
  }
  return segments;
}

function conditionOf(text: string): { path: string; value: string } {
  const at = text.indexOf('=');
  return { path: text.slice(0, at), value: text.slice(at + 1) };
}

/** A path without the conditions on list elements: the path of its field in a contract. */
export const withoutConditions = (path: string): string => path.replaceAll(/\[[^\]]*\]/g, '[]');

const isMeant = (item: Json | undefined, { where }: Segment): boolean =>
  where.every(({ path, value }) => isObject(item) && String(getPath(item, path) ?? '') === value);

/** The value at a path, through the first meant element of each list; null when anything on the way is missing. */
export function getPath(record: JsonObject, path: string): Json {
  let value: Json | undefined = record;
  for (const segment of segmentsOf(path)) {
    if (!isObject(value)) return null;
    value = value[segment.name];
    if (segment.list) value = Array.isArray(value) ? value.find((item) => isMeant(item, segment)) : undefined;
  }
  return value ?? null;
}

/** A copy of the record with the value set; missing objects and list elements are made. */
export function setPath(record: JsonObject, path: string, value: Json): JsonObject {
  const copy = cloneJson(record);
  setInPlace(copy, path, value);
  return copy;
}

/** Sets the value in the record itself. */
export function setInPlace(record: JsonObject, path: string, value: Json): void {
  const segments = segmentsOf(path);
  let place = record;
  segments.forEach((segment, index) => {
    const { name, list, where } = segment;
    const last = index === segments.length - 1;
    if (last && !list) {
      place[name] = value;
      return;
    }
    if (list) {
      const held = place[name];
      const items = Array.isArray(held) ? held : [];
      if (last) {
        if (value === null) items.shift();
        else items[0] = value;
        place[name] = items;
        return;
      }
      const found = items.findIndex((item) => isMeant(item, segment));
      const at = found >= 0 ? found : where.length > 0 ? items.length : 0;
      const old = items[at];
      const element = isObject(old) ? old : {};
      if (found < 0) for (const one of where) setInPlace(element, one.path, one.value);
      items[at] = element;
      place[name] = items;
      place = element;
      return;
    }
    const found = place[name];
    const next = isObject(found) ? found : {};
    place[name] = next;
    place = next;
  });
}
