import type { SystemContract } from '../../contract/api-description.js';
import type { EntityContract, FieldSpec, FieldType, Json } from '../../contract/field.js';
import { field, text } from '../../contract/derive/fields.js';
import { markedBy, type GivenValue } from '../../contract/derive/given-values.js';
import { segmentsOf, withoutConditions } from '../../contract/path.js';
import type { Side } from '../policies.js';
import type { Profile, ProfilePair, ProfileRow } from './schema.js';

type Systems = { a: SystemContract; b: SystemContract };
/** The names of the two entities of a pair, by its slug. */
export type EntitiesOf = (slug: string) => Record<Side, string> | undefined;
type Named = { side: Side; path: string; type: FieldType };

/**
 * The contracts derived from a document with the properties that only the profile names: of its rows, match keys,
 * conditions and connections. `entitiesOf` gives the two entities of a pair by its slug. What the document names keeps
 * its type; fields that a profile declares under `entities` are laid over these later.
 */
export function withNamedFields(systems: Systems, pairs: Profile['pairs'], entitiesOf: EntitiesOf): Systems {
  const added = { a: new Map<string, FieldSpec[]>(), b: new Map<string, FieldSpec[]>() };
  for (const pair of pairs) {
    const entity = { a: pair.source, b: pair.target };
    for (const { side, path, type } of namedBy(pair, entitiesOf)) {
      if (KEYS.test(path) || path === '') continue;
      const fields = added[side].get(entity[side]) ?? [];
      added[side].set(entity[side], [...fields, field(path, type)]);
    }
  }
  return { a: extend(systems.a, added.a), b: extend(systems.b, added.b) };
}

/** What a system keeps itself is no property. */
const KEYS = /^(?:id|created_at|updated_at|createdAt|updatedAt)$/;

function extend(system: SystemContract, added: Map<string, FieldSpec[]>): SystemContract {
  return {
    ...system,
    entities: system.entities.map((entity) => withFields(entity, added.get(entity.name) ?? [])),
  };
}

function withFields(entity: EntityContract, added: FieldSpec[]): EntityContract {
  const known = new Map(entity.fields.map((one) => [one.path, one]));
  for (const one of added) if (!known.has(one.path)) known.set(one.path, one);
  if (known.size === entity.fields.length) return entity;
  const parents = new Set([...known.keys()].flatMap(parentsOf));
  return {
    ...entity,
    fields: [...known.values()].filter(({ path }) => !parents.has(namesOf(path).join('.'))),
  };
}

const namesOf = (path: string) => segmentsOf(path).map((segment) => segment.name);
const parentsOf = (path: string) => {
  const names = namesOf(path);
  return names.slice(1).map((_name, at) => names.slice(0, at + 1).join('.'));
};

function* namedBy(pair: ProfilePair, entitiesOf: EntitiesOf): Generator<Named> {
  for (const row of pair.rows) {
    const types = typesOf(row, entitiesOf);
    for (const [side, written] of [
      ['a', row.source],
      ['b', row.target],
    ] as const) {
      yield { side, path: withoutConditions(written), type: types[side] };
      yield* conditionsIn(side, written);
    }
    for (const { side, path } of row.only ?? []) yield { side, path, type: text() };
  }
  for (const { source, target } of (pair.match ?? []).flat()) {
    yield { side: 'a', path: source, type: text() };
    yield { side: 'b', path: target, type: text() };
  }
  if (pair.when !== undefined) yield { side: 'a', path: pair.when.path, type: typeOf(pair.when.meets) };
  if (pair.back?.when !== undefined)
    yield { side: 'b', path: pair.back.when.path, type: typeOf(pair.back.when.meets) };
  for (const [side, connected] of [
    ['b', pair.back?.connected],
    ['a', pair.connected],
  ] as const)
    for (const { pair: slug, path } of connected ?? []) {
      const entity = entitiesOf(slug)?.[side];
      if (entity !== undefined) yield { side, path, type: { kind: 'reference', entity } };
    }
}

