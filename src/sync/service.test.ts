import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PairPlan, SyncPlan } from '../checklist/plan.js';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import { CRM_API, REST_API, WEBSHOP_API } from '../contract/conventions.js';
import type { Json } from '../contract/field.js';
import { wireResponse, type WireRequest } from '../contract/wire.js';
import { createSync } from './create-sync.js';
import type { LogEvent } from './service.js';
import { createMemoryStore } from './store/memory.js';
import type { SyncStages } from './stages.js';

const START = Date.UTC(2026, 0, 1);
const ENTITY = { name: 'Thing', collection: 'things', idKind: 'string' as const, fields: [] };
const pairOf = (policies: Partial<Policies> = {}): PairPlan => ({
  slug: 'thing',
  entity: { a: 'Thing', b: 'Thing' },
  rows: [],
  match: [],
  creation: { a: { kind: 'linked-only' }, b: null },
  policies: { ...DEFAULT_POLICIES, latencyMs: 1000, ...policies },
});
type Setting = { status?: number; events?: boolean; stages?: Partial<SyncStages>; pairs?: PairPlan[] };

/** A sync between two systems that hold nothing, or answer every call with a status. */
function syncOf({ status = 200, events = true, stages = {}, pairs = [pairOf()] }: Setting = {}) {
  let now = START;
  const logged: LogEvent[] = [];
  const none = { kind: 'none' as const };
  const a = {
    ...WEBSHOP_API,
    auth: none,
    baseUrl: 'https://a.test',
    webhooks: events ? WEBSHOP_API.webhooks : null,
  };
  const b = { ...REST_API, auth: none, baseUrl: 'https://b.test', webhooks: CRM_API.webhooks };
  const plan: SyncPlan = {
    systems: {
      a: { key: 'a', name: 'A', api: a, entities: [ENTITY] },
      b: { key: 'b', name: 'B', api: b, entities: [ENTITY] },
    },
    pairs,
  };
  const credentials = { webhookSecret: 'secret', account: 'acme', key: '', clientId: '', clientSecret: '' };
  const store = createMemoryStore();
  const sync = createSync({
    plan,
    credentials: { a: credentials, b: credentials },
    store,
    fetch: async () => wireResponse('[]', status, {}),
    clock: { now: () => now, sleep: async () => undefined },
    ids: () => 'id',
    log: (event) => logged.push(event),
    workerId: 'one',
    stages,
  });
  const ask = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const request = new Request(`https://sync.test${path}`, { method, body, headers });
    const answer = await sync.fetch(request as unknown as WireRequest);
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  return { sync, store, logged, ask, later: (ms: number) => (now += ms) };
}

/** An event of side a, signed as its scheme wants it. */
function event(body: Json, delivery = 'd1', time = START) {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', 'secret').update(`${time}.${text}`).digest('hex');
  const headers = {
    'X-Webshop-Signature': `sha256=${signature}`,
    'X-Webshop-Timestamp': String(time),
    'X-Webshop-Delivery': delivery,
    'X-Webshop-Shop': 'acme',
  };
  return ['/webhooks/a', text, headers] as const;
}
const THING = { event: 'thing.updated', id: '7' };

test('the service says that it is up, and what it knows', async () => {
  const { ask, store } = syncOf();
  store.putLink({ pair: 'thing', aId: '1', bId: 'x', base: null, state: 'live', pending: null });
  store.putLink({ pair: 'thing', aId: '2', bId: 'y', base: null, state: 'a-gone', pending: null });

  expect(await ask('GET', '/health')).toEqual({ status: 200, body: { status: 'up' } });
  expect(await ask('GET', '/links')).toEqual({ status: 200, body: [{ pair: 'thing', aId: '1', bId: 'x' }] });
  expect(await ask('GET', '/status')).toEqual({ status: 200, body: { state: 'ok', problems: [] } });
});

test('a round is run when it is asked for, and logged without what it was about', async () => {
  const { ask, logged } = syncOf();

  expect(await ask('POST', '/sync')).toEqual({ status: 200, body: { ran: true, dirtyLeft: 0 } });
  expect(logged).toEqual([{ event: 'cycle', at: START, ran: true, dirty: 0, problems: 0 }]);
});

test('an authentic event marks the records that it names, of any pair', async () => {
  const { ask, store } = syncOf({ pairs: [pairOf(), { ...pairOf(), entity: { a: 'Other', b: 'Thing' } }] });

  expect(await ask('POST', ...event(THING))).toEqual({ status: 200, body: { accepted: 1 } });
  expect(store.dirty()).toMatchObject([{ side: 'a', entity: 'Thing', id: '7', since: START }]);
});

test('an event of an entity that no pair holds marks nothing', async () => {
  const { ask, store } = syncOf({ pairs: [{ ...pairOf(), entity: { a: 'Other', b: 'Thing' } }] });

  expect(await ask('POST', ...event(THING))).toMatchObject({ status: 200, body: { accepted: 1 } });
  expect(store.dirty()).toEqual([]);
});

test('an event that was delivered before is taken and does nothing', async () => {
  const { ask, store } = syncOf();
  await ask('POST', ...event(THING));
  store.settleDirty({ side: 'a', entity: 'Thing', id: '7' }, store.dirty()[0]?.mark ?? 0);

  expect((await ask('POST', ...event(THING))).status).toBe(200);
  expect(store.dirty()).toEqual([]);
  await ask('POST', ...event(THING, 'd2'));
  expect(store.dirty()).toHaveLength(1);
});

