import type { EntityContract, FieldSpec } from '../contract/field.js';

const indexes = new WeakMap<readonly FieldSpec[], Map<string, FieldSpec>>();

/** The field of an entity with a path, looked up in an index that is made once for each entity. */
export function fieldAt({ fields }: EntityContract, path: string): FieldSpec | undefined {
  let index = indexes.get(fields);
  if (index === undefined) {
    index = new Map(fields.toReversed().map((field) => [field.path, field]));
    indexes.set(fields, index);
  }
  return index.get(path);
}
