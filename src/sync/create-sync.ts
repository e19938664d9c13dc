import type { SyncPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { WireFetch } from '../contract/wire.js';
import type { SyncLink, SyncStatus } from '../drivers/ports.js';
import { Client } from './client.js';
import { runCycle, type CycleResult } from './cycle.js';
import type { Engine } from './pair-context.js';
import { createService, type LogEvent } from './service.js';
import { CORRECT_STAGES, type SyncStages } from './stages.js';
import type { SyncStore } from './store/port.js';
import { Transport, type Credentials, type SyncClock } from './transport.js';

export type { SyncStages } from './stages.js';

export type SyncConfig = {
  plan: SyncPlan;
  credentials: Record<Side, Credentials>;
  store: SyncStore;
  fetch: WireFetch;
  clock: SyncClock;
  ids: () => string;
  /** Structured log without personal data: ids, names of fields and counts only (I26). */
  log: (event: LogEvent) => void;
  workerId: string;
  /** Pause between two readings of a whole listing for deletions that show by nothing else, ms; left out: none. */
  scanMs?: number;
  stages: Partial<SyncStages>;
};

export type Sync = {
  cycle(): Promise<CycleResult>;
  /** The HTTP service: webhooks, trigger, links, status, health. */
  fetch: WireFetch;
  status(): Promise<SyncStatus>;
  links(): SyncLink[];
  /** Links two records by hand; they are brought together in the next cycle. */
  link(link: SyncLink): void;
};

/** The reference sync. All state lies in the store, so that a new one on the same store goes on (I17). */
export function createSync(config: SyncConfig): Sync {
  const { plan, store, clock, ids } = config;
  const client = (side: Side) =>
    new Client(
      plan.systems[side],
      new Transport(plan.systems[side], config.credentials[side], config.fetch, clock),
    );
  const engine: Engine = {
    plan,
    clients: { a: client('a'), b: client('b') },
    store,
    stages: { ...CORRECT_STAGES, ...config.stages },
    clock,
    ids,
    scanMs: config.scanMs ?? 0,
    reconciled: new Map(),
    round: 0,
    polled: new Map(),
    turn: 0,
  };
  const startedAt = clock.now();
  const longest = Math.max(...plan.pairs.map((pair) => pair.policies.latencyMs), 0);

  let last: Promise<unknown> = Promise.resolve();
  /** Rounds of one process follow one another: the lease does not keep it from itself. */
  const cycle = (): Promise<CycleResult> => {
    const next = last.then(oneCycle);
    last = next.catch(() => undefined);
    return next;
  };
  const oneCycle = async (): Promise<CycleResult> => {
    const result = await runCycle(engine, config.workerId);
    config.log({
      event: 'cycle',
      at: clock.now(),
      ran: result.ran,
      dirty: store.dirty().length,
      problems: store.problems().length,
    });
    return result;
  };
  /** Never "ok" with changes that wait longer than the latency bound, or when no cycle has succeeded for long (I24). */
  const status = async (): Promise<SyncStatus> => {
    const problems = store.problems();
    const late = store.dirty().some((entry) => clock.now() - entry.since > longest);
    const lastWell = store.fact('lastSuccess') ?? store.fact('firstRound') ?? startedAt;
    const stale = clock.now() - lastWell > longest * 2;
    return { state: late || stale ? 'error' : problems.length > 0 ? 'degraded' : 'ok', problems };
  };
  const links = (): SyncLink[] =>
    store
      .links()
      .filter((link) => link.state === 'live')
      .map(({ pair, aId, bId }) => ({ pair, aId, bId }));
  const service = createService({
    engine,
    credentials: config.credentials,
    cycle,
    status,
    links,
    log: config.log,
  });
  const link = ({ pair: slug, aId, bId }: SyncLink): void => {
    const pair = plan.pairs.find((one) => one.slug === slug);
    if (pair === undefined) throw new Error(`the plan holds no pair ${slug}`);
    store.atomic(() => {
      engine.stages.saveLink(store, { pair: slug, aId, bId, base: null, state: 'live', pending: null });
      store.markDirty({ side: 'a', entity: pair.entity.a, id: aId }, clock.now());
    });
  };
  return { cycle, status, links, link, fetch: async (request) => service.fetch(request as Request) };
}
