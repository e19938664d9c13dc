import type { SyncPlan } from '../../checklist/plan.js';
import type { MakeBreakage } from '../../drivers/breakage.js';
import { inProcessTarget } from '../../drivers/in-process.js';
import type { World } from '../../drivers/ports.js';
import type { MakeTwin } from '../../drivers/twin-port.js';
import { STORE_WRITES } from '../../sync/store/shared-store.js';
import type { SyncStore } from '../../sync/store/port.js';
import type { CrashStage } from './stage.js';

const WRITES = new Set<keyof SyncStore>(STORE_WRITES);

/** Where the sync can die: before a request is sent, after it took effect, before a store write. */
export type Points = {
  requests: number;
  writes: number;
  /** Every point passed so far, in order. */
  places: string[];
  diedAt: string | null;
};

/**
 * A stage in this process on a virtual clock; the sync dies at point `point`, counted from 1, or never for 0. `points`
 * counts those that it passed. `makeTwin` is the stand-in of a system.
 */
export async function openInProcess(
  plan: SyncPlan,
  makeTwin: MakeTwin,
  point: number,
  breakage: MakeBreakage = () => ({}),
): Promise<{ stage: CrashStage; points: Points }> {
  const points: Points = { requests: 0, writes: 0, places: [], diedAt: null };
  let isDead = false;
  let world: World | null = null;
  const pass = (place: string): void => {
    points.places.push(place);
    if (points.places.length !== point) return;
    points.diedAt = place;
    isDead = true;
    world?.sync.kill?.();
    throw new Error('the sync was killed');
  };
  const mortal: MakeBreakage = (tools) => {
    const own = breakage(tools);
    return {
      ...own,
      fetch: (inner) => {
        const fetch = own.fetch?.(inner) ?? inner;
        return async (request) => {
          const place = `${request.method} ${new URL(request.url).pathname}`;
          points.requests += 1;
          pass(`before ${place}`);
          const answer = await fetch(request);
          pass(`after ${place}`);
          return answer;
        };
      },
      store: (inner) =>
        countedStore(own.store?.(inner) ?? inner, (name) => {
          points.writes += 1;
          pass(`before store.${name}`);
        }),
    };
  };
  const target = inProcessTarget({
    plan,
    makeTwin,
    reach: (twin) => ({ fetch: twin.fetch, release: () => undefined }),
    breakage: mortal,
  });
  const opened = await target.open(
    plan.pairs.map((pair) => pair.slug),
    1,
  );
  world = opened;
  const { sync, events, clock } = opened;
  const stage: CrashStage = {
    plan,
    a: opened.a,
    b: opened.b,
    async settle() {
      const settled = await sync.settle();
      if (!isDead) return settled;
      isDead = false;
      await sync.restart?.();
      return sync.settle();
    },
    later: async () => void clock?.advance(1000),
    links: async () => (await sync.links?.()) ?? [],
    runAgain: (rounds) => sync.runAgain(rounds),
    redeliver: async () => events?.redeliverAll(),
    journal: () => opened.journal(),
    close: () => opened.close(),
  };
  return { stage, points };
}

function countedStore(store: SyncStore, onWrite: (name: string) => void): SyncStore {
  return new Proxy(store, {
    get(target, name: keyof SyncStore) {
      if (WRITES.has(name)) onWrite(name);
      return target[name];
    },
  });
}
