import type { Capability, NotTestable } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { SystemContract } from '../../contract/api-description.js';
import { withAdapter } from '../../contract/http/adapter.js';
import { tokenSource, urlsOf } from '../../contract/http/token-url.js';
import type { WireFetch, WireRequest } from '../../contract/wire.js';
import { httpSystem } from '../http-system.js';
import { restrictPlan } from '../restrict-plan.js';
import { SystemError, type System, type Target } from '../ports.js';
import { Guard } from './guard.js';
import { isMarkedRepeatable, withIdempotency } from './idempotency.js';
import { isOf } from './request-kind.js';
import type { Ledger } from './ledger.js';
import { Limiter } from './limiter.js';
import { reasonFor } from './not-offered.js';
import type { Redactor } from './redact.js';
import type { LatencySample, RunState } from './run-state.js';
import { WorldTags } from './run-tag.js';
import type { RemoteClock, RemoteSettings } from './settings.js';
import { sweep, type Swept } from './sweep.js';
import { openSyncDoor } from './sync-access.js';
import { watchEntity, type Watch } from './watch.js';
import { RemoteWorld } from './world.js';

export type RemoteInput = {
  plan: SyncPlan;
  settings: RemoteSettings;
  /** How requests leave; over the network, or to something in this process. */
  send: WireFetch;
  clock: RemoteClock;
  /** How long this process stood still so far, ms; left out: never. */
  stoodStill?: () => number;
  ledger: Pick<Ledger, 'write'>;
  redactor: Redactor;
  stopped: () => boolean;
  ids: () => string;
  /** `<side> <entity> <id>` of what an earlier run made. */
  made?: Set<string>;
};

export type RemoteTarget = Target & {
  latencies: LatencySample[];
  /** Asks both systems for a page of every entity, before anything is made. Errors: `SystemError`. */
  preflight(): Promise<void>;
  /** Removes all records of the run and proves it by listing. */
  sweep(): Promise<Swept>;
};

/** Clocks of the systems may differ by so much, ms. */
const SKEW_MS = 60_000;

/** A deployed sync between two systems that are shared with others, reached over their APIs alone. */
export function remoteTarget(input: RemoteInput): RemoteTarget {
  const { settings, clock } = input;
  const plan = located(input.plan, settings);
  let seq = 0;
  const nextSeq = () => (seq += 1);
  const reach = (side: Side): { system: System; cleaner: System } => {
    const contract = plan.systems[side];
    const guard = guardOf(input, side, contract, nextSeq);
    const { credentials, adapt = null } = settings.systems[side];
    const seen = (fetch: WireFetch) => (adapt === null ? fetch : withAdapter(contract.api, adapt, fetch));
    const careful = (fetch: WireFetch) =>
      demandFound(withIdempotency(contract, seen(fetch), input.ids), contract);
    return {
      system: httpSystem(side, contract, careful(guard.fetch), credentials),
      cleaner: httpSystem(side, contract, careful(guard.cleanupFetch), credentials),
    };
  };
  const [a, b] = [reach('a'), reach('b')];
  const open: RunState['open'] = new Set();
  const watches = new Map<string, Watch>();
  const systems = { a: a.system, b: b.system };
  const cleaners = { a: a.cleaner, b: b.cleaner };
  const since = (side: Side) => () => {
    if (plan.systems[side].api.record.updatedAt === null || open.size === 0) return undefined;
    return Math.min(...[...open].map((world) => world.since)) - SKEW_MS;
  };
  const run: RunState = {
    plan,
    settings,
    clock,
    stoodStill: input.stoodStill ?? (() => 0),
    systems,
    cleaners,
    watch(side, entity) {
      const key = `${side} ${entity}`;
      const spec = plan.systems[side].entities.find((one) => one.name === entity);
      const watch =
        watches.get(key) ??
        watchEntity({
          system: cleaners[side],
          entity,
          runTag: settings.runTag,
          since: since(side),
          onOthers: ({ id, fields }) => {
            if (!run.made.has(`${side} ${entity} ${id}`)) input.redactor.addOthers(fields, spec);
          },
        });
      watches.set(key, watch);
      return watch;
    },
    door: openSyncDoor(settings.sync, syncFetch(input, nextSeq)),
    ledger: input.ledger,
    redactor: input.redactor,
    stopped: input.stopped,
    latencies: [],
    open,
    made: input.made ?? new Set(),
  };
  const capabilities = capabilitiesOf(plan, settings);
  const tags = new WorldTags(settings.runTag);
  return {
    name: 'remote',
    capabilities,
    latencies: run.latencies,
    lacks: (missing): NotTestable => reasonFor(missing),
    async open(pairs, seed, { purpose = `world ${seed}` } = {}) {
      const own = restrictPlan(plan, pairs).pairs;
      return new RemoteWorld(run, purpose, tags.next(purpose), own, capabilities).asWorld();
    },
    async preflight() {
      for (const side of ['a', 'b'] as const) {
        const entities = new Set(plan.pairs.map((pair) => pair.entity[side]));
        for (const entity of entities) await systems[side].list(entity, clock.now() - SKEW_MS);
      }
      await run.door.status?.();
      await run.door.links?.();
    },
    sweep: () =>
      sweep({
        systems: cleaners,
        pairs: plan.pairs,
        runTag: settings.runTag,
        isMade: ({ side, entity, id }) => run.made.has(`${side} ${entity} ${id}`),
        quietMs: settings.quietMs,
        clock,
        onRemoved: ({ side, entity, id }) => input.ledger.write({ event: 'gone', side, entity, id }),
      }),
  };
}

