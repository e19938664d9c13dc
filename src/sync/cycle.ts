import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { SyncProblem } from '../drivers/ports.js';
import { ClientError } from './client-error.js';
import { problem, recordKey, type Engine } from './pair-context.js';
import { UNUSABLE, MalformedAnswer } from './malformed-answer.js';
import { pollAll } from './poll-all.js';
import { reconcileLink } from './reconcile-link.js';
import { reconcileNew } from './reconcile-new.js';
import type { DirtyEntry } from './store/port.js';
import { UnlinkedReference, WAITS } from './transform.js';

export type CycleResult = { ran: boolean; dirtyLeft: number };

const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 50;
const SIDES: Side[] = ['a', 'b'];

/** One round: read what changed on both sides, then work it off in the order of references (I14, I19, I22). */
export async function runCycle(engine: Engine, workerId: string): Promise<CycleResult> {
  const { store, clock } = engine;
  const lease = leaseOf(engine, workerId);
  if (!lease.keep()) return NOT_RUN;
  try {
    noteRound(engine);
    const unchanged = new Set<string>();
    const reachable = await pollAll(engine, unchanged, lease.keep);
    for (let pass = 0; pass < 3; pass++) {
      for (const entry of dueEntries(engine)) {
        if (!lease.keep()) return NOT_RUN;
        const known =
          engine.stages.passOverKnown() &&
          pass === 0 &&
          entry.attempts === 0 &&
          unchanged.has(recordKey(entry.side, entry.entity, entry.id));
        if (known) store.settleDirty(entry, entry.mark);
        else await work(engine, entry);
      }
    }
    if (reachable) store.setFact('lastSuccess', clock.now());
  } finally {
    store.releaseLease(workerId);
  }
  return {
    ran: true,
    dirtyLeft: store.dirty().filter((entry) => !entry.waiting && entry.attempts > 0).length,
  };
}

const NOT_RUN: CycleResult = { ran: false, dirtyLeft: 1 };

/** Takes the lease, and takes it again once half of it is over; false when another worker holds it (I18). */
function leaseOf({ store, clock }: Engine, workerId: string): { keep(): boolean } {
  let renewAt = 0;
  return {
    keep() {
      const now = clock.now();
      if (now < renewAt) return true;
      renewAt = now + LEASE_MS / 2;
      return store.takeLease(workerId, now, now + LEASE_MS);
    },
  };
}

/** What this process remembers of records holds only as long as no other worker had a round (I18). */
function noteRound(engine: Engine): void {
  const { store } = engine;
  const round = store.fact('rounds') ?? 0;
  if (round !== engine.round) {
    engine.reconciled.clear();
    engine.polled.clear();
  }
  engine.round = round + 1;
  /** A sync that is started over and over and never has a whole round is not well for that (I24). */
  if (store.fact('firstRound') === null) store.setFact('firstRound', engine.clock.now());
  store.setFact('rounds', engine.round);
}

/** What can be worked on now: referred entities before those that refer to them, older marks first. */
function dueEntries(engine: Engine): DirtyEntry[] {
  const now = engine.clock.now();
  const rank = new Map<string, number>();
  dependencyOrder(engine.plan.pairs).forEach((pair, index) => {
    for (const side of SIDES) rank.set(`${side} ${pair.entity[side]}`, index);
  });
  const order = (entry: DirtyEntry) => rank.get(`${entry.side} ${entry.entity}`) ?? 0;
  return engine.store
    .dirty()
    .filter((entry) => !entry.waiting && entry.notBefore <= now)
    .toSorted((one, two) => order(one) - order(two));
}

const orders = new WeakMap<PairPlan[], PairPlan[]>();

/** Pairs so that each comes after those its rows and connections refer to; worked out once for a plan. */
function dependencyOrder(pairs: PairPlan[]): PairPlan[] {
  let order = orders.get(pairs);
  if (order === undefined) {
    order = inDependencyOrder(pairs);
    orders.set(pairs, order);
  }
  return order;
}

function inDependencyOrder(pairs: PairPlan[]): PairPlan[] {
  const ordered: PairPlan[] = [];
  const seen = new Set<string>();
  const visit = (pair: PairPlan): void => {
    if (seen.has(pair.slug)) return;
    seen.add(pair.slug);
    const rows = pair.rows.flatMap((row) => (row.transform.kind === 'lines' ? row.transform.rows : [row]));
    const needs = rows.flatMap((row) => (row.transform.kind === 'reference' ? [row.transform.pair] : []));
    const connected = [pair.creation.a, pair.creation.b].flatMap((rule) =>
      rule?.kind === 'connected' ? rule.to.map((one) => one.pair) : [],
    );
    for (const slug of [...needs, ...connected]) {
      const needed = pairs.find((one) => one.slug === slug);
      if (needed !== undefined) visit(needed);
    }
    ordered.push(pair);
  };
  pairs.forEach(visit);
  return ordered;
}

async function work(engine: Engine, entry: DirtyEntry): Promise<void> {
  const { store, clock } = engine;
  const waits: string[] = [];
  for (const pair of dependencyOrder(engine.plan.pairs)) {
    if (pair.entity[entry.side] !== entry.entity) continue;
    try {
      const link = store.linkOf(pair.slug, entry.side, entry.id);
      if (link === null) await reconcileNew(engine, pair, entry.side, entry.id);
      else await reconcileLink(engine, pair, link);
      endWaiting(engine, pair, entry);
    } catch (error) {
      const then = engine.stages.afterFailure(error);
      if (error instanceof UnlinkedReference) {
        waits.push(...error.refs);
        report(engine, pair, entry, error);
      } else if (then === 'forget') continue;
      else if (then === 'again' && entry.attempts < MOST_ATTEMPTS) {
        if (error instanceof MalformedAnswer) report(engine, pair, entry, error);
        const asked = error instanceof ClientError ? error.retryAfterMs : 0;
        const wait = Math.max(Math.min(1000 * 2 ** entry.attempts, 60_000), asked);
        store.postpone(entry, entry.mark, entry.attempts + 1, clock.now() + wait);
        return;
      } else report(engine, pair, entry, error);
    }
  }
  if (waits.length > 0) store.waitFor(entry, entry.mark, waits);
  else store.settleDirty(entry, entry.mark);
}

/** A record that waited for another one, or for an answer that can be used, is no longer reported. */
function endWaiting({ store }: Engine, pair: PairPlan, entry: DirtyEntry): void {
  const isOver = ({ message }: SyncProblem) => message.startsWith(WAITS) || message.startsWith(UNUSABLE);
  const { side, id } = entry;
  const waited = store
    .problems()
    .some((one) => one.pair === pair.slug && one.side === side && one.recordId === id && isOver(one));
  if (waited) store.setProblems(pair.slug, side, id, []);
}

/** A record that cannot be synchronised is set aside and named; it does not hold up others (I22, I23). */
function report(engine: Engine, pair: PairPlan, entry: DirtyEntry, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const field = error instanceof ClientError ? error.field : null;
  engine.store.setProblems(pair.slug, entry.side, entry.id, [
    problem(pair, entry.side, entry.id, field, message),
  ]);
}
