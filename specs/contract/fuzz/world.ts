import { createTwin, type Twin } from '../../../mocks/twin/twin.js';
import type { SyncPlan } from '../../../src/checklist/plan.js';
import type { Side } from '../../../src/checklist/policies.js';
import type { SystemContract } from '../../../src/contract/api-description.js';
import type { Json, JsonObject } from '../../../src/contract/field.js';
import { getPath } from '../../../src/contract/path.js';
import { wireResponse, type WireRequest, type WireResponse } from '../../../src/contract/wire.js';
import { httpSystem } from '../../../src/drivers/http-system.js';
import type { Exchange, SyncProblem, SyncStatus, System } from '../../../src/drivers/ports.js';
import { createSync, type Sync } from '../../../src/sync/create-sync.js';
import { createMemoryStore } from '../../../src/sync/store/memory.js';
import { bendAnswer, type Bend, type Bent } from './bend.js';
import { callOf, holderOf, isObject, recordsIn, type Call, type Operation } from './operations.js';
import { EDITS, seedOf } from './seeds.js';

/** Where answers are bent. */
export type Place = { side: Side; operation: Operation; entity: string | null };

const ENTITIES = ['Customer', 'Product', 'Order'];
const MINUTE = 60_000;

/** Values that the sync was told of, as `side entity path`; whether they fit is for the judge. */
export type Told = Map<string, Json[]>;

export type FuzzWorld = {
  twins: Record<Side, Twin>;
  told: Told;
  /** How many answers were bent. */
  bent(): number;
  /** Lets time go by and the sync work; notes what it reports. */
  cycle(): Promise<void>;
  reported(): SyncProblem[];
  status(): Promise<SyncStatus>;
  links: Sync['links'];
  writes(): Exchange[];
  /** The answers are as they are from now on. */
  straighten(): void;
  edit(side: Side, entity: string, id: string, changes: Record<string, Json>): Promise<void>;
  ids: Map<string, Record<Side, string>>;
};

/**
 * Two stand-ins that agree, with a sync between them; then records are edited on both sides, one is made and one is
 * deleted, and from there on the answers of one operation are bent.
 */
export async function openFuzzWorld(plan: SyncPlan, place: Place, bend: Bend): Promise<FuzzWorld> {
  let time = Date.UTC(2026, 0, 15, 9);
  let seq = 0;
  let keys = 0;
  let bentCount = 0;
  let isBending = false;
  const told: Told = new Map();
  const reported: SyncProblem[] = [];
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const twin = (contract: SystemContract, webhookPath: string) =>
    createTwin({ contract, webhookPath, clock, nextSeq: () => (seq += 1) });
  const twins: Record<Side, Twin> = {
    a: twin(plan.systems.a, '/webhooks/a'),
    b: twin(plan.systems.b, '/webhooks/b'),
  };
  const sideOf = (url: string): Side => (url.startsWith(plan.systems.a.api.baseUrl) ? 'a' : 'b');

  const fetch = async (request: WireRequest): Promise<WireResponse> => {
    const side = sideOf(request.url);
    const { contract } = twins[side];
    const answer = await twins[side].fetch(request);
    const call = callOf(contract, request);
    if (call === null) return answer;
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    const isMeant = isBending && side === place.side && call.operation === place.operation;
    const isOfEntity = place.entity === null || call.entity?.name === place.entity;
    const text = await answer.text();
    if (!isMeant || !isOfEntity || !answer.ok || text === '') {
      noteTold(told, contract, side, call, text);
      return wireResponse(text, answer.status, headers);
    }
    bentCount += 1;
    const otherRecord = otherThan(twins[side], call, text);
    const bent: Bent = bendAnswer(contract, call, { text, headers, otherRecord }, bend);
    noteTold(told, contract, side, call, bent.text);
    return wireResponse(bent.text, answer.status, bent.headers);
  };

  const store = createMemoryStore();
  const sync = createSync({
    plan,
    credentials: {
      a: { ...twins.a.credentials.sync, ...twins.a.credentials },
      b: { ...twins.b.credentials.sync, ...twins.b.credentials },
    },
    store: {
      ...store,
      setProblems(...given) {
        reported.push(...given[3]);
        store.setProblems(...given);
      },
    },
    fetch,
    clock,
    ids: () => `key-${(keys += 1)}`,
    log: () => undefined,
    workerId: 'worker-1',
    stages: {},
  });
  const systems: Record<Side, System> = {
    a: httpSystem('a', plan.systems.a, twins.a.fetch, twins.a.credentials.harness),
    b: httpSystem('b', plan.systems.b, twins.b.fetch, twins.b.credentials.harness),
  };
  const cycle = async (): Promise<void> => {
    time += 2 * MINUTE;
    await sync.cycle();
  };

  const ids = await seed(systems, cycle, sync);
  if (reported.length > 0) throw new Error(`the seed is not clean: ${JSON.stringify(reported[0])}`);
  const before = { a: twins.a.journal.length, b: twins.b.journal.length };
  await stir(systems, place, ids);
  if (place.operation === 'token') time += 2 * 60 * MINUTE;
  isBending = true;
  return {
    twins,
    told,
    bent: () => bentCount,
    cycle,
    reported: () => reported,
    status: sync.status,
    links: sync.links,
    writes: () =>
      [...twins.a.journal.slice(before.a), ...twins.b.journal.slice(before.b)].filter(
        (one) => one.caller === 'sync' && one.method !== 'GET',
      ),
    straighten: () => void (isBending = false),
    edit: async (side, entity, id, changes) => {
      time += MINUTE;
      await systems[side].update(entity, id, changes);
    },
    ids,
  };
}

