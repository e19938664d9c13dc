import { beforeEach, expect, test } from 'vitest';
import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { REST_API } from '../../contract/conventions.js';
import type { JsonObject } from '../../contract/field.js';
import { SystemError, UnsupportedHere, type StoredRecord, type System, type World } from '../ports.js';
import type { LedgerLine } from './ledger.js';
import { Redactor } from './redact.js';
import type { RunState } from './run-state.js';
import type { RemoteSettings } from './settings.js';
import { watchEntity } from './watch.js';
import { RemoteWorld } from './world.js';

const RUN = 'zqabcdef';
const TAG = `${RUN}ghijkl`;
const PAIR = { slug: 'customer', entity: { a: 'Customer', b: 'Contact' }, rows: [] } as unknown as PairPlan;
const OTHERS = { id: '1', fields: { name: 'Zebulon', email: 'z@example.org' }, updatedAt: 1, version: '1' };

let told: string[];
let ledger: LedgerLine[];
let held: Record<Side, Map<string, StoredRecord>>;
let refuse: (call: string) => SystemError | null;
let world: World;
let run: RunState;

beforeEach(() => {
  told = [];
  ledger = [];
  held = { a: new Map([['1', OTHERS]]), b: new Map([['1', OTHERS]]) };
  refuse = () => null;
  run = runState();
  world = new RemoteWorld(run, 'a check', TAG, [PAIR], new Set(['links'])).asWorld();
});

/** A system in memory that tells what it was asked. */
function system(side: Side): System {
  const records = held[side];
  const ask = (call: string): void => {
    told.push(`${side} ${call}`);
    const error = refuse(`${side} ${call}`);
    if (error !== null) throw error;
  };
  const put = (id: string, fields: JsonObject): StoredRecord => {
    const record = { id, fields, updatedAt: told.length, version: String(told.length) };
    records.set(id, record);
    return record;
  };
  return {
    side,
    contract: { key: side, name: side === 'a' ? 'Shop' : 'CRM', api: REST_API, entities: [] },
    async create(_entity, fields) {
      ask('create');
      return put(`${side}-${records.size + 1}`, fields);
    },
    async get(_entity, id) {
      ask(`get ${id}`);
      return records.get(id) ?? null;
    },
    async update(_entity, id, changes) {
      ask(`update ${id}`);
      return put(id, { ...records.get(id)?.fields, ...changes });
    },
    async remove(_entity, id) {
      ask(`remove ${id}`);
      records.delete(id);
    },
    async restore(_entity, id) {
      ask(`restore ${id}`);
    },
    async list() {
      ask('list');
      return [...records.values()];
    },
  };
}

function runState(): RunState {
  let now = 0;
  const systems = { a: system('a'), b: system('b') };
  return {
    plan: {
      pairs: [PAIR],
      systems: { a: systems.a.contract, b: systems.b.contract },
    } as unknown as RunState['plan'],
    settings: { sync: { kind: 'none', status: null, links: null }, quietMs: 10 } as RemoteSettings,
    clock: { now: () => now, sleep: async (ms) => void (now += ms) },
    stoodStill: () => 0,
    systems,
    cleaners: systems,
    watch: (side, entity) =>
      watchEntity({
        system: systems[side],
        entity,
        runTag: RUN,
        since: () => undefined,
        onOthers: () => undefined,
      }),
    door: {
      nudge: async () => undefined,
      turns: () => 0,
      links: async () => [
        { pair: 'customer', aId: 'a-2', bId: 'b-2' },
        { pair: 'customer', aId: '1', bId: '1' },
      ],
    },
    ledger: { write: async (line) => void (ledger.push(line), told.push(`ledger ${line.event}`)) },
    redactor: new Redactor([], RUN),
    stopped: () => false,
    latencies: [],
    open: new Set(),
    made: new Set(),
  };
}

const refusal = (status: number) => new SystemError('Shop', 'PUT', '/customers/1', status, 'refused');

