import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import { WEBSHOP_API } from '../contract/conventions.js';
import { wireResponse } from '../contract/wire.js';
import { createSync } from './create-sync.js';
import { deletionsDue, noteDeletionsRead } from './deletions-due.js';
import { createMemoryStore } from './store/memory.js';
import { pairOf, syncOf as engineOf } from './testing/cycle-engine.js';

const ENTITY = { name: 'Thing', collection: 'things', idKind: 'string' as const, fields: [] };
const RECORD = { id: '7', updated_at: '2026-01-01T00:00:00.000Z' };

/** A sync with a webshop in which a deletion shows by a gap alone; tells which lists a round reads whole. */
function syncOf(scanMs: number, policies: Partial<Policies> = { delete: 'propagate' }) {
  let now = Date.UTC(2026, 0, 2);
  let isUp = true;
  const whole: boolean[] = [];
  const api = {
    ...WEBSHOP_API,
    auth: { kind: 'none' as const },
    webhooks: null,
    nullUntilUpdate: 'no' as const,
    deletionsShow: 'listing-gap' as const,
    routes: { ...WEBSHOP_API.routes, deleted: null },
  };
  const system = (key: string) => ({
    key,
    name: key,
    api: { ...api, baseUrl: `https://${key}.test` },
    entities: [ENTITY],
  });
  const pair = {
    slug: 'thing',
    entity: { a: 'Thing', b: 'Thing' },
    rows: [],
    match: [],
    creation: { a: { kind: 'linked-only' as const }, b: null },
    policies: { ...DEFAULT_POLICIES, ...policies },
  };
  const credentials = { webhookSecret: '', account: '', key: '', clientId: '', clientSecret: '' };
  const sync = createSync({
    plan: { systems: { a: system('a'), b: system('b') }, pairs: [pair] },
    credentials: { a: credentials, b: credentials },
    store: createMemoryStore(),
    fetch: async ({ url }) => {
      const { host, pathname, searchParams } = new URL(url);
      const isList = host === 'a.test' && pathname.endsWith('/things');
      if (isList) whole.push(!searchParams.has('updated_since'));
      return isUp ? wireResponse(JSON.stringify(isList ? [RECORD] : []), 200, {}) : wireResponse('', 400, {});
    },
    clock: { now: () => now, sleep: async () => undefined },
    ids: () => 'id',
    log: () => undefined,
    workerId: 'one',
    scanMs,
    stages: {},
  });
  const round = async () => {
    whole.length = 0;
    await sync.cycle();
    return [...whole];
  };
  return { round, later: (ms: number) => (now += ms), turn: (up: boolean) => (isUp = up) };
}

test('a list whose gaps show deletions is read whole in each round', async () => {
  const { round } = syncOf(0);

  expect([await round(), await round()]).toEqual([[true], [true]]);
});

test('with a pause it is read whole after the pause, and by its changes until then', async () => {
  const { round, later } = syncOf(1000);
  await round();
  later(999);
  const before = await round();
  later(1);

  expect([before, await round(), await round()]).toEqual([[false], [true], [false]]);
});

test('a whole reading that failed is due again in the next round', async () => {
  const { round, later, turn } = syncOf(1000);
  await round();
  later(1000);
  turn(false);
  const failed = await round();
  turn(true);

  expect([failed, await round(), await round()]).toEqual([[true], [true], [false]]);
});

test('deletions that the policy ignores are looked for four times within the bound', async () => {
  const { round, later } = syncOf(0, { delete: 'ignore', latencyMs: 4000 });
  await round();
  later(999);
  const before = await round();
  later(1);

  expect([before, await round(), await round()]).toEqual([[false], [true], [false]]);
});

const FACT = 'deletions a thing';
const pair = (slug: string, policies: Partial<Policies>, entity = slug) =>
  pairOf(slug, [], {
    entity: { a: entity, b: `${slug}-b` },
    policies: { ...DEFAULT_POLICIES, ...policies },
  });
const FOLLOWED = pair('thing', { delete: 'propagate' });
const IGNORED = pair('thing', { delete: 'ignore', latencyMs: 4000 });

/** Whether deletions of the things of side a are looked for, and that they were. */
function paceOf(pairs = [FOLLOWED], scanMs = 0) {
  const { engine, store, time } = engineOf({ pairs });
  const paced = { ...engine, scanMs };
  return {
    store,
    time,
    due: (isListing = true) => deletionsDue(paced, 'a', 'thing', isListing),
    note: (isListing = true) => noteDeletionsRead(paced, 'a', 'thing', isListing),
  };
}

test('without a pause they are due whatever the clock says, and nothing is noted', () => {
  const { store, time, due, note } = paceOf();
  store.setFact(FACT, time.now + 60_000);

  expect(due()).toBe(true);
  note();
  expect(store.fact(FACT)).toBe(time.now + 60_000);
});

test('those that a feed tells of are due in each round, whatever the pause between readings of a whole listing', () => {
  const { due, note } = paceOf([FOLLOWED], 1000);
  note(true);

  expect([due(false), due(true)]).toEqual([true, false]);
});

test('those that were asked for and never read stay due', () => {
  const { store, due } = paceOf([FOLLOWED], 1000);

  expect([due(), due()]).toEqual([true, true]);
  expect(store.fact(FACT)).toBeNull();
});

test('ignored ones are first due a quarter of the bound after the first round', () => {
  const { time, due } = paceOf([IGNORED]);

  expect(due()).toBe(false);
  time.now += 999;
  expect(due()).toBe(false);
  time.now += 1;
  expect(due()).toBe(true);
});

test('they are followed where one of the pairs of an entity follows them', () => {
  const both = paceOf([IGNORED, pair('other', { delete: 'propagate' }, 'thing')]);

  expect(both.due(false)).toBe(true);
});

test('of several pairs that ignore them the shortest bound counts', () => {
  const { time, due } = paceOf([IGNORED, pair('other', { delete: 'ignore', latencyMs: 8000 }, 'thing')]);
  due();
  time.now += 1000;

  expect(due()).toBe(true);
});

test('pairs of other entities do not count', () => {
  const { time, due } = paceOf([
    IGNORED,
    pair('other', { delete: 'propagate' }),
    pair('third', { delete: 'ignore', latencyMs: 4 }),
  ]);

  expect(due()).toBe(false);
  time.now += 999;
  expect(due()).toBe(false);
});
