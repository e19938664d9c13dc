import * as fc from 'fast-check';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Target } from '../../drivers/ports.js';
import { checkSeed } from '../../run/seed.js';
import { historyArbitrary } from './history.js';
import { runHistory, type Outcome } from './run-history.js';
import type { Focus, History } from './step.js';

export type Found = { run: number; path: string; history: History; outcome: Outcome };
export type Played = { outcome: Outcome; found: Found | null };

export type SimulationInput = {
  plan: SyncPlan;
  target: Target;
  seed: number;
  length: number;
  focus?: Focus;
};

/** Plays the history of one run, and shrinks it when it fails. `path` begins where fast-check's replay begins. */
export async function playRun(
  input: SimulationInput,
  run: number,
  path?: string,
  shrinks = true,
): Promise<Played> {
  const arbitrary = historyArbitrary({ plan: input.plan, length: input.length, focus: input.focus });
  const seed = checkSeed(input.seed, `history-${run}`) | 0;
  let last: { history: History; outcome: Outcome } | null = null;
  let first: Outcome | null = null;
  const property = fc.asyncProperty(arbitrary, async (history) => {
    const outcome = await runHistory(history, input.plan, input.target);
    first ??= outcome;
    if (outcome.verdict !== 'fail') return true;
    if (first.verdict === 'fail' && outcome.invariant !== first.invariant) return true;
    last = { history, outcome };
    return false;
  });
  const details = await fc.check(property, {
    seed,
    numRuns: 1,
    path,
    endOnFailure: !shrinks,
    errorWithCause: true,
  } as fc.Parameters<[History]>);
  if (details.errorInstance !== null && details.errorInstance !== undefined && last === null)
    throw details.errorInstance;
  const failed = last as { history: History; outcome: Outcome } | null;
  if (first === null) throw new Error(`run ${run} played no history`);
  if (failed === null) return { outcome: first, found: null };
  return { outcome: first, found: { run, path: details.counterexamplePath ?? '0', ...failed } };
}