test('the ledger knows of a record before it is made, and its id afterwards', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });

  expect(told).toEqual(['ledger making', 'a create', 'ledger made']);
  expect(ledger).toEqual([
    { event: 'making', side: 'a', entity: 'Customer', tag: TAG },
    { event: 'made', side: 'a', entity: 'Customer', tag: TAG, id: made.id },
  ]);
  expect(run.made).toEqual(new Set([`a Customer ${made.id}`]));
});

test('a record that cannot hold the tag is not made', async () => {
  const made = world.a.create('Customer', { points: 5 });

  await expect(made).rejects.toThrow(UnsupportedHere);
  expect(told).toEqual([]);
});

test.each(['update', 'remove', 'restore'] as const)('it does not %s a record of others', async (what) => {
  const touched =
    what === 'update' ? world.a.update('Customer', '1', { name: 'x' }) : world.a[what]('Customer', '1');

  await expect(touched).rejects.toThrow('the Shop Customer 1 is not of this run and is left alone');
  expect(told).toEqual([]);
});

test('a listing shows own records only, those too that the sync made of them', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  held.b.set('b-9', { id: 'b-9', fields: { label: `ANN ${TAG.toUpperCase()}` }, updatedAt: 1, version: '1' });

  expect((await world.a.list('Customer')).map(({ id }) => id)).toEqual([made.id]);
  expect((await world.b.list('Contact')).map(({ id }) => id)).toEqual(['b-9']);
});

test('an own record that lost its tag is still an own one', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  held.a.set(made.id, { ...made, fields: { name: 'Nobody' } });

  expect((await world.a.list('Customer')).map(({ fields }) => fields)).toEqual([{ name: 'Nobody' }]);
});

test('a save that meets a newer version is made again, six times at most', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  let left = 5;
  refuse = (call) => (call.startsWith('a update') && left-- > 0 ? refusal(412) : null);
  await world.a.update('Customer', made.id, { name: `Bea ${TAG}` });
  left = 6;

  const late = world.a.update('Customer', made.id, { name: `Cia ${TAG}` });

  await expect(late).rejects.toThrow('answered 412');
});

test('a save that is refused for another reason is not made again', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  refuse = (call) => (call.startsWith('a update') ? refusal(422) : null);

  await expect(world.a.update('Customer', made.id, { name: TAG })).rejects.toThrow('answered 422');
  expect(told.filter((call) => call.startsWith('a update'))).toHaveLength(1);
});

test('closing removes own records of both sides, and nothing of others', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  held.b.set('b-9', { id: 'b-9', fields: { label: TAG }, updatedAt: 1, version: '1' });

  await world.close();

  expect([...held.a.keys(), ...held.b.keys()]).toEqual(['1', '1']);
  expect(ledger.filter(({ event }) => event === 'gone')).toEqual([
    { event: 'gone', side: 'a', entity: 'Customer', id: made.id },
    { event: 'gone', side: 'b', entity: 'Contact', id: 'b-9' },
  ]);
  expect(run.open.size).toBe(0);
});

test('a record that cannot be removed now is left to the sweep: the ledger does not call it gone', async () => {
  await world.a.create('Customer', { name: `Ann ${TAG}` });
  refuse = (call) => (call.startsWith('a remove') ? refusal(503) : null);

  await world.close();

  expect(ledger.some(({ event }) => event === 'gone')).toBe(false);
});

test('a system that cannot be listed keeps nobody from removing what is known', async () => {
  const made = await world.a.create('Customer', { name: `Ann ${TAG}` });
  refuse = (call) => (call.endsWith('list') ? refusal(500) : null);

  await world.close();

  expect(held.a.has(made.id)).toBe(false);
});

test('the evidence shows of an answer that many share what is its own', async () => {
  await world.a.create('Customer', { name: `Ann ${TAG}` });

  await world.sync.links?.();
  await world.a.list('Customer');

  const [links, listing] = world.exchanges?.() ?? [];
  expect(links?.responseBody).toEqual([{ pair: 'customer', aId: 'a-2', bId: 'b-2' }]);
  expect(JSON.stringify(listing?.responseBody)).not.toContain('Zebulon');
});
