import { randomUUID } from 'node:crypto';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { exchangeOnce } from '../../contract/http/exchange-once.js';
import { wireResponse, type WireFetch } from '../../contract/wire.js';
import type { MakeBreakage } from '../../drivers/breakage.js';
import { createSync } from '../../sync/create-sync.js';
import type { SyncStore } from '../../sync/store/port.js';
import type { Credentials } from '../../sync/transport.js';
import type { Log } from './log.js';

export type SyncProcessOptions = {
  plan: SyncPlan;
  credentials: Record<Side, Credentials>;
  /** Way to both systems; left out: the network, each call bounded in time. */
  fetch?: WireFetch;
  store: SyncStore;
  workerId: string;
  /** Pause between two rounds; 0 leaves all rounds to the trigger. */
  pollMs: number;
  /** Pause between two readings of a whole listing for deletions that show by nothing else; left out: none. */
  scanMs?: number;
  makeBreakage: MakeBreakage;
  log: Log;
};

export type SyncProcess = {
  /** The sync's HTTP service. */
  fetch: WireFetch;
  /** Begins to work; until then only the service answers. */
  start(): void;
  /** Ends after the round that is under way, or without it when that takes longer than `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

const LIMITS = { connectMs: 10_000, answerMs: 30_000, maxBytes: 50_000_000 };

/** The reference sync, correct or broken, on the real clock and the network. */
export function createSyncProcess(options: SyncProcessOptions): SyncProcess {
  const { plan, store, log, pollMs } = options;
  const ended = new AbortController();
  const breakage = options.makeBreakage({ now: Date.now, plan, log, memory: new Map() });
  const outward = options.fetch ?? boundedFetch;
  const broken = breakage.fetch?.(outward) ?? outward;
  const sync = createSync({
    plan: breakage.plan?.(plan) ?? plan,
    credentials: options.credentials,
    store: breakage.store?.(store) ?? store,
    fetch: (request) => (ended.signal.aborted ? Promise.reject(new Stopped()) : broken(request)),
    clock: { now: Date.now, sleep: (ms) => pause(ms, ended.signal) },
    ids: randomUUID,
    log,
    workerId: options.workerId,
    scanMs: options.scanMs ?? 0,
    stages: breakage.stages ?? {},
  });
  const rest = new AbortController();

  const work = async (): Promise<void> => {
    while (!rest.signal.aborted) {
      await sync.cycle().catch((error: unknown) => {
        if (!(error instanceof Stopped)) log({ event: 'cycle-failed', problem: nameOf(error) });
      });
      await pause(pollMs, rest.signal).catch(() => undefined);
    }
  };
  let working: Promise<void> = Promise.resolve();

  const service = breakage.service?.(sync.fetch) ?? sync.fetch;
  const answer: WireFetch = async (request) => {
    const { pathname } = new URL(request.url);
    if (rest.signal.aborted) return json({ error: 'shutting down' }, 503);
    if (pathname === '/status' && request.method === 'GET' && breakage.status !== undefined)
      return json(breakage.status(await sync.status()), 200);
    return service(request);
  };
  return {
    fetch: answer,
    start() {
      if (pollMs > 0) working = work();
    },
    async stop(graceMs) {
      rest.abort();
      const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), graceMs).unref());
      const isLate = await Promise.race([working.then(() => false), late]);
      ended.abort();
      if (isLate) log({ event: 'round-cut-off' });
      store.close();
    },
  };
}

/** A call without an answer in time is a network failure: its outcome is unknown. */
const boundedFetch: WireFetch = async (request) => {
  const { method, url, headers } = request;
  const body = request.body === null ? null : await request.text();
  return exchangeOnce({ method, url, headers, body }, LIMITS);
};

/** The process is ending: the work stops where it is and goes on after the next start. */
class Stopped extends Error {}

const json = (body: unknown, status: number) =>
  wireResponse(JSON.stringify(body), status, { 'content-type': 'application/json' });

/** Messages of errors may hold values of records; their names do not. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Stopped());
    const stop = () => {
      clearTimeout(timer);
      reject(new Stopped());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
