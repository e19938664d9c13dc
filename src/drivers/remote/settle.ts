import type { Look, Settled } from '../ports.js';
import { Interrupted } from './guard.js';
import type { RunState } from './run-state.js';

/** What a wait needs of its world: a look at all its records, and what is read from while an expectation is asked. */
export type Watched = {
  /** Reads both systems; gives the own records as one text. */
  refresh(): Promise<string>;
  /** Asks whether what is expected is there, on what was read. */
  during<T>(ask: () => Promise<T>): Promise<T>;
  /** When the last change of the harness was made, epoch ms. */
  changedAt(): number;
};

type Waiting = Pick<RunState, 'clock' | 'stoodStill' | 'settings' | 'door' | 'stopped' | 'latencies'>;

/** Pauses grow by so much, up to so many times the first one. */
const GROWTH = 1.5;
const LONGEST = 8;

/**
 * Looks with growing pauses until what is expected is there, or the budget is over; then nothing may change for the
 * quiet period. Where nothing is expected, the sync gets the whole time in which it could have done something. Time in
 * which the harness itself stood still is none that the sync had.
 * Errors: `Interrupted`, and those of the looks.
 */
export async function settle(
  run: Waiting,
  world: Watched,
  purpose: string,
  look: Look | undefined,
): Promise<Settled> {
  const { clock, settings, door } = run;
  const awake = () => clock.now() - run.stoodStill();
  const began = awake();
  const deadline = began + settings.settleMs;
  const isThereYet = look ?? absence(run, () => awake() - began);
  let pause = settings.pollMs;
  let last: string | null = null;
  let changed = began;
  let seen: number | null = null;
  let seenAt = 0;
  for (let rounds = 1; ; rounds++) {
    if (run.stopped()) throw new Interrupted();
    await door.nudge();
    const asked = awake();
    const state = await world.refresh();
    const isThere = await world.during(isThereYet);
    const now = awake();
    if (state !== last) {
      changed = asked;
      if (last !== null) pause = settings.pollMs;
      last = state;
    }
    if (isThere && seen === null) {
      seen = now;
      seenAt = clock.now();
      pause = settings.pollMs;
    }
    if (!isThere) seen = null;
    const waitedMs = now - began;
    if (seen !== null && asked - Math.max(changed, seen) >= settings.quietMs) {
      if (look !== undefined) run.latencies.push({ check: purpose, ms: seenAt - world.changedAt() });
      return { quiescent: true, rounds, waitedMs };
    }
    if (seen === null && now >= deadline) {
      const isStill = asked - changed >= settings.quietMs;
      return { quiescent: isStill, rounds, waitedMs, late: { waitedMs, budgetMs: settings.settleMs } };
    }
    if (now >= deadline + settings.settleMs) return { quiescent: false, rounds, waitedMs };
    const quietLeft = seen === null ? pause : Math.max(1, Math.max(changed, seen) + settings.quietMs - now);
    await clock.sleep(Math.min(pause, quietLeft));
    pause = Math.min(pause * GROWTH, settings.pollMs * LONGEST);
  }
}

/** Nothing is expected: two whole turns of a sync that is triggered, else the time that it gets. */
function absence({ settings, door }: Waiting, waited: () => number): Look {
  const firstTurn = door.turns();
  return async () =>
    settings.sync.kind === 'trigger' ? door.turns() >= firstTurn + 2 : waited() >= settings.absenceMs;
}