/** The plan with the systems where the profile says that they are. */
export function located(plan: SyncPlan, settings: RemoteSettings): SyncPlan {
  const at = (side: Side): SystemContract => {
    const contract = plan.systems[side];
    const baseUrl = settings.systems[side].baseUrl.replace(/\/+$/, '');
    return { ...contract, api: { ...contract.api, baseUrl } };
  };
  return { ...plan, systems: { a: at('a'), b: at('b') } };
}

function capabilitiesOf(plan: SyncPlan, { sync }: RemoteSettings): ReadonlySet<Capability> {
  const offered = new Set<Capability>();
  if (sync.links !== null) offered.add('links');
  if (sync.status !== null) offered.add('errors');
  if ((plan.systems.b.api.routes.restore ?? null) !== null) offered.add('restore');
  return offered;
}

function guardOf(input: RemoteInput, side: Side, contract: SystemContract, nextSeq: () => number): Guard {
  const { settings, clock, redactor, stopped, send } = input;
  return new Guard({
    name: contract.name,
    origins: urlsOf(contract.api).map((url) => new URL(url).origin),
    send,
    limiter: new Limiter(settings.systems[side].limits ?? settings, clock),
    redactor,
    clock,
    outageMs: settings.outageMs,
    patienceMs: settings.settleMs,
    isRepeatable: (request) => request.method === 'PATCH' || isMarkedRepeatable(request),
    tokens: tokenSource(contract.api),
    stopped,
    nextSeq,
  });
}

/** Requests to the sync leave for the hosts of its URLs only. */
function syncFetch(input: RemoteInput, nextSeq: () => number): WireFetch {
  const { sync } = input.settings;
  const origins = [sync.url, sync.status, sync.links].flatMap((url) =>
    url === null ? [] : [new URL(url).origin],
  );
  const guards = new Map(
    origins.map((origin) => [
      origin,
      new Guard({
        name: 'the sync',
        origins: [origin],
        send: input.send,
        limiter: new Limiter(input.settings, input.clock),
        redactor: input.redactor,
        clock: input.clock,
        outageMs: input.settings.outageMs,
        patienceMs: input.settings.settleMs,
        isRepeatable: () => true,
        tokens: null,
        stopped: input.stopped,
        nextSeq,
      }),
    ]),
  );
  return async (request) => {
    const guard = guards.get(new URL(request.url).origin);
    if (guard === undefined)
      throw new SystemError('the sync', request.method, request.url, null, 'no host that the profile names');
    return guard.fetch(request);
  };
}

/** A collection that is not there is a wrong address, not an empty list. */
function demandFound(fetch: WireFetch, contract: SystemContract): WireFetch {
  return async (request: WireRequest) => {
    const answer = await fetch(request);
    const isWhole = isOf('create', contract, request) || isOf('list', contract, request);
    if (answer.status !== 404 || !isWhole) return answer;
    throw new SystemError(
      contract.name,
      request.method,
      request.url,
      404,
      'there is no such collection; see baseUrl',
    );
  };
}
