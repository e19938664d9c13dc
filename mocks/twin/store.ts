import { cloneJson } from '../../src/contract/clone-json.js';
import type { SystemContract } from '../../src/contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../../src/contract/field.js';
import { getPath, setInPlace } from '../../src/contract/path.js';
import type { Mutation } from '../../src/drivers/ports.js';

export type Row = {
  id: string;
  fields: JsonObject;
  createdAt: number;
  updatedAt: number;
  version: number;
  /** Shows no update time yet: the provider gives one at the first update. */
  isUnstamped?: true;
  /** Field path to time of its last change, epoch ms. */
  fieldTimes: Record<string, number>;
  revisions: { at: number; changed: string[] }[];
};
export type Tombstone = { id: string; at: number; row: Row };
export type ChangeEvent = {
  entity: EntityContract;
  kind: 'created' | 'updated' | 'deleted';
  row: Row;
  changed: string[];
  at: number;
  /** The idempotency key under which the record was made. */
  key?: string;
};
export type Snapshot = {
  tables: Map<string, Map<string, Row>>;
  tombstones: Map<string, Tombstone[]>;
  keys: Map<string, string>;
};

/** A uniqueness or reference rule of the provider is broken. */
export class ConstraintError extends Error {
  constructor(
    readonly kind: 'duplicate' | 'reference',
    readonly field: string,
    message: string,
  ) {
    super(message);
    this.name = 'ConstraintError';
  }
}

type Options = {
  contract: SystemContract;
  now: () => number;
  newId: (entity: EntityContract) => string;
  bumpOnNoop: boolean;
};

/** The records of one system with their versions, change times, tombstones and idempotency keys. */
export class TwinStore {
  tables = new Map<string, Map<string, Row>>();
  tombstones = new Map<string, Tombstone[]>();
  private keys = new Map<string, string>();
  onChange: (event: ChangeEvent) => void = () => undefined;

  constructor(private readonly options: Options) {
    for (const entity of options.contract.entities) {
      this.tables.set(entity.collection, new Map());
      this.tombstones.set(entity.collection, []);
    }
  }

  table(entity: EntityContract): Map<string, Row> {
    const table = this.tables.get(entity.collection);
    if (table === undefined) throw new Error(`no entity ${entity.name}`);
    return table;
  }

  /** The record made earlier with the same idempotency key, if any. */
  byKey(entity: EntityContract, key: string | null): Row | null {
    const id = key === null ? undefined : this.keys.get(`${entity.collection} ${key}`);
    return id === undefined ? null : (this.table(entity).get(id) ?? null);
  }

  create(entity: EntityContract, input: JsonObject, key: string | null): Mutation {
    const fields = this.canonical(entity, input);
    this.constrain(entity, fields, null);
    const at = this.options.now();
    const changed = entity.fields.map((field) => field.path).filter((path) => getPath(fields, path) !== null);
    const row: Row = {
      id: this.options.newId(entity),
      fields,
      createdAt: at,
      updatedAt: at,
      version: 1,
      fieldTimes: Object.fromEntries(changed.map((path) => [path, at])),
      revisions: [{ at, changed }],
    };
    if (this.options.contract.api.nullUntilUpdate === 'yes') row.isUnstamped = true;
    this.table(entity).set(row.id, row);
    if (key !== null) this.keys.set(`${entity.collection} ${key}`, row.id);
    this.onChange({ entity, kind: 'created', row, changed, at, ...(key === null ? {} : { key }) });
    return { kind: 'create', entity: entity.name, id: row.id, before: null, after: cloneJson(fields) };
  }

  /** Replaces all fields of a record; a save that changes nothing moves the update time only if so configured. */
  replace(entity: EntityContract, row: Row, input: JsonObject): Mutation {
    const before = row.fields;
    const fields = this.canonical(entity, input);
    this.constrain(entity, fields, row.id);
    const changed = entity.fields
      .map((field) => field.path)
      .filter((path) => JSON.stringify(whole(before, path)) !== JSON.stringify(whole(fields, path)));
    const at = this.options.now();
    if (changed.length > 0 || this.options.bumpOnNoop) {
      row.updatedAt = at;
      delete row.isUnstamped;
      row.version += 1;
      row.fields = fields;
      if (changed.length > 0) row.revisions.push({ at, changed });
      for (const path of changed) row.fieldTimes[path] = at;
      this.onChange({ entity, kind: 'updated', row, changed, at });
    }
    return {
      kind: 'update',
      entity: entity.name,
      id: row.id,
      before: cloneJson(before),
      after: cloneJson(fields),
    };
  }

