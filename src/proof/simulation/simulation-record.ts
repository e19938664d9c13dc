import type { Policies } from '../../checklist/policies.js';
import type { Outcome } from './run-history.js';
import { STEP_KINDS, TROUBLES } from './step.js';

/** Steps of the catalogue that these systems or this sync do not offer, each with what is played instead. */
export const NOT_OFFERED: { what: string; reason: string }[] = [
  {
    what: 'a merge in one call',
    reason: 'neither system offers it; the calls that a merge consists of are played one by one',
  },
  {
    what: 'a batch that is refused in part',
    reason: 'the sync sends no batches; of several writes every second one is refused',
  },
];

/** `reports/simulation.json`. */
export type SimulationRecord = {
  schema: 'syncproof.simulation/1';
  seed: number;
  runs: number;
  operations: number;
  durationMs: number;
  verdicts: Record<Outcome['verdict'], number>;
  /** How often each kind of step did something, and how often each kind of trouble met a call. */
  commands: Record<string, number>;
  troubles: Record<string, number>;
  /** Reasons why histories were inconclusive or not applicable, and how many were for each. */
  reasons: Record<string, number>;
  notOffered: { what: string; reason: string }[];
  /** Kinds that never did anything: the run is then not green. */
  unexercised: string[];
  failures: FailedHistory[];
};

export type FailedHistory = {
  run: number;
  policies: Partial<Policies>;
  invariant: string;
  reason: string;
  steps: string[];
  replay: string;
  /** File that holds the history as data. */
  file: string;
};

export type Tally = Pick<
  SimulationRecord,
  'runs' | 'operations' | 'verdicts' | 'commands' | 'troubles' | 'reasons'
> & { failed: number[] };

/** Disturbances that a step of their own arms, beside the troubles. */
const ARMED = ['race', 'kill'];

export function emptyTally(): Tally {
  return {
    runs: 0,
    operations: 0,
    verdicts: { pass: 0, fail: 0, inconclusive: 0, 'not-applicable': 0 },
    commands: Object.fromEntries(STEP_KINDS.map((kind) => [kind, 0])),
    troubles: Object.fromEntries([...TROUBLES, ...ARMED].map((name) => [name, 0])),
    reasons: {},
    failed: [],
  };
}

export function addOutcome(tally: Tally, run: number, outcome: Outcome): void {
  tally.runs += 1;
  tally.operations += outcome.operations;
  tally.verdicts[outcome.verdict] += 1;
  for (const [name, count] of outcome.played) tally.commands[name] = (tally.commands[name] ?? 0) + count;
  for (const [name, count] of outcome.met) tally.troubles[name] = (tally.troubles[name] ?? 0) + count;
  if (outcome.verdict === 'fail') tally.failed.push(run);
  else if (outcome.reason !== null) tally.reasons[outcome.reason] = (tally.reasons[outcome.reason] ?? 0) + 1;
}

/** Kinds of steps, and of troubles that met a call, that no history exercised. */
export function unexercised({ commands, troubles }: Pick<Tally, 'commands' | 'troubles'>): string[] {
  const never = (counts: Record<string, number>) =>
    Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [name] : []));
  return [...never(commands), ...never(troubles).map((name) => `${name} (met by no call)`)];
}
