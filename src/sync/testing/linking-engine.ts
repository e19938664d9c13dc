import type { MatchKey, PairPlan, SyncPlan } from '../../checklist/plan.js';
import { DEFAULT_POLICIES, type Side } from '../../checklist/policies.js';
import type { FieldSpec, Json, JsonObject } from '../../contract/field.js';
import type { Remote } from '../client.js';
import type { Engine } from '../pair-context.js';
import { CORRECT_STAGES, type SyncStages } from '../stages.js';
import { createMemoryStore } from '../store/memory.js';
import type { CreateIntent, Link } from '../store/port.js';
import { AT, listed } from './polling-engine.js';
import { rowOf } from './mapped-row.js';

export const KEY: MatchKey = {
  slug: 'no',
  parts: [{ a: 'no', b: 'no', normalise: 'none' }],
  line: null,
  origin: 'document',
};

export const LINK: Link = { pair: 'stall', aId: 'a1', bId: 'b1', base: null, state: 'live', pending: null };

export const INTENT: CreateIntent = {
  pair: 'stall',
  from: 'a',
  id: 'a1',
  key: 'first-key',
  fields: { no: '1', name: 'Berg' },
  values: { no: { a: '1' }, name: { a: 'Berg' } },
  problems: [],
  sentAt: AT - 60_000,
};

type Given = {
  pair?: Partial<PairPlan>;
  otherPairs?: PairPlan[];
  stages?: Partial<SyncStages>;
  /** What each system holds, by id. */
  a?: Record<string, JsonObject>;
  b?: Record<string, JsonObject>;
  fields?: FieldSpec[];
  absent?: 'missing' | 'null';
  /** What the provider does with the key of a create. */
  idempotency?: { kind: 'header'; name: string } | null;
  /** Called before a record is read. */
  onGet?: (record: string) => void;
  /** What a create answers with, or throws; nothing: the record is made as it was sent. */
  onCreate?: (fields: JsonObject, held: Record<Side, Record<string, JsonObject>>) => Remote | null;
};

/** A sync between two systems that hold stalls and parcels, which are matched by their number. */
export function linkingEngine(given: Given) {
  const { absent = 'null', stages = {}, fields = [], onGet = () => {}, onCreate = () => null } = given;
  const held: Record<Side, Record<string, JsonObject>> = { a: { ...given.a }, b: { ...given.b } };
  const store = createMemoryStore();
  const asked: string[] = [];
  const made: { side: Side; fields: JsonObject; key: string }[] = [];
  const pair: PairPlan = {
    slug: 'stall',
    entity: { a: 'Stall', b: 'Parcel' },
    rows: [rowOf('no'), rowOf('name')],
    match: [KEY],
    creation: { a: { kind: 'every' }, b: { kind: 'every' } },
    policies: { ...DEFAULT_POLICIES, delete: 'propagate' },
    ...given.pair,
  };
  const client = (side: Side) => ({
    contract: { api: { record: { absent, id: 'id' }, updateMode: 'patch' } },
    apiOf: () => ({
      deletionsShow: 'feed',
      record: { id: 'id' },
      routes: { deleted: null },
      idempotency: given.idempotency === undefined ? { kind: 'header', name: 'Key' } : given.idempotency,
    }),
    readsWhole: () => false,
    now: () => AT,
    get: async (_entity: unknown, id: string) => {
      asked.push(`${side} ${id}`);
      onGet(`${side} ${id}`);
      const own = held[side][id];
      return own === undefined ? null : listed(id, own);
    },
    changed: async () => {
      asked.push(`${side} changes`);
      return { found: Object.entries(held[side]).map(([id, own]) => listed(id, own)), unusable: 0 };
    },
    deleted: async () => null,
    having: async () => null,
    all: async () => Object.entries(held[side]).map(([id, own]) => listed(id, own)),
    create: async (_entity: unknown, sent: JsonObject, key: string) => {
      made.push({ side, fields: sent, key });
      const answer = onCreate(sent, held) ?? listed(`${side}-new`, sent);
      held[side][answer.id] = answer.fields;
      return answer;
    },
    update: async (_entity: unknown, { id }: Remote, changes: Map<string, Json>) => {
      const whole = { ...held[side][id], ...Object.fromEntries(changes) };
      held[side][id] = whole;
      return listed(id, whole);
    },
    remove: async (_entity: unknown, id: string) => {
      delete held[side][id];
    },
    fieldTimes: async () => ({}),
  });
  const pairs = [pair, ...(given.otherPairs ?? [])];
  const entities = (side: Side) =>
    pairs.map((one) => ({ name: one.entity[side], idKind: 'string', fields: [...fields] }));
  const systems = {
    a: { name: 'Market', entities: entities('a') },
    b: { name: 'Post', entities: entities('b') },
  };
  const engine = {
    plan: { systems, pairs } as unknown as SyncPlan,
    clients: { a: client('a'), b: client('b') },
    store,
    stages: { ...CORRECT_STAGES, ...stages },
    clock: { now: () => AT },
    ids: () => 'fresh-key',
    reconciled: new Map(),
    polled: new Map(),
    turn: 0,
  } as unknown as Engine;
  const linkOf = (side: Side, id: string) => store.linkOf('stall', side, id);
  const dirty = () => store.dirty().map(({ side, entity, id }) => `${side} ${entity} ${id}`);
  return { engine, pair, store, held, asked, made, linkOf, dirty };
}