/** The values that a profile gives for properties, which a derived contract must be able to hold. */
export function* valuesIn(pairs: Profile['pairs']): Generator<GivenValue> {
  for (const { source, target, rows, when, back } of pairs) {
    const entity = { a: source, b: target };
    for (const row of rows) {
      yield* markedBy('a', source, row.source);
      yield* markedBy('b', target, row.target);
      for (const { side, path, value } of row.only ?? [])
        yield { side, entity: entity[side], path, text: value };
      const [a, b] = [withoutConditions(row.source), withoutConditions(row.target)];
      for (const [own, far] of row.examples) {
        yield { side: 'a', entity: source, path: a, value: own };
        yield { side: 'b', entity: target, path: b, value: far };
      }
    }
    for (const [side, predicate] of [
      ['a', when],
      ['b', back?.when],
    ] as const) {
      if (predicate === undefined) continue;
      for (const value of [predicate.equals, predicate.meets, predicate.fails])
        yield { side, entity: entity[side], path: predicate.path, value };
    }
  }
}

/** `phones[kind=mobile].number` names `phones[].kind` too. */
function* conditionsIn(side: Side, path: string): Generator<Named> {
  const before: string[] = [];
  for (const { name, list, where } of segmentsOf(path)) {
    before.push(list ? `${name}[]` : name);
    for (const one of where) yield { side, path: [...before, one.path].join('.'), type: text() };
  }
}

const INTEGER: FieldType = { kind: 'integer', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

/** The type of which a value is an example. */
function typeOf(value: Json | undefined): FieldType {
  if (typeof value === 'boolean') return { kind: 'boolean' };
  if (typeof value === 'number') return Number.isInteger(value) ? INTEGER : { kind: 'number' };
  return Array.isArray(value) ? { kind: 'string-list', maxLength: 255 } : text();
}

/** How the two sides represent what a transform joins; where it joins equal values, the examples tell. */
function typesOf({ transform, examples }: ProfileRow, entitiesOf: EntitiesOf): Record<Side, FieldType> {
  switch (transform.kind) {
    case 'decimal-minor':
      return { a: { kind: 'decimal-string', scale: transform.scale }, b: { kind: 'minor-units' } };
    case 'decimal-number':
      return { a: { kind: 'decimal-string', scale: transform.scale }, b: { kind: 'number' } };
    case 'iso-epoch':
      return { a: { kind: 'datetime' }, b: { kind: 'epoch-ms' } };
    case 'date-epoch':
      return { a: { kind: 'date' }, b: { kind: 'date-epoch-ms' } };
    case 'enum':
      return {
        a: { kind: 'enum', values: transform.pairs.map(([a]) => a) },
        b: { kind: 'enum', values: transform.pairs.map(([, b]) => b) },
      };
    case 'boolean-enum':
      return { a: { kind: 'boolean' }, b: { kind: 'enum', values: [transform.yes, transform.no] } };
    case 'joined-list':
      return {
        a: { kind: 'string-list', maxLength: 255 },
        b: { kind: 'joined-list', separator: transform.separator, maxLength: 255 },
      };
    case 'integer-unless-text':
      return { a: text(), b: { kind: 'untyped' } };
    case 'reference': {
      const entities = entitiesOf(transform.pair);
      const type = (side: Side): FieldType =>
        entities === undefined ? text() : { kind: 'reference', entity: entities[side] };
      return { a: type('a'), b: type('b') };
    }
    case 'lines': {
      const types = transform.rows.map((row) => ({ row, types: typesOf(row, entitiesOf) }));
      return {
        a: { kind: 'object-list', fields: types.map(({ row, types: { a } }) => field(row.source, a)) },
        b: { kind: 'object-list', fields: types.map(({ row, types: { b } }) => field(row.target, b)) },
      };
    }
    case 'identity':
    case 'cast':
    case 'datetime-format':
    case 'replace':
    case 'placeholder':
    case 'strip-first-word':
      return { a: typeOf(examples[0]?.[0]), b: typeOf(examples[0]?.[1]) };
  }
}
