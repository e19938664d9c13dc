import type { Capability } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import { wireRequest, type WireFetch } from '../contract/wire.js';
import { createMemoryStore } from '../sync/store/memory.js';
import type { SyncStore } from '../sync/store/port.js';
import type { MakeBreakage } from './breakage.js';
import { EventBus } from './events.js';
import { httpSystem } from './http-system.js';
import { withPageSize } from './page-size.js';
import type { Exchange, Settled, SyncLink, SyncUnderTest, Target, World, WorldSettings } from './ports.js';
import { restrictPlan } from './restrict-plan.js';
import { SyncHost } from './sync-host.js';
import type { MakeTwin, TwinPort, VirtualClock } from './twin-port.js';

type Reached = { fetch: WireFetch; release: () => void };

export type InProcessOptions = {
  plan: SyncPlan;
  makeTwin: MakeTwin;
  /** How a twin is reached; gives the fetch to use and how to let go of it. */
  reach: (twin: TwinPort) => Reached | Promise<Reached>;
  makeStore?: () => SyncStore;
  /** Makes the sync faulty. */
  breakage?: MakeBreakage;
};

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const POLL_MS = 5000;
const MOST_ROUNDS = 25;
const CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'journal',
  'clock',
  'restart',
  'events',
  'disturb',
  'links',
  'link-by-hand',
  'property-times',
  'errors',
  'kill',
  'workers',
  'settings',
  'tenants',
  'logs',
  'restore',
]);

/** The process of a world's sync, for a second tenant that it serves. */
const hosts = new WeakMap<World, SyncHost>();

/** The reference sync between two twins, all in this process, on a virtual clock. */
export function inProcessTarget(options: InProcessOptions): Target {
  return {
    name: 'reference',
    capabilities: CAPABILITIES,
    open: async (pairs, seed, settings = {}) => openWorld(options, pairs, seed, settings),
  };
}

async function openWorld(
  options: InProcessOptions,
  pairs: string[],
  seed: number,
  settings: WorldSettings,
): Promise<World> {
  const plan = restrictPlan(options.plan, pairs);
  let time = START;
  let seq = 0;
  let idCount = 0;
  const skews: Record<Side, number> = { a: settings.skewMs?.a ?? 0, b: settings.skewMs?.b ?? 0 };
  const clock: VirtualClock = { now: () => time, advance: (ms) => (time += ms) };
  const nextSeq = () => (seq += 1);
  const make = (side: Side) =>
    options.makeTwin({
      side,
      contract: plan.systems[side],
      clock,
      nextSeq,
      webhookPath: `/webhooks/${side}`,
      skewMs: () => skews[side],
      zoneMinutes: settings.zoneMinutes?.[side] ?? 0,
    });
  const twins: Record<Side, TwinPort> = { a: make('a'), b: make('b') };
  const reached = { a: await options.reach(twins.a), b: await options.reach(twins.b) };
  const base = `${twins.a.contract.api.baseUrl}/`;
  const asked = withPageSize(
    { ...plan, systems: { a: twins.a.contract, b: twins.b.contract } },
    settings.pageSize ?? null,
  );
  const store = (options.makeStore ?? createMemoryStore)();
  const fetch: WireFetch = (request) => (request.url.startsWith(base) ? reached.a : reached.b).fetch(request);
  const shared = settings.tenantOf === undefined ? undefined : hosts.get(settings.tenantOf)?.memory;
  const host = new SyncHost(
    {
      plan: asked,
      credentials: { a: credentialsOf(twins.a), b: credentialsOf(twins.b) },
      store,
      fetch,
      clock: { now: clock.now, sleep: async (ms) => void clock.advance(ms) },
      ids: () => `${seed.toString(36)}-${(idCount += 1)}`,
      makeBreakage: options.breakage ?? (() => ({})),
    },
    shared,
  );
  const bus = new EventBus(twins, async (side, body, headers) => {
    const request = wireRequest(`http://sync.test/webhooks/${side}`, { method: 'POST', body, headers });
    const service = host.breakage.service?.(host.sync.fetch) ?? host.sync.fetch;
    return (await service(request)).status;
  });
  const writes = () => countWrites(twins.a) + countWrites(twins.b);

  const settle = async (): Promise<Settled> => {
    const began = time;
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const before = writes();
      await bus.flush();
      const { dirtyLeft } = await host.cycle();
      clock.advance(POLL_MS);
      if (writes() === before && bus.idle() && dirtyLeft === 0) {
        return { quiescent: true, rounds: round, waitedMs: time - began };
      }
    }
    return { quiescent: false, rounds: MOST_ROUNDS, waitedMs: time - began };
  };
  const underTest: SyncUnderTest = {
    settle,
    async runAgain(cycles) {
      for (let cycle = 0; cycle < cycles; cycle++) {
        await bus.flush();
        await host.cycle();
        clock.advance(POLL_MS);
      }
    },
    async tick() {
      await bus.flush();
      await host.cycle();
    },
    async status() {
      const status = await host.sync.status();
      return host.breakage.status?.(status) ?? status;
    },
    /** Those of a killed process lie in its store. */
    links: async () => (host.isAlive ? host.sync.links() : liveLinks(store)),
    link: async (link) => host.sync.link(link),
    async restart() {
      host.restart();
    },
    kill: () => host.kill(),
    together: () => host.together(),
  };
  const world: World = {
    a: httpSystem('a', asked.systems.a, reached.a.fetch, twins.a.credentials.harness),
    b: httpSystem('b', asked.systems.b, reached.b.fetch, twins.b.credentials.harness),
    sync: underTest,
    capabilities: CAPABILITIES,
    journal: () => [...twins.a.journal, ...twins.b.journal].toSorted((one, other) => one.seq - other.seq),
    journalAfter: (seq) => exchangesAfter(seq, twins.a, twins.b),
    clock: { ...clock, skew: (side, ms) => void (skews[side] = ms) },
    events: bus,
    disturb: (disturbance) => twins[disturbance.side].disturb(disturbance),
    logs: () => host.logs.map((event) => JSON.stringify(event)),
    secrets: () =>
      (['a', 'b'] as const).flatMap((side) =>
        Object.values(credentialsOf(twins[side])).filter(
          (value) => value !== twins[side].credentials.account,
        ),
      ),
    async close() {
      reached.a.release();
      reached.b.release();
      store.close();
    },
  };
  hosts.set(world, host);
  return world;
}

/** The calls of both systems after a sequence number, in one order; each journal is in order by itself. */
function exchangesAfter(seq: number, ...twins: TwinPort[]): Exchange[] {
  const found: Exchange[] = [];
  for (const { journal } of twins) {
    let from = journal.length;
    while (from > 0 && (journal[from - 1]?.seq ?? 0) > seq) from -= 1;
    for (let at = from; at < journal.length; at++) found.push(journal[at] as Exchange);
  }
  return found.toSorted((one, other) => one.seq - other.seq);
}

const liveLinks = (store: SyncStore): SyncLink[] =>
  store
    .links()
    .filter((link) => link.state === 'live')
    .map(({ pair, aId, bId }) => ({ pair, aId, bId }));

function countWrites(twin: TwinPort): number {
  let count = 0;
  for (const one of twin.journal) if (one.mutation !== null && one.caller === 'sync') count += 1;
  return count;
}

function credentialsOf(twin: TwinPort) {
  const { sync, webhookSecret, account } = twin.credentials;
  return { ...sync, webhookSecret, account };
}
