import { cloneJson } from './clone-json.js';
import type { Json, JsonObject } from './field.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Segment = { name: string; list: boolean };
const parsed = new Map<string, Segment[]>();

/** The segments of a path; `Emails[]` is a list that is passed through. */
export function segmentsOf(path: string): Segment[] {
  let segments = parsed.get(path);
  if (segments === undefined) {
    segments = path.split('.').map((part) => {
      const list = part.endsWith('[]');
      return { name: list ? part.slice(0, -2) : part, list };
    });
    parsed.set(path, segments);
  }
  return segments;
}

/** The value at a path, through the first element of each list; null when anything on the way is missing. */
export function getPath(record: JsonObject, path: string): Json {
  let value: Json | undefined = record;
  for (const { name, list } of segmentsOf(path)) {
    if (!isObject(value)) return null;
    value = value[name];
    if (list) value = Array.isArray(value) ? value[0] : undefined;
  }
  return value ?? null;
}

/** A copy of the record with the value set; missing objects and the first element of lists are made. */
export function setPath(record: JsonObject, path: string, value: Json): JsonObject {
  const copy = cloneJson(record);
  setInPlace(copy, path, value);
  return copy;
}

/** Sets the value in the record itself. */
export function setInPlace(record: JsonObject, path: string, value: Json): void {
  const segments = segmentsOf(path);
  let place = record;
  segments.forEach(({ name, list }, index) => {
    const last = index === segments.length - 1;
    if (last && !list) {
      place[name] = value;
      return;
    }
    if (list) {
      const found = place[name];
      const items = Array.isArray(found) ? found : [];
      if (last) {
        if (value === null) items.shift();
        else items[0] = value;
        place[name] = items;
        return;
      }
      const first = isObject(items[0]) ? items[0] : {};
      items[0] = first;
      place[name] = items;
      place = first;
      return;
    }
    const found = place[name];
    const next = isObject(found) ? found : {};
    place[name] = next;
    place = next;
  });
}
