import { join } from 'node:path';
import type { Policies } from '../../checklist/policies.js';
import { writeWhole } from '../../files/write-file.js';
import { policyVariants } from '../../proof/variants.js';
import type { HistoryFile } from '../../proof/simulation/history-file.js';
import type { Found } from '../../proof/simulation/simulate.js';
import {
  addOutcome,
  emptyTally,
  NOT_OFFERED,
  unexercised,
  type FailedHistory,
  type SimulationRecord,
  type Tally,
} from '../../proof/simulation/simulation-record.js';
import { tellHistory } from '../../proof/simulation/tell.js';
import { EXIT } from '../exit-codes.js';
import { shown } from '../package-root.js';
import { createProgress, isInteractive } from '../progress.js';
import { needWritable } from './need-writable.js';
import { inOrder, Pool } from './pool.js';
import { renderSimulation } from './render.js';
import { replayLine } from './replay-line.js';
import { sceneOf, type Setting } from './setting.js';
import type { Results, Task } from './tasks.js';

export type SimulationOptions = {
  setting: Setting;
  /** Every policy in turn: history n is played under policy set n, and so on. */
  everyPolicy: boolean;
  runs: number;
  seed: number;
  length: number;
  threads: number;
  outDir: string;
  json: boolean;
};

/** Histories that are shrunk and told; further failures are counted only. */
const MOST_TOLD = 3;
/** Histories of one task: few enough that the threads end together, enough that handing out costs nothing. */
const CHUNK = 20;

/** Plays the histories; 0 only when none fails, some pass and every kind of step and trouble was exercised. */
export async function executeSimulation(options: SimulationOptions): Promise<number> {
  await needWritable(options.outDir);
  const settings = settingsOf(options);
  for (const setting of settings) await sceneOf(setting);
  const started = performance.now();
  const pool = new Pool(options.threads);
  const tally = emptyTally();
  const record: SimulationRecord = { ...headOf(options), ...emptyHead(tally), failures: [] };
  try {
    await playAll(pool, options, settings, tally);
    for (const run of tally.failed.slice(0, MOST_TOLD)) {
      const setting = settings[run % settings.length] ?? options.setting;
      const found = await pool.do<'shrink'>({ ...taskOf(options, setting), kind: 'shrink', run });
      if (found === null) throw new Error(`history ${run} failed, and did not when it was played again`);
      record.failures.push(await tellFailure(options, setting, found));
    }
  } finally {
    await pool.close();
  }
  const { failed: _failed, ...counts } = tally;
  Object.assign(record, counts, {
    durationMs: Math.round(performance.now() - started),
    unexercised: unexercised(tally),
  });
  const path = join(options.outDir, 'simulation.json');
  await writeWhole(path, `${JSON.stringify(record, null, 2)}\n`);
  const text = options.json
    ? JSON.stringify(record, null, 2)
    : renderSimulation(record, options.length, shown(path));
  process.stdout.write(`${text}\n`);
  if (record.verdicts.fail > 0) return EXIT.failed;
  return record.verdicts.pass === 0 || record.unexercised.length > 0 ? EXIT.notVerified : EXIT.ok;
}

function settingsOf({ setting, everyPolicy }: SimulationOptions): Setting[] {
  if (!everyPolicy) return [setting];
  const all: Partial<Policies>[] = [{}, ...policyVariants()];
  return all.map((policies) => ({ ...setting, policies: { ...policies, ...setting.policies } }));
}

const taskOf = ({ seed, length }: SimulationOptions, setting: Setting) => ({ setting, seed, length });

const headOf = ({ seed }: SimulationOptions) => ({
  schema: 'syncproof.simulation/1' as const,
  seed,
  durationMs: 0,
  notOffered: NOT_OFFERED,
});

const emptyHead = ({ failed: _failed, ...counts }: Tally) => ({ ...counts, unexercised: [] });

async function playAll(
  pool: Pool,
  options: SimulationOptions,
  settings: Setting[],
  tally: Tally,
): Promise<void> {
  const progress = createProgress(options.runs, process.stderr, isInteractive(process.stderr), 'histories');
  const take = (played: Results['play']): boolean => {
    for (const { run, outcome } of played) {
      addOutcome(tally, run, outcome);
      if (!options.json) progress.step('', outcome.verdict === 'fail' ? 'failed' : 'verified');
    }
    // Against a faulty sync one history that finds it is enough.
    return options.setting.fault === null || tally.failed.length === 0;
  };
  await inOrder<'play'>(pool, chunks(options, settings), take);
  progress.done();
}

function* chunks(
  options: SimulationOptions,
  settings: Setting[],
): Generator<Extract<Task, { kind: 'play' }>> {
  const stride = settings.length;
  for (let from = 0; from < options.runs; from += CHUNK * stride)
    for (const [index, setting] of settings.entries()) {
      const runs: number[] = [];
      for (let run = from + index; run < Math.min(from + CHUNK * stride, options.runs); run += stride)
        runs.push(run);
      if (runs.length > 0) yield { ...taskOf(options, setting), kind: 'play', runs };
    }
}

async function tellFailure(
  options: SimulationOptions,
  setting: Setting,
  { run, path, history, outcome }: Found,
): Promise<FailedHistory> {
  const file = join(options.outDir, 'simulation', `history-${run}.json`);
  const held: HistoryFile = {
    schema: 'syncproof.history/1',
    was: outcome.reason ?? '',
    invariant: outcome.invariant,
    policies: setting.policies,
    fault: setting.fault,
    history,
  };
  await writeWhole(file, `${JSON.stringify(held, null, 2)}\n`);
  const { plan } = await sceneOf(setting);
  return {
    run,
    policies: setting.policies,
    invariant: outcome.invariant ?? '',
    reason: outcome.reason ?? '',
    steps: tellHistory(history, plan),
    replay: replayLine(setting, options, `${run}:${path}`),
    file: shown(file),
  };
}
