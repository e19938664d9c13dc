import type { JsonObject } from '../contract/field.js';

const known = new WeakMap<JsonObject, string>();

/** What tells whether a record reads as it did before. Made once for an object, which nobody changes after that. */
export function digestOf(fields: JsonObject): string {
  let digest = known.get(fields);
  if (digest === undefined) known.set(fields, (digest = JSON.stringify(fields)));
  return digest;
}
