import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SyncPlan } from '../checklist/plan.js';
import type { MakeBreakage } from '../drivers/breakage.js';
import type { Target } from '../drivers/ports.js';
import { writeWhole } from '../files/write-file.js';
import { FAULTS } from '../proof/faults/catalogue.js';
import type { Fault } from '../proof/faults/fault.js';
import { playRun, type Found } from '../proof/simulation/simulate.js';
import {
  addPlayed,
  emptyTally,
  NOT_OFFERED,
  unexercised,
  type SimulationRecord,
  type Tally,
} from '../proof/simulation/simulation-record.js';
import { tellHistory } from '../proof/simulation/tell.js';
import { variantOf } from '../proof/variants.js';
import { EXIT } from './exit-codes.js';
import { bundledDocument, specFolder, shown } from './package-root.js';
import { prepare, type Prepared } from './prepare.js';
import { prepareVariant } from './proof-suite.js';
import { UsageError } from './usage-error.js';

type Options = {
  documentPath: string | null;
  profilePath: string | null;
  runs: number;
  seed: number;
  length: number;
  replay: { run: number; path: string } | null;
  fault: number | null;
  outDir: string;
  json: boolean;
};

type Worlds = {
  referenceTarget(plan: SyncPlan, via: 'direct', options: { breakage?: MakeBreakage }): Target;
};

/** Histories that are shrunk and told; further failures are counted only. */
const MOST_TOLD = 3;

/** Plays the histories; 0 only when none fails, some pass and every kind of step and trouble was exercised. */
export async function executeSimulation(options: Options): Promise<number> {
  const fault = faultOf(options.fault);
  const { compiled } = await prepared(options, fault);
  const worlds = (await import(pathToFileURL(join(specFolder(), 'in-process-world.js')).href)) as Worlds;
  const target = worlds.referenceTarget(compiled.plan, 'direct', { breakage: fault?.make });
  const input = { plan: compiled.plan, target, seed: options.seed, length: options.length };
  const started = performance.now();
  const tally = emptyTally();
  if (options.replay !== null)
    addPlayed(tally, await playRun(input, options.replay.run, options.replay.path, false));
  else {
    for (let run = 0; run < options.runs; run++) {
      addPlayed(tally, await playRun(input, run, undefined, tally.found.length < MOST_TOLD));
      if (!options.json) progress(tally, options.runs);
      if (fault !== null && tally.found.length > 0) break;
    }
  }
  const record = recordOf(options, tally, compiled.plan, performance.now() - started);
  await writeWhole(join(options.outDir, 'simulation.json'), `${JSON.stringify(record, null, 2)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  else tellRecord(record, options);
  if (record.verdicts.fail > 0) return EXIT.failed;
  if (options.replay !== null) return EXIT.ok;
  return record.verdicts.pass === 0 || record.unexercised.length > 0 ? EXIT.notVerified : EXIT.ok;
}

function faultOf(id: number | null): Fault | null {
  if (id === null) return null;
  const fault = FAULTS.find((one) => one.id === id);
  if (fault !== undefined) return fault;
  throw new UsageError(
    `the catalogue holds no fault ${id}`,
    `a number from 1 to ${FAULTS.at(-1)?.id ?? 0}`,
    'see docs/generated/faults.md',
  );
}

function prepared(options: Options, fault: Fault | null): Promise<Prepared> {
  if (fault !== null && options.documentPath !== null)
    throw new UsageError(
      '--fault is given with a document',
      'one of both',
      'a fault brings its own document',
    );
  if (fault !== null) return prepareVariant(variantOf(fault));
  return prepare({
    documentPath: options.documentPath ?? bundledDocument(),
    reversePath: null,
    profilePath: options.profilePath,
  });
}

function progress(tally: Tally, runs: number): void {
  const tenth = Math.floor((tally.runs * 10) / runs);
  if (tenth > Math.floor(((tally.runs - 1) * 10) / runs))
    process.stderr.write(`${tally.runs}/${runs} histories, ${tally.verdicts.fail} failed\n`);
}

const replayLine = (options: Options, found: Found): string =>
  [
    'syncproof simulate',
    ...(options.documentPath === null ? [] : [shown(options.documentPath)]),
    ...(options.profilePath === null ? [] : [`--profile ${shown(options.profilePath)}`]),
    ...(options.fault === null ? [] : [`--fault ${options.fault}`]),
    ...(options.length === 30 ? [] : [`--length ${options.length}`]),
    `--seed ${options.seed} --replay ${found.run}:${found.path}`,
  ].join(' ');

function recordOf(options: Options, tally: Tally, plan: SyncPlan, durationMs: number): SimulationRecord {
  const { found, ...counts } = tally;
  return {
    schema: 'syncproof.simulation/1',
    seed: options.seed,
    ...counts,
    durationMs: Math.round(durationMs),
    notOffered: NOT_OFFERED,
    unexercised: unexercised(tally),
    failures: found.slice(0, MOST_TOLD).map((one) => ({
      run: one.run,
      invariant: one.outcome.invariant ?? '',
      reason: one.outcome.reason ?? '',
      steps: tellHistory(one.history, plan),
      replay: replayLine(options, one),
    })),
  };
}

function tellRecord(record: SimulationRecord, options: Options): void {
  const lines = record.failures.flatMap((one) => [
    '',
    `${one.invariant} is broken in history ${one.run}`,
    ...one.steps,
    `  ${one.reason}`,
    `  replay: ${one.replay}`,
  ]);
  const { pass, fail, inconclusive } = record.verdicts;
  const rate = Math.round(record.runs / (record.durationMs / 60_000));
  lines.push(
    '',
    `${record.runs} histories of ${options.length} operations, seed ${record.seed}: ${pass} pass, ${fail} fail, ${inconclusive} inconclusive, ${record.verdicts['not-applicable']} not applicable; ${rate} a minute`,
  );
  if (record.unexercised.length > 0) lines.push(`never exercised: ${record.unexercised.join(', ')}`);
  for (const { what, reason } of record.notOffered) lines.push(`left out: ${what}, since ${reason}`);
  lines.push(`  ${shown(join(options.outDir, 'simulation.json'))}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