  remove(entity: EntityContract, row: Row): Mutation {
    const at = this.options.now();
    this.table(entity).delete(row.id);
    this.tombstones.get(entity.collection)?.push({ id: row.id, at, row });
    this.onChange({ entity, kind: 'deleted', row, changed: [], at });
    return {
      kind: 'delete',
      entity: entity.name,
      id: row.id,
      before: cloneJson(row.fields),
      after: null,
    };
  }

  /** Brings a deleted record back; null when there is none of that id. */
  revive(entity: EntityContract, id: string): Mutation | null {
    const gone = this.tombstones.get(entity.collection) ?? [];
    const found = gone.findIndex((one) => one.id === id);
    const row = gone[found]?.row;
    if (row === undefined) return null;
    gone.splice(found, 1);
    const at = this.options.now();
    row.updatedAt = at;
    delete row.isUnstamped;
    row.version += 1;
    this.table(entity).set(id, row);
    this.onChange({ entity, kind: 'updated', row, changed: [], at });
    return { kind: 'update', entity: entity.name, id, before: null, after: cloneJson(row.fields) };
  }

  /** Records in the order of (update time, id), at or after a time. */
  changedSince(entity: EntityContract, since: number | null): Row[] {
    const rows = [...this.table(entity).values()].filter(
      (row) => since === null || (row.updatedAt >= since && row.isUnstamped !== true),
    );
    return rows.toSorted((one, other) => one.updatedAt - other.updatedAt || compareIds(one.id, other.id));
  }

  snapshot(): Snapshot {
    return structuredClone({ tables: this.tables, tombstones: this.tombstones, keys: this.keys });
  }

  restore(snapshot: Snapshot): void {
    const copy = structuredClone(snapshot);
    this.tables = copy.tables;
    this.tombstones = copy.tombstones;
    this.keys = copy.keys;
  }

  private canonical(entity: EntityContract, input: JsonObject): JsonObject {
    const fields: JsonObject = cloneJson(input);
    for (const field of entity.fields) {
      const value = getPath(fields, field.path);
      if (value === null && !field.path.includes('[]')) setInPlace(fields, field.path, null);
      const list = field.path.includes('[]') ? (field.path.split('[]')[0] ?? '') : '';
      if (list !== '' && getPath(fields, list) === null) setInPlace(fields, list, []);
      if (typeof value !== 'string' || field.normalises === undefined) continue;
      setInPlace(fields, field.path, field.normalises === 'trim' ? value.trim() : value.toLowerCase());
    }
    return fields;
  }

  private constrain(entity: EntityContract, fields: JsonObject, ownId: string | null): void {
    for (const field of entity.fields) {
      const value = getPath(fields, field.path);
      if (value === null) continue;
      if (field.unique === true) this.assertUnique(entity, field.path, value, ownId);
      if (field.type.kind === 'reference') this.assertReference(field.path, field.type.entity, value);
      if (field.type.kind !== 'object-list' || !Array.isArray(value)) continue;
      for (const item of value) {
        for (const inner of field.type.fields) {
          if (inner.type.kind !== 'reference') continue;
          const id = getPath(item as JsonObject, inner.path);
          if (id !== null) this.assertReference(`${field.path}.${inner.path}`, inner.type.entity, id);
        }
      }
    }
  }

  private assertUnique(entity: EntityContract, path: string, value: Json, ownId: string | null): void {
    for (const row of this.table(entity).values()) {
      if (row.id !== ownId && getPath(row.fields, path) === value) {
        throw new ConstraintError('duplicate', path, `${path} is taken by record ${row.id}`);
      }
    }
  }

  private assertReference(path: string, entityName: string, value: Json): void {
    const entity = this.options.contract.entities.find((one) => one.name === entityName);
    const form = entity?.idKind === 'integer' ? 'number' : 'string';
    if (typeof value !== form)
      throw new ConstraintError('reference', path, `${path} takes an id of ${entityName} as a ${form}`);
    if (entity !== undefined && this.table(entity).has(String(value))) return;
    throw new ConstraintError('reference', path, `${path} refers to no ${entityName}`);
  }
}

function compareIds(one: string, other: string): number {
  const numbers = Number(one) - Number(other);
  if (!Number.isNaN(numbers)) return numbers;
  return one < other ? -1 : 1;
}

/** The value at a path; of a path through a list that of every element, since any of them may be edited. */
function whole(fields: JsonObject, path: string): Json {
  const at = path.indexOf('[].');
  if (at < 0) return getPath(fields, path);
  const list = getPath(fields, path.slice(0, at));
  if (!Array.isArray(list)) return null;
  return list.map((item) => whole(item as JsonObject, path.slice(at + '[].'.length)));
}