test('events without the number of a delivery are all taken, as none can be told to be a repeated one', async () => {
  const { ask, store } = syncOf();
  const unnumbered = (body: Json) => {
    const [path, text, { 'X-Webshop-Delivery': _number, ...headers }] = event(body);
    return [path, text, headers] as const;
  };

  await ask('POST', ...unnumbered(THING));
  await ask('POST', ...unnumbered({ event: 'thing.updated', id: '8' }));

  expect(store.dirty().map(({ id }) => id)).toEqual(['7', '8']);
});

test('a delivery is forgotten once its signature would be stale twice over', async () => {
  const { ask, store, later } = syncOf();
  await ask('POST', ...event(THING));
  later(600_000);
  await ask('POST', ...event(THING, 'd2', START + 600_000));
  expect(store.noteDelivery('a', 'd1', 0)).toBe(false);
  later(1);
  await ask('POST', ...event(THING, 'd3', START + 600_001));

  expect(store.noteDelivery('a', 'd1', 0)).toBe(true);
});

test('an event that is not authentic is refused, marks nothing and is logged', async () => {
  const { ask, store, logged } = syncOf();
  const [path, , headers] = event(THING);

  expect(await ask('POST', path, '{"event":"thing.updated","id":"8"}', headers)).toEqual({
    status: 401,
    body: { error: 'not authentic' },
  });
  expect(store.dirty()).toEqual([]);
  expect(logged).toEqual([{ event: 'event-refused', at: START, side: 'a' }]);
});

test('a side that is none, or that sends no events, has no place for them', async () => {
  const [, body, headers] = event(THING);

  expect(await syncOf().ask('POST', '/webhooks/c', body, headers)).toEqual({
    status: 404,
    body: { error: 'no such system' },
  });
  expect(await syncOf({ events: false }).ask('POST', '/webhooks/a', body, headers)).toEqual({
    status: 404,
    body: { error: 'this system sends no events' },
  });
  expect(await syncOf().ask('POST', '/webhooks/b', body, headers)).toMatchObject({ status: 401 });
});

test('an error within is no detail for the caller', async () => {
  const { ask, logged } = syncOf({
    stages: {
      acceptEvent: () => {
        throw new Error('secret detail');
      },
    },
  });

  expect(await ask('POST', ...event(THING))).toEqual({ status: 500, body: { error: 'internal error' } });
  expect(logged).toEqual([{ event: 'service-error', at: START }]);
});

test('the status is an error when a change waits longer than the declared latency', async () => {
  const { sync, store, later } = syncOf();
  store.markDirty({ side: 'a', entity: 'Thing', id: '7' }, START);
  later(1000);
  expect((await sync.status()).state).toBe('ok');
  later(1);
  expect((await sync.status()).state).toBe('error');
});

test('the longest latency of all pairs counts', async () => {
  const { sync, store, later } = syncOf({ pairs: [pairOf(), pairOf({ latencyMs: 5000 })] });
  store.markDirty({ side: 'a', entity: 'Thing', id: '7' }, START);
  later(5000);

  expect((await sync.status()).state).toBe('ok');
});

test('the status is an error when no round has succeeded for twice the latency', async () => {
  const { sync, later } = syncOf();
  later(2000);
  expect((await sync.status()).state).toBe('ok');
  later(1);
  expect((await sync.status()).state).toBe('error');
  await sync.cycle();
  expect((await sync.status()).state).toBe('ok');
});

test('a round in which a system cannot be read is no success', async () => {
  const { sync, later } = syncOf({ status: 503 });
  expect(await sync.cycle()).toEqual({ ran: true, dirtyLeft: 0 });
  later(2001);
  await sync.cycle();

  expect((await sync.status()).state).toBe('error');
});

test('a reported problem makes the status degraded', async () => {
  const { sync, store } = syncOf();
  const problem = { pair: 'thing', side: 'a' as const, recordId: '7', field: null, message: 'refused' };
  store.setProblems('thing', 'a', '7', [problem]);

  expect(await sync.status()).toEqual({ state: 'degraded', problems: [problem] });
});

test('while another worker holds the lease no round is run', async () => {
  const { sync, store } = syncOf();
  store.takeLease('two', START, START + 1000);

  expect(await sync.cycle()).toEqual({ ran: false, dirtyLeft: 1 });
  store.releaseLease('two');
  expect(await sync.cycle()).toMatchObject({ ran: true });
  expect(store.takeLease('two', START, START + 1000)).toBe(true);
});

test('rounds follow one another, also after one that failed', async () => {
  let calls = 0;
  const { sync } = syncOf({
    stages: {
      pollFrom: (watermark) => {
        calls += 1;
        if (calls === 1) throw new Error('broken');
        return watermark;
      },
    },
  });

  const [first, second] = await Promise.allSettled([sync.cycle(), sync.cycle()]);

  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
});

test('records that are linked by hand are live, and brought together in the next round', () => {
  const { sync, store } = syncOf();

  sync.link({ pair: 'thing', aId: '1', bId: 'x' });

  expect(store.linkOf('thing', 'a', '1')).toEqual({
    pair: 'thing',
    aId: '1',
    bId: 'x',
    base: null,
    state: 'live',
    pending: null,
  });
  expect(store.dirty()).toMatchObject([{ side: 'a', entity: 'Thing', id: '1' }]);
  expect(() => sync.link({ pair: 'other', aId: '1', bId: 'x' })).toThrow('the plan holds no pair other');
});
