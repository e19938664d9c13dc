import type { Check } from '../../checklist/check.js';
import type { MatchKey, PairPlan, SyncPlan } from '../../checklist/plan.js';
import { DEFAULT_POLICIES, type Side } from '../../checklist/policies.js';
import type { EntityContract, FieldSpec, FieldType, Json, JsonObject } from '../../contract/field.js';
import { setInPlace } from '../../contract/path.js';
import type { Look, StoredRecord, SyncUnderTest, System, World } from '../../drivers/ports.js';
import { CheckContext } from '../context.js';

export { rowOf } from '../../checklist/testing/mapped-row.js';

export const TEXT: FieldType = { kind: 'string', maxLength: 60 };
export const NUMBER: FieldType = { kind: 'integer', min: 1, max: 9_999_999 };

export const fieldOf = (path: string, type: FieldType = TEXT, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path,
  type,
  ...more,
});

export const entityOf = (
  name: string,
  fields: FieldSpec[],
  idKind: EntityContract['idKind'] = 'string',
): EntityContract => ({ name, collection: name, idKind, fields });

export const keyOf = (...parts: [a: string, b: string][]): MatchKey => ({
  slug: 'key',
  parts: parts.map(([a, b]) => ({ a, b, normalise: 'none' })),
  line: null,
  origin: 'document',
});

/** A pair of the entities `a` and `b` whose records of a are all created on b. */
export const pairOf = (slug: string, a: string, b: string, more: Partial<PairPlan> = {}): PairPlan => ({
  slug,
  entity: { a, b },
  rows: [],
  match: [],
  creation: { a: { kind: 'every' }, b: null },
  policies: DEFAULT_POLICIES,
  ...more,
});

export const planOf = (pairs: PairPlan[], a: EntityContract[], b: EntityContract[]): SyncPlan =>
  ({ systems: { a: { name: 'Shop', entities: a }, b: { name: 'CRM', entities: b } }, pairs }) as SyncPlan;

/** Records of a side in memory; their ids are `a1`, `a2` and so on, or numbers where the entity has such. */
class SmallSystem {
  readonly records: { entity: string; record: StoredRecord }[] = [];

  constructor(
    readonly side: Side,
    readonly contract: SyncPlan['systems'][Side],
  ) {}

  async create(entity: string, fields: JsonObject): Promise<StoredRecord> {
    const isNumber = this.contract.entities.some((one) => one.name === entity && one.idKind === 'integer');
    const id = `${isNumber ? '' : this.side}${this.records.length + 1}`;
    const record = { id, fields: structuredClone(fields), updatedAt: null, version: null };
    this.records.push({ entity, record });
    return structuredClone(record);
  }

  async get(entity: string, id: string): Promise<StoredRecord | null> {
    return (await this.list(entity)).find((record) => record.id === id) ?? null;
  }

  async update(entity: string, id: string, changes: Record<string, Json>): Promise<StoredRecord> {
    const held = this.records.find((one) => one.entity === entity && one.record.id === id)?.record;
    if (held === undefined) throw new Error(`no ${entity} ${id}`);
    for (const [path, value] of Object.entries(changes)) setInPlace(held.fields, path, value);
    return structuredClone(held);
  }

  async list(entity: string): Promise<StoredRecord[]> {
    return this.records.filter((one) => one.entity === entity).map(({ record }) => structuredClone(record));
  }
}

/** What the sync of a small world does each time that it is let work; `look` is what the check waits for. */
export type Work = (world: World, look: Look | undefined) => Promise<void>;

export function smallWorld(plan: SyncPlan, work: Work, sync: Partial<SyncUnderTest> = {}): World {
  const world: World = {
    a: new SmallSystem('a', plan.systems.a) as unknown as System,
    b: new SmallSystem('b', plan.systems.b) as unknown as System,
    sync: {
      settle: async (look) => {
        await work(world, look);
        return { quiescent: true, rounds: 1, waitedMs: 0 };
      },
      runAgain: async () => undefined,
      ...sync,
    },
    capabilities: new Set(),
    journal: () => [],
    close: async () => undefined,
  };
  return world;
}

export const IDLE: Work = async () => undefined;

/** A check of the plan's first pair in a small world. */
export function contextIn(plan: SyncPlan, world: World, check: Partial<Check> = {}, seed = 1): CheckContext {
  const [pair] = plan.pairs;
  if (pair === undefined) throw new Error('a plan without a pair');
  const own = { from: 'a', pair: pair.slug, property: null, value: null, ...check } as Check;
  return new CheckContext(own, plan, pair, world, seed, async () => world);
}
