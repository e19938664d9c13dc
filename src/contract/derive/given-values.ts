import type { Pair } from '../../document/model.js';
import type { FieldType, Json } from '../field.js';
import { segmentsOf, withoutConditions } from '../path.js';
import { valueOfText } from '../text-value.js';
import { conditionedPath } from './fields.js';

type Side = 'a' | 'b';

/** A value that a document or a profile gives for a property. A `text` stands for any value of which it is the text. */
export type GivenValue = { side: Side; entity: string; path: string } & ({ text: string } | { value: Json });

type Fields = Map<string, FieldType>;

/** A property that cannot hold a value given for it is untyped: the systems have it, so its type is not the whole truth. */
export function loosen(drafts: Record<Side, Map<string, Fields>>, given: Iterable<GivenValue>): void {
  for (const one of given) {
    const fields = drafts[one.side].get(one.entity);
    const type = fields?.get(one.path);
    if (type === undefined || canHold(type, 'text' in one ? valueOfText(type, one.text) : one.value))
      continue;
    fields?.set(one.path, { kind: 'untyped' });
  }
}

function canHold({ kind }: FieldType, value: Json): boolean {
  switch (kind) {
    case 'string':
      return value === null || typeof value === 'string';
    case 'integer':
      return value === null || Number.isSafeInteger(value);
    case 'number':
      return value === null || typeof value === 'number';
    case 'boolean':
      return value === null || typeof value === 'boolean';
    case 'string-list':
      return value === null || Array.isArray(value);
    default:
      return true;
  }
}

/** The values on which the rows of a section depend. */
export function* conditionsOf(pair: Pair, entity: Record<Side, string>): Generator<GivenValue> {
  for (const row of pair.propertyRows) {
    for (const [side, written] of [
      ['a', row.source],
      ['b', row.target],
    ] as const) {
      const own = conditionedPath(written);
      if (own === null || written.qualifiers.length === 0) continue;
      yield* markedBy(side, entity[side], own.path);
      for (const { path, value } of own.only) yield { side, entity: entity[side], path, text: value };
    }
  }
}

/** What `phones[kind=mobile].number` says of `phones[].kind`: such a value is written as the text that it is. */
export function* markedBy(side: Side, entity: string, path: string): Generator<GivenValue> {
  const before: string[] = [];
  for (const { name, list, where } of segmentsOf(path)) {
    before.push(list ? `${name}[]` : name);
    for (const one of where)
      yield { side, entity, path: withoutConditions([...before, one.path].join('.')), value: one.value };
  }
}
