import type { PairPlan, SyncPlan } from '../../checklist/plan.js';
import { DEFAULT_POLICIES } from '../../checklist/policies.js';
import type { JsonObject } from '../../contract/field.js';
import type { Remote } from '../client.js';
import type { Engine } from '../pair-context.js';
import { CORRECT_STAGES } from '../stages.js';
import { createMemoryStore } from '../store/memory.js';
import { remote } from './client-of.js';

export const AT = 1_000_000;

/** A record as a listing shows it. */
export const listed = (id: string, fields: JsonObject = {}, stamp = 0): Remote => ({
  ...remote(fields),
  id,
  stamp,
});

/** What a system tells: its changes, its deletions (null where it has no such feed), and how those show. */
type Told = {
  found?: Remote[];
  unusable?: number;
  gone?: { id: string; at: number }[] | null;
  all?: Remote[];
  deletionsShow?: 'feed' | 'listing-gap';
  readsWhole?: boolean;
  onChanged?: () => void;
};

const pairOf = (slug: string, a: string, b: string, more: Partial<PairPlan> = {}): PairPlan =>
  ({
    slug,
    entity: { a, b },
    rows: [],
    match: [{ slug: 'name', parts: [{ a: 'name', b: 'name', normalise: 'none' }] }],
    policies: { ...DEFAULT_POLICIES, delete: 'propagate' },
    ...more,
  }) as unknown as PairPlan;

export const STALL = pairOf('stall', 'Stall', 'Parcel');
/** Two pairs that share the entity of side a. */
export const SHARED = [STALL, pairOf('shelf', 'Stall', 'Crate')];

/** A sync between two systems that tell what they are given to tell; notes what it asked, as `side method entity`. */
export function pollingEngine(told: { a?: Told; b?: Told }, pairs: PairPlan[] = [STALL]) {
  const store = createMemoryStore();
  const asked: string[] = [];
  const since: (number | null)[] = [];
  const client = (side: 'a' | 'b') => {
    const own = told[side] ?? {};
    return {
      contract: { api: { record: { absent: 'missing', id: 'id' }, updateMode: 'patch' } },
      apiOf: () => ({ deletionsShow: own.deletionsShow ?? 'feed', record: { id: 'id' } }),
      readsWhole: () => own.readsWhole ?? false,
      now: () => AT,
      get: async () => null,
      changed: async ({ name }: { name: string }, from: number | null) => {
        asked.push(`${side} changed ${name}`);
        since.push(from);
        own.onChanged?.();
        return { found: own.found ?? [], unusable: own.unusable ?? 0 };
      },
      deleted: async ({ name }: { name: string }, from: number | null) => {
        asked.push(`${side} deleted ${name}`);
        since.push(from);
        return own.gone === undefined ? [] : own.gone;
      },
      all: async ({ name }: { name: string }) => {
        asked.push(`${side} all ${name}`);
        return own.all ?? [];
      },
    };
  };
  const entities = (side: 'a' | 'b') => pairs.map((pair) => ({ name: pair.entity[side], fields: [] }));
  const systems = {
    a: { name: 'Market', entities: entities('a'), api: { record: { id: 'id' } } },
    b: { name: 'Post', entities: entities('b'), api: { record: { id: 'no' } } },
  };
  const engine = {
    plan: { systems, pairs } as unknown as SyncPlan,
    clients: { a: client('a'), b: client('b') },
    store,
    stages: CORRECT_STAGES,
    clock: { now: () => AT, sleep: async () => undefined },
    scanMs: 0,
    reconciled: new Map(),
    polled: new Map(),
    turn: 0,
  } as unknown as Engine;
  const dirty = () => store.dirty().map(({ side, entity, id }) => `${side} ${entity} ${id}`);
  return { engine, store, asked, since, dirty };
}
