import { cloneJson } from '../../contract/clone-json.js';
import type { EntityContract, Json, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';

/** A record of a system that only pretends, times in epoch ms. */
export type PretendRecord = {
  id: string;
  fields: JsonObject;
  createdAt: number;
  updatedAt: number;
  version: number;
  /** Field path to the time of its last change. */
  times: Record<string, number>;
};

/** The records of one entity, kept in memory. */
export class PretendRecords {
  readonly live = new Map<string, PretendRecord>();
  readonly gone = new Map<string, { record: PretendRecord; at: number }>();

  constructor(
    readonly entity: EntityContract,
    private readonly now: () => number,
    private readonly nextId: () => number,
  ) {}

  create(fields: JsonObject): PretendRecord {
    const at = this.now();
    const number = this.nextId();
    const id = this.entity.idKind === 'integer' ? String(number) : `id-${number}`;
    const whole = this.filled(fields);
    const record = { id, fields: whole, createdAt: at, updatedAt: at, version: 1, times: {} };
    this.stamp(record, {}, whole, at);
    this.live.set(id, record);
    return record;
  }

  update(record: PretendRecord, sent: JsonObject, mode: 'replace' | 'merge'): void {
    const at = this.now();
    const before = record.fields;
    const after = this.filled(mode === 'replace' ? sent : merged(before, sent));
    this.stamp(record, before, after, at);
    record.fields = after;
    record.updatedAt = at;
    record.version += 1;
  }

  remove(id: string): void {
    const record = this.live.get(id);
    if (record === undefined) return;
    this.live.delete(id);
    this.gone.set(id, { record, at: this.now() });
  }

  restore(id: string): PretendRecord | null {
    const found = this.gone.get(id)?.record ?? null;
    if (found === null) return null;
    this.gone.delete(id);
    found.updatedAt = this.now();
    this.live.set(id, found);
    return found;
  }

  /** Every property of the contract stands there, an empty one as null, as it is read back. */
  private filled(fields: JsonObject): JsonObject {
    const whole = cloneJson(fields);
    for (const { path, type, normalises } of this.entity.fields) {
      const list = path.includes('[]') ? (path.split('[]')[0] ?? '') : path;
      const value = getPath(whole, list);
      const isList = path.includes('[]') || type.kind === 'object-list';
      if (value === null) setInPlace(whole, list, isList ? [] : null);
      if (typeof value === 'string' && normalises !== undefined)
        setInPlace(whole, list, normalises === 'trim' ? value.trim() : value.toLowerCase());
    }
    return whole;
  }

  private stamp(record: PretendRecord, before: JsonObject, after: JsonObject, at: number): void {
    for (const { path } of this.entity.fields) {
      if (path.includes('[]')) continue;
      if (JSON.stringify(getPath(before, path)) !== JSON.stringify(getPath(after, path)))
        record.times[path] = at;
    }
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain objects merge, everything else is replaced. */
function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const whole: JsonObject = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    const own = whole[name];
    whole[name] = isObject(value) && isObject(own) ? merged(own, value) : value;
  }
  return whole;
}
