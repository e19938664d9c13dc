import type { DataflowDocument, EntityName, Pair, PropertyPath } from '../../document/model.js';
import type { SystemContract } from '../api-description.js';
import { CRM_API, WEBSHOP_API } from '../conventions.js';
import type { EntityContract, FieldSpec, FieldType } from '../field.js';
import { segmentsOf } from '../path.js';
import { conditionsOf, loosen, type GivenValue } from './given-values.js';
import { field, fieldPath, fieldTypes, qualifierPath, text } from './fields.js';

/** A field of every derived entity that no row maps, so that it can be seen to stay as it is (I8). */
export const UNMAPPED_FIELD = 'unmapped_note';
/** The only content of a record whose table is empty; it is not mapped. */
export const BARE_FIELD = 'label';

/** Path of the reference by which a derived record is connected to another entity of its system. */
export const connectionPath = (entity: string) =>
  `connected_${entity.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;

/** The name of an entity in a contract: with its qualifier, since a qualified entity is a record type of its own. */
export const entityKey = (name: EntityName) =>
  name.qualifier === null ? name.entity : `${name.entity} (${name.qualifier})`;

type Draft = Map<string, Map<string, FieldType>>;

/**
 * Stands up two systems from a document alone: side a in the webshop's convention, side b in the CRM's. `connections`
 * names entities of side b that must be able to refer to others of their system, `given` values that properties must be
 * able to hold.
 */
export function deriveContracts(
  document: DataflowDocument,
  keys: { a: string; b: string },
  connections: { entity: string; to: string }[] = [],
  given: Iterable<GivenValue> = [],
): { a: SystemContract; b: SystemContract } {
  const drafts: { a: Draft; b: Draft } = { a: new Map(), b: new Map() };
  for (const pair of document.pairs) {
    if (pair.repeatOf === null) addPair(drafts, pair);
  }
  for (const { entity, to } of connections) {
    const fields = drafts.b.get(entity);
    if (fields !== undefined) addField(fields, connectionPath(to), { kind: 'reference', entity: to });
  }
  for (const pair of document.pairs)
    loosen(drafts, conditionsOf(pair, { a: entityKey(pair.source), b: entityKey(pair.target) }));
  loosen(drafts, given);
  levelTypes(drafts, document);
  return {
    a: {
      key: keys.a,
      name: document.systems.source || keys.a,
      api: { ...WEBSHOP_API, baseUrl: `https://${keys.a}.test` },
      entities: entities(drafts.a, 'integer'),
    },
    b: {
      key: keys.b,
      name: document.systems.target || keys.b,
      api: { ...CRM_API, baseUrl: `https://${keys.b}.test` },
      entities: entities(drafts.b, 'string'),
    },
  };
}

/** Properties that rows or match keys connect are untyped where their types differ: one value must fit each of them. */
function levelTypes(drafts: { a: Draft; b: Draft }, document: DataflowDocument): void {
  const rows = document.pairs.flatMap((pair) => {
    const [a, b] = [drafts.a.get(entityKey(pair.source)), drafts.b.get(entityKey(pair.target))];
    const joined = (source: PropertyPath, target: PropertyPath, free: boolean) => ({
      a: { fields: a, path: fieldPath(source) },
      b: { fields: b, path: fieldPath(target) },
      free,
    });
    return [
      ...pair.propertyRows.map((row) => joined(row.source, row.target, row.dataType.kind === 'if-not-equal')),
      ...pair.mergeRows.flatMap(({ source, target }) =>
        source.flatMap((path, index) => joined(path, target[index] ?? path, false)),
      ),
    ];
  });
  const touching = new Map<Map<string, FieldType> | undefined, Map<string, typeof rows>>();
  for (const row of rows) {
    for (const { fields, path } of [row.a, row.b]) {
      const byPath = touching.get(fields) ?? new Map<string, typeof rows>();
      touching.set(fields, byPath);
      const others = byPath.get(path);
      if (others === undefined) byPath.set(path, [row]);
      else others.push(row);
    }
  }
  const queue = [...rows];
  for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
    const { a, b, free } = row;
    const [one, two] = [a.fields?.get(a.path), b.fields?.get(b.path)];
    if (free || one === undefined || two === undefined || one.kind === two.kind) continue;
    for (const { fields, path } of [a, b]) {
      if (fields?.get(path)?.kind === 'untyped') continue;
      fields?.set(path, { kind: 'untyped' });
      for (const other of touching.get(fields)?.get(path) ?? []) queue.push(other);
    }
  }
}

function addPair(drafts: { a: Draft; b: Draft }, pair: Pair): void {
  const a = entityDraft(drafts.a, entityKey(pair.source));
  const b = entityDraft(drafts.b, entityKey(pair.target));
  for (const row of pair.propertyRows) {
    if (row.isKeyRow || row.source.segments.length === 0 || row.target.segments.length === 0) continue;
    const [source, target] = [fieldPath(row.source), fieldPath(row.target)];
    const types = fieldTypes(row.dataType);
    addField(a, source, types.a);
    addField(b, target, types.b);
  }
  for (const row of pair.propertyRows) {
    for (const [fields, { qualifiers }] of [
      [a, row.source],
      [b, row.target],
    ] as const)
      for (const qualifier of qualifiers) addField(fields, qualifierPath(qualifier), text(), true);
  }
  for (const merge of pair.mergeRows) {
    for (const path of merge.source) addField(a, fieldPath(path), { kind: 'string', maxLength: 255 }, true);
    for (const path of merge.target) addField(b, fieldPath(path), { kind: 'string', maxLength: 255 }, true);
  }
  for (const sentence of pair.sentences) {
    for (const entity of sentence.connectedTo ?? []) {
      addField(a, connectionPath(entityKey(entity)), { kind: 'reference', entity: entityKey(entity) });
    }
  }
}

function entityDraft(draft: Draft, name: string): Map<string, FieldType> {
  let fields = draft.get(name);
  if (fields === undefined) {
    fields = new Map([
      [UNMAPPED_FIELD, { kind: 'string', maxLength: 255 } as FieldType],
      [BARE_FIELD, { kind: 'string', maxLength: 255 } as FieldType],
    ]);
    draft.set(name, fields);
  }
  return fields;
}

/** A path that is used with two types becomes untyped; the primary key is no field. */
function addField(fields: Map<string, FieldType>, path: string, type: FieldType, weak = false): void {
  if (/^(?:id|created_at|updated_at|createdAt|updatedAt)$/.test(path) || path === '') return;
  const before = fields.get(path);
  if (before === undefined) fields.set(path, type);
  else if (!weak && JSON.stringify(before) !== JSON.stringify(type)) fields.set(path, { kind: 'untyped' });
}

function entities(draft: Draft, idKind: 'integer' | 'string'): EntityContract[] {
  return [...draft].map(([name, fields], index) => ({
    name,
    collection: `${
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '') || 'entity'
    }-${index + 1}`,
    idKind,
    fields: withoutParents(fields),
  }));
}

/** A path that other paths lie below cannot hold a value of its own. */
function withoutParents(fields: Map<string, FieldType>): FieldSpec[] {
  const names = (path: string) =>
    segmentsOf(path)
      .map((segment) => segment.name)
      .join('.');
  const parents = new Set<string>();
  for (const path of fields.keys()) {
    const parts = names(path).split('.');
    for (let length = 1; length < parts.length; length++) parents.add(parts.slice(0, length).join('.'));
  }
  return [...fields].filter(([path]) => !parents.has(names(path))).map(([path, type]) => field(path, type));
}
