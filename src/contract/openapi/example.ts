import type { EntityContract, FieldSpec, Json, JsonObject } from '../field.js';
import { setInPlace } from '../path.js';
import { createRng, sampleRecord, sampleValue, type Rng } from '../values.js';

/** A valid record of an entity, the same each time; references name made-up ids. */
export function exampleFields(entity: EntityContract, partial = false): JsonObject {
  const rng = createRng(entity.name.length * 7919);
  const record = sampleRecord(entity.fields, rng);
  for (const field of entity.fields) {
    const value = exampleOf(field, rng);
    if (value !== undefined) setInPlace(record, field.path, value);
  }
  if (!partial) return record;
  const [first] = entity.fields.filter((field) => !field.path.includes('.') && field.type.kind === 'string');
  return first === undefined ? {} : { [first.path]: record[first.path] ?? null };
}

function exampleOf(field: FieldSpec, rng: Rng): Json | undefined {
  if (field.type.kind === 'reference') return 1001;
  if (field.type.kind !== 'object-list') return undefined;
  const line: JsonObject = {};
  for (const one of field.type.fields)
    setInPlace(line, one.path, one.type.kind === 'reference' ? 1002 : sampleValue(one, rng));
  return [line];
}
