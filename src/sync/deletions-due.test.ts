import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import { WEBSHOP_API } from '../contract/conventions.js';
import { wireResponse } from '../contract/wire.js';
import { createSync } from './create-sync.js';
import { createMemoryStore } from './store/memory.js';

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
