import type { Json, JsonObject } from './field.js';

/** A deep copy of a JSON value; several times quicker than a structured clone. */
export function cloneJson<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cloneJson(item)) as T;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) copy[name] = cloneJson((value as JsonObject)[name] ?? null);
  return copy as T;
}
