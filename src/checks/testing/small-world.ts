import type { Check } from '../../checklist/check.js';
import type { MappedRow, PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { FieldSpec, Json, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import type { Look, StoredRecord, SyncUnderTest, World } from '../../drivers/ports.js';
import { CheckContext } from '../context.js';

const shown = (id: string, fields: JsonObject): StoredRecord => ({
  id,
  fields: structuredClone(fields),
  updatedAt: null,
  version: null,
});

/** The records of one system, with what was asked of it. */
export class Records {
  readonly asked: string[] = [];
  readonly updates: Record<string, Json>[] = [];
  readonly held = new Map<string, JsonObject>();

  constructor(private readonly prefix: string) {}

  put(id: string, fields: JsonObject): StoredRecord {
    this.held.set(id, fields);
    return shown(id, fields);
  }
  async create(_entity: string, fields: JsonObject): Promise<StoredRecord> {
    return this.put(`${this.prefix}${this.held.size + 1}`, structuredClone(fields));
  }
  async get(_entity: string, id: string): Promise<StoredRecord | null> {
    this.asked.push(id);
    const fields = this.held.get(id);
    return fields === undefined ? null : shown(id, fields);
  }
  async update(_entity: string, id: string, changes: Record<string, Json>): Promise<StoredRecord> {
    this.updates.push(changes);
    const fields = this.held.get(id) ?? {};
    for (const [path, value] of Object.entries(changes)) setInPlace(fields, path, value);
    return this.put(id, fields);
  }
  async list(): Promise<StoredRecord[]> {
    return [...this.held].map(([id, fields]) => shown(id, fields));
  }
}

type Systems = Record<Side, Records>;
type Settings = {
  rows?: Partial<MappedRow>[];
  pair?: Partial<PairPlan>;
  check?: Partial<Check>;
  sync?: Partial<SyncUnderTest>;
  /** What the sync does whenever it is let work. */
  work?: (systems: Systems, rows: MappedRow[]) => void;
};

const text = (path: string): FieldSpec => ({ path, type: { kind: 'string', maxLength: 40 } });
const FIELDS = ['name', 'status', 'mobile', 'landline', 'fax', 'phone'].map((path) => text(path));
const NAME: Partial<MappedRow> = { slug: 'name', a: 'name', b: 'name' };

/** Each record of a gets a counterpart of b, `of-1` for the record `1`, that holds what the rows say. */
export function carryToB({ a, b }: Systems, rows: MappedRow[]): void {
  for (const [id, fields] of a.held) {
    const counterpart = b.held.get(`of-${id}`) ?? {};
    for (const row of rows.toReversed()) {
      const value = getPath(fields, row.a);
      if (value !== null) setInPlace(counterpart, row.b, value);
    }
    b.put(`of-${id}`, counterpart);
  }
}

/** Each record of b gets a counterpart of a, the other way round. */
export function carryToA({ a, b }: Systems): void {
  for (const [id, fields] of b.held) a.put(`of-${id}`, structuredClone(fields));
}

/**
 * A shop and a CRM in memory with a sync that does its `work` when it is let, and a check between them. `looks` tells
 * for each time whether what was looked for was there, or that nothing was looked for.
 */
export function smallWorld({ rows = [NAME], pair, check, sync, work = carryToB }: Settings = {}) {
  const systems: Systems = { a: new Records(''), b: new Records('c') };
  const looks: (boolean | 'at nothing')[] = [];
  const plain = { transform: { kind: 'identity' }, direction: 'both', examples: [] };
  const mapped = rows.map((row) => ({ ...plain, ...row }) as MappedRow);
  const own = {
    slug: 'customer',
    entity: { a: 'Customer', b: 'Contact' },
    rows: mapped,
    match: [],
    creation: { a: { kind: 'every' }, b: null },
    ...pair,
  } as unknown as PairPlan;
  const settle = async (look?: Look) => {
    work(systems, mapped);
    looks.push(look === undefined ? 'at nothing' : await look());
    return { quiescent: true, rounds: 1, waitedMs: 0 };
  };
  const world = { ...systems, sync: { settle, ...sync } } as unknown as World;
  const plan = {
    systems: {
      a: { name: 'Shop', entities: [{ name: 'Customer', idKind: 'string', fields: FIELDS }] },
      b: { name: 'CRM', entities: [{ name: 'Contact', idKind: 'string', fields: FIELDS }] },
    },
    pairs: [own],
  } as unknown as SyncPlan;
  const judged = { from: 'a', pair: own.slug, property: null, value: null, ...check } as Check;
  const context = new CheckContext(judged, plan, own, world, 1, async () => world);
  return { context, ...systems, looks };
}
