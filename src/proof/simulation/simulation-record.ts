import { STEP_KINDS, TROUBLES, type StepKind } from './step.js';
import type { Found, Played } from './simulate.js';

/** Steps of other tools' catalogues that these systems or this sync do not offer, each with its reason. */
export const NOT_OFFERED: { what: string; reason: string }[] = [
  { what: 'merge of two records', reason: 'neither system merges records in one call' },
  { what: 'partial batch', reason: 'the sync sends no batches' },
];

/** `reports/simulation.json`. */
export type SimulationRecord = {
  schema: 'syncproof.simulation/1';
  seed: number;
  runs: number;
  operations: number;
  durationMs: number;
  verdicts: { pass: number; fail: number; inconclusive: number; 'not-applicable': number };
  /** How often each kind of step did something, and how often each kind of trouble met a call. */
  commands: Record<string, number>;
  troubles: Record<string, number>;
  notOffered: { what: string; reason: string }[];
  /** Kinds that never did anything: the run is then not green. */
  unexercised: string[];
  failures: { run: number; invariant: string; reason: string; steps: string[]; replay: string }[];
};

export type Tally = Pick<SimulationRecord, 'runs' | 'operations' | 'verdicts' | 'commands' | 'troubles'> & {
  found: Found[];
};

export function emptyTally(): Tally {
  return {
    runs: 0,
    operations: 0,
    verdicts: { pass: 0, fail: 0, inconclusive: 0, 'not-applicable': 0 },
    commands: Object.fromEntries(STEP_KINDS.map((kind) => [kind, 0])),
    troubles: Object.fromEntries([...TROUBLES, 'race', 'kill'].map((name) => [name, 0])),
    found: [],
  };
}

export function addPlayed(tally: Tally, { outcome, found }: Played): void {
  tally.runs += 1;
  tally.operations += outcome.operations;
  tally.verdicts[outcome.verdict] += 1;
  const add = (into: Record<string, number>, from: Map<string, number>) => {
    for (const [name, count] of from) into[name] = (into[name] ?? 0) + count;
  };
  add(tally.commands, outcome.played as Map<StepKind, number>);
  add(tally.troubles, outcome.met);
  if (found !== null) tally.found.push(found);
}

/** Kinds of steps and of troubles that no history exercised. */
export function unexercised({ commands, troubles }: Tally): string[] {
  return [...Object.entries(commands), ...Object.entries(troubles)].flatMap(([name, count]) =>
    count === 0 ? [name] : [],
  );
}
