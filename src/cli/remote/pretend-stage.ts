import type { SyncPlan } from '../../checklist/plan.js';
import type { Env } from '../../contract/http/credentials.js';
import { wireRequest, wireResponse, type WireFetch } from '../../contract/wire.js';
import { pretendSystem } from '../../drivers/dry-run/pretend-system.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';
import { createSync, type Sync } from '../../sync/create-sync.js';
import { createMemoryStore } from '../../sync/store/memory.js';
import type { Prepared } from '../prepare.js';
import { remoteSettings } from './settings.js';

const RUN_TAG = 'zqdryrun';

/** Nothing leaves, so no secret is asked for and no bound has to be kept. */
export function settingsToPretend({ profile }: Prepared, plan: SyncPlan): RemoteSettings {
  const places = [plan.systems.a, plan.systems.b].map(({ api }) => api.baseUrlEnv);
  const env: Env = new Proxy(process.env, {
    get: (own, name) => {
      const value = own[String(name)];
      return value !== undefined && value !== ''
        ? value
        : places.includes(String(name))
          ? undefined
          : `$${String(name)}`;
    },
  });
  const asked = {
    allowProduction: true,
    env,
    runTag: profile?.profile.remote?.runTag ?? RUN_TAG,
    adapters: new Map(),
  };
  const settings = remoteSettings(profile, plan, asked);
  const unbound = { connections: 1000, requestsPerSecond: Number.POSITIVE_INFINITY };
  const side = (which: 'a' | 'b') => ({ ...settings.systems[which], limits: unbound });
  return { ...settings, ...unbound, systems: { a: side('a'), b: side('b') } };
}

type Time = { now: () => number; pass: (ms: number) => void; id: () => string };

/** Both systems and the reference sync between them, all in memory. */
export function pretendStage(
  plan: SyncPlan,
  settings: RemoteSettings,
  time: Time,
): { send: WireFetch; sync: Sync } {
  const systems = { a: pretendSystem(plan.systems.a, time.now), b: pretendSystem(plan.systems.b, time.now) };
  const isOf = (side: 'a' | 'b', url: string) => url.startsWith(plan.systems[side].api.baseUrl);
  const reach: WireFetch = (request) => systems[isOf('a', request.url) ? 'a' : 'b'](request);
  const nobody = { key: '', clientId: '', clientSecret: '', webhookSecret: '', account: '' };
  const sync = createSync({
    plan,
    credentials: { a: nobody, b: nobody },
    store: createMemoryStore(),
    fetch: reach,
    clock: { now: time.now, sleep: async (ms) => time.pass(ms) },
    ids: time.id,
    log: () => undefined,
    workerId: 'dry-run',
    stages: {},
  });
  const { status, links, url } = settings.sync;
  const doors = new Map([
    [status, { method: 'GET', path: '/status' }],
    [links, { method: 'GET', path: '/links' }],
    [url, { method: 'POST', path: '/sync' }],
  ]);
  const send: WireFetch = async (request) => {
    const door = doors.get(request.url);
    if (door === undefined) return reach(request);
    const answer = await sync.fetch(wireRequest(`http://sync.test${door.path}`, { method: door.method }));
    return wireResponse(await answer.text(), answer.status, { 'content-type': 'application/json' });
  };
  return { send, sync };
}
