import * as fc from 'fast-check';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Target } from '../../drivers/ports.js';
import { checkSeed } from '../../run/seed.js';
import { historyArbitrary } from './history.js';
import { runHistory, type Outcome } from './run-history.js';
import type { Focus, History } from './step.js';

/** A history that fails, shrunk; `path` is where fast-check found it among the simpler ones. */
export type Found = { run: number; path: string; history: History; outcome: Outcome };

export type SimulationInput = {
  plan: SyncPlan;
  target: Target;
  seed: number;
  length: number;
  focus?: Focus;
};

/** Arbitraries are costly to make and hold no state. */
const made = new WeakMap<SyncPlan, Map<string, fc.Arbitrary<History>>>();

function arbitraryOf({ plan, length, focus }: SimulationInput): fc.Arbitrary<History> {
  const own = made.get(plan) ?? new Map<string, fc.Arbitrary<History>>();
  made.set(plan, own);
  const key = `${length} ${focus ?? ''}`;
  const found = own.get(key) ?? historyArbitrary({ plan, length, focus });
  own.set(key, found);
  return found;
}

const seedOf = (seed: number, run: number): number => checkSeed(seed, `history-${run}`) | 0;

/** The history of one run: a function of the seed and the number of the run alone. */
export function historyOf(input: SimulationInput, run: number): History {
  const [history] = fc.sample(arbitraryOf(input), { seed: seedOf(input.seed, run), numRuns: 1 });
  if (history === undefined) throw new Error(`run ${run} has no history`);
  return history;
}

/** Plays the history of one run. */
export function playRun(input: SimulationInput, run: number): Promise<Outcome> {
  return runHistory(historyOf(input, run), input.plan, input.target);
}

/**
 * Plays the history of one run, and simpler ones as long as they break the same invariant. Gives null where it does not
 * fail. `path` begins where an earlier search ended.
 */
export async function shrinkRun(input: SimulationInput, run: number, path?: string): Promise<Found | null> {
  let first: Outcome | null = null;
  let last: { history: History; outcome: Outcome } | null = null;
  const property = fc.asyncProperty(arbitraryOf(input), async (history) => {
    const outcome = await runHistory(history, input.plan, input.target);
    first ??= outcome;
    if (outcome.verdict !== 'fail') return true;
    if (first.verdict === 'fail' && outcome.invariant !== first.invariant) return true;
    last = { history, outcome };
    return false;
  });
  const details = await fc.check(property, {
    seed: seedOf(input.seed, run),
    numRuns: 1,
    path,
    errorWithCause: true,
  } as fc.Parameters<[History]>);
  if (details.errorInstance !== null && details.errorInstance !== undefined && last === null)
    throw details.errorInstance;
  const failed = last as { history: History; outcome: Outcome } | null;
  return failed === null ? null : { run, path: details.counterexamplePath ?? '0', ...failed };
}

/**
 * How many histories it takes until one fails that does not fail against the correct sync; null when none of `most`
 * does.
 */
export async function huntFailure(
  input: SimulationInput,
  correct: Target,
  most: number,
): Promise<{ histories: number; invariant: string } | null> {
  for (let run = 0; run < most; run++) {
    const outcome = await playRun(input, run);
    if (outcome.verdict !== 'fail') continue;
    const { verdict } = await playRun({ ...input, target: correct }, run);
    if (verdict !== 'fail') return { histories: run + 1, invariant: outcome.invariant ?? '' };
  }
  return null;
}