/** Two linked records of each entity, `first` and `second`. */
async function seed(systems: Record<Side, System>, cycle: () => Promise<void>, sync: Sync) {
  const made = new Map<string, string>();
  for (const name of ['first', 'second'])
    for (const entity of ENTITIES)
      made.set(
        `${entity} ${name}`,
        (await systems.a.create(entity, seedOf(entity, name, referred(made)))).id,
      );
  await cycle();
  await cycle();
  const ids = new Map<string, Record<Side, string>>();
  for (const [key, a] of made) {
    const link = sync.links().find((one) => one.aId === a);
    if (link === undefined) throw new Error(`${key} was not linked`);
    ids.set(key, { a, b: link.bId });
  }
  return ids;
}

const referred = (made: ReadonlyMap<string, string>) => ({
  customer: Number(made.get('Customer first') ?? 0),
  product: Number(made.get('Product first') ?? 0),
});

/** Gives the sync a reason for every operation on the entity, or on customers where none is meant. */
async function stir(systems: Record<Side, System>, place: Place, ids: Map<string, Record<Side, string>>) {
  const entity = place.entity ?? 'Customer';
  const edits = EDITS[entity];
  const [first, second] = [ids.get(`${entity} first`), ids.get(`${entity} second`)];
  if (edits === undefined || first === undefined || second === undefined) throw new Error(`no ${entity}`);
  const rest = place.side === 'a' ? 'b' : 'a';
  await systems.a.update(entity, first.a, { ...edits.a, ...edits.both.a });
  await systems.b.update(entity, first.b, { ...edits.b, ...edits.both.b });
  const aIds = new Map([...ids].map(([key, { a }]) => [key, a]));
  const { id } = await systems.a.create(entity, seedOf(entity, 'third', referred(aIds)));
  ids.set(`${entity} third`, { a: id, b: '' });
  await systems[place.side].remove(entity, second[place.side]);
  await systems[rest].update(entity, second[rest], edits[rest]);
}

/** A whole answer with another record of the same entity; null where there is none. */
function otherThan(twin: Twin, { operation, entity, id }: Call, text: string): string | null {
  if (operation !== 'get' || entity === null) return null;
  const other = [...twin.store.table(entity).values()].find((row) => row.id !== id);
  const body = JSON.parse(text) as JsonObject;
  if (other === undefined) return null;
  const { api } = twin.contract;
  const fields = api.record.fields === null ? other.fields : { [api.record.fields]: other.fields };
  return JSON.stringify({
    ...body,
    ...fields,
    [api.record.id]: entity.idKind === 'integer' ? Number(other.id) : other.id,
  });
}

/** Remembers the values of a record that answers to its own name. */
function noteTold(told: Told, contract: SystemContract, side: Side, call: Call, text: string): void {
  const { entity, operation, id } = call;
  if (entity === null || !['get', 'create', 'update'].includes(operation)) return;
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return;
  }
  for (const record of recordsIn(contract, call, body)) {
    if (id !== null && String(record[contract.api.record.id]) !== id) continue;
    for (const { path } of entity.fields) {
      const holder = holderOf(contract, record, path);
      const key = `${side} ${entity.name} ${path}`;
      const known = told.get(key) ?? [];
      if (isObject(holder)) known.push(getPath(holder, path));
      told.set(key, known);
    }
  }
}
