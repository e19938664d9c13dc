import type { MappedRow, PairPlan, SyncPlan } from '../../checklist/plan.js';
import { DEFAULT_POLICIES } from '../../checklist/policies.js';
import type { Engine } from '../pair-context.js';
import { CORRECT_STAGES } from '../stages.js';
import { createMemoryStore } from '../store/memory.js';
import type { SyncStore } from '../store/port.js';

export function pairOf(slug: string, rows: MappedRow[] = [], more: Partial<PairPlan> = {}): PairPlan {
  return {
    slug,
    entity: { a: slug, b: `${slug}-b` },
    rows,
    match: [],
    creation: { a: { kind: 'every' }, b: null },
    policies: { ...DEFAULT_POLICIES, delete: 'propagate' },
    ...more,
  } as unknown as PairPlan;
}

type Given = {
  pairs?: PairPlan[];
  /** What happens when a record is read; nothing is found otherwise. */
  onGet?: (id: string) => void;
  store?: SyncStore;
};

/** A sync whose two systems hold nothing, and the ids that it read. */
export function syncOf({
  pairs = [pairOf('thing')],
  onGet = () => undefined,
  store = createMemoryStore(),
}: Given) {
  const time = { now: 1_000_000 };
  const read: string[] = [];
  const entities = (side: 'a' | 'b') => pairs.map((pair) => ({ name: pair.entity[side], fields: [] }));
  const client = () => ({
    get: async (_entity: unknown, id: string) => {
      read.push(id);
      onGet(id);
      return null;
    },
    changed: async () => ({ found: [], unusable: 0 }),
    deleted: async () => [],
    apiOf: () => ({ deletionsShow: 'feed', record: { id: 'id' }, idempotency: null }),
    readsWhole: () => false,
    now: () => time.now,
  });
  const plan = { systems: { a: { entities: entities('a') }, b: { entities: entities('b') } }, pairs };
  const engine = {
    plan: plan as unknown as SyncPlan,
    clients: { a: client(), b: client() },
    store,
    stages: CORRECT_STAGES,
    clock: { now: () => time.now, sleep: async () => undefined },
    ids: () => 'id',
    scanMs: 0,
    reconciled: new Map(),
    round: 0,
    polled: new Map(),
    turn: 0,
  } as unknown as Engine;
  const mark = (entity: string, id: string) =>
    store.markDirty({ side: entity.endsWith('-b') ? 'b' : 'a', entity, id }, time.now);
  return { engine, store, read, time, mark };
}
