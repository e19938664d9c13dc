import type { SyncPlan } from '../checklist/plan.js';
import type { Bundle } from '../checks/bundle.js';
import { runBundle } from '../checks/run-bundle.js';
import type { Target } from '../drivers/ports.js';
import type { CheckOutcome } from './record.js';
import { checkSeed } from './seed.js';
import type { Finished } from './vitest-runner.js';

export type SideBySide = {
  bundles: Bundle[];
  plan: SyncPlan;
  target: Target;
  seed: number;
  concurrency: number;
  /** How often each check is judged; it is verified when all of them are. */
  repeat: number;
  stopped: () => boolean;
  onFinished: (finished: Finished) => void;
};

/** Judges bundles in this process, many under way at a time, since most of the time is spent waiting for the sync. */
export async function runSideBySide(input: SideBySide): Promise<Finished[]> {
  const finished: Finished[] = [];
  const waiting = [...input.bundles];
  const worker = async (): Promise<void> => {
    for (let bundle = waiting.shift(); bundle !== undefined; bundle = waiting.shift()) {
      if (input.stopped()) return;
      for (const [id, outcome] of await judge(bundle, input)) {
        const one = { id, outcome, detail: '' };
        finished.push(one);
        input.onFinished(one);
      }
    }
  };
  await Promise.all(Array.from({ length: input.concurrency }, worker));
  return finished;
}

async function judge(bundle: Bundle, input: SideBySide): Promise<Map<string, CheckOutcome>> {
  const { plan, target, seed, repeat } = input;
  const judged = new Map<string, CheckOutcome[]>();
  for (let turn = 0; turn < repeat; turn++) {
    const own = turn === 0 ? bundle : { ...bundle, key: `${bundle.key}@${turn + 1}` };
    const outcomes = await runBundle(own, plan, target, (key) => checkSeed(seed + turn, key));
    if (repeat === 1) return outcomes;
    for (const [id, outcome] of outcomes) judged.set(id, [...(judged.get(id) ?? []), outcome]);
  }
  return new Map([...judged].map(([id, outcomes]) => [id, joined(outcomes)]));
}

/** n of m: only a check that is verified every time is verified. */
export function joined(outcomes: CheckOutcome[]): CheckOutcome {
  const good = outcomes.filter((one) => one.verdict === 'verified').length;
  const durationMs = outcomes.reduce((sum, one) => sum + one.durationMs, 0);
  const [first] = outcomes;
  const worst =
    outcomes.find((one) => one.verdict === 'error') ??
    outcomes.find((one) => one.verdict === 'failed') ??
    outcomes.find((one) => one.verdict === 'not-testable') ??
    first;
  if (worst === undefined) throw new Error('a check without any outcome cannot be joined');
  const count = `verified ${good} of ${outcomes.length} times`;
  if (worst.verdict === 'verified')
    return { ...worst, durationMs, steps: [...worst.steps, { text: count, status: 'passed' }] };
  const reason = worst.verdict === 'not-testable' ? worst.reason : `${count}: ${worst.reason ?? ''}`;
  return { ...worst, durationMs, reason };
}
