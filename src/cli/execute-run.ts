import { existsSync } from 'node:fs';
import type { Check } from '../checklist/check.js';
import { bundleChecks, shareOf } from '../checks/bundle.js';
import type { ReportOptions } from '../report/build-all.js';
import { replayLine, toCheckRecord } from '../run/build-record.js';
import type { CheckRecord, ShardRecord } from '../run/record.js';
import type { Begun, HeadStart, HeadThread } from '../run/head-start.js';
import { partOfFile, partsFor, specPattern } from '../run/spec-files.js';
import { loadVitest, runInVitest, type Finished } from '../run/vitest-runner.js';
import { buildRunRecord } from './build-run-record.js';
import { endOnSignal } from './end-on-signal.js';
import { shown, specFolder } from './package-root.js';
import type { PlannedRun, Told, ToldRun } from './plan-run.js';
import type { Prepared } from './prepare.js';
import { publish } from './publish.js';
import { createProgress, isInteractive } from './progress.js';
import { requestOf } from './request-of.js';
import type { RunOptions } from './run-options.js';

type Judged = Omit<Parameters<typeof buildRunRecord>[0], 'prepared' | 'options' | 'started' | 'ended'>;

/** The reference is told by its options, and its latency is that of a clock that is set. */
const REFERENCE = { latency: null, target: null };

/** Compiles (unless that was done), runs, records and reports; gives the exit code of the gate. */
export async function executeRun(
  options: RunOptions,
  { given = null, head = null }: { given?: Prepared | null; head?: HeadThread<ToldRun> | null } = {},
): Promise<number> {
  if (options.playback) return publishPlayed(options.playback, options);
  const started = Date.now();
  const conclude = async (
    told: Told,
    judged: Judged,
    writeResults?: ReportOptions['writeResults'],
  ): Promise<number> => {
    const times = { started, ended: Date.now() };
    const record = await buildRunRecord({ ...times, ...judged, prepared: told, options });
    return publish(record, options, writeResults);
  };
  const begun = head === null ? null : await beginWith(head);
  if (head !== null && begun !== null) {
    const judged = await runChecks(begun.plan, options, begun.head);
    return conclude(begun.plan.prepared, judged, (path) => head.ask(path));
  }
  const planned = await planHere(options, given);
  const { prepared, selected } = planned;
  if (options.dryRun === true) {
    const { showDryRun } = await import('./remote/show-dry-run.js');
    return showDryRun(prepared, selected, options);
  }
  const judged =
    options.target === 'remote'
      ? await judgeRemotely(prepared, selected, options)
      : await runChecks(planned, options);
  return conclude(prepared, judged);
}

/** Judges a recorded run once more and writes its reports again. */
async function publishPlayed(folder: string, given: RunOptions): Promise<number> {
  const { playBack } = await import('./remote/play-back.js');
  const { prepared, checks, run, options } = await playBack(folder, given);
  const { finished, ...rest } = run;
  const records = recordsOf(checks, finished, options);
  return publish(await buildRunRecord({ ...rest, checks: records, shard: null, prepared, options }), options);
}

async function judgeRemotely(prepared: Prepared, selected: Check[], options: RunOptions) {
  const { runRemotely } = await import('./remote/run-remotely.js');
  const byId = new Map(selected.map((check) => [check.id, check]));
  const progress = createProgress(selected.length, process.stderr, isInteractive(process.stderr));
  const { finished, ...rest } = await runRemotely(prepared, selected, options, ({ id, outcome }) =>
    progress.step(byId.get(id)?.pair ?? '', outcome?.verdict ?? 'error'),
  );
  progress.done();
  return { ...rest, checks: recordsOf(selected, finished, options), shard: null };
}

function recordsOf(checks: Check[], finished: Finished[], options: RunOptions): CheckRecord[] {
  const results = new Map(finished.map((one) => [one.id, one]));
  return checks.map((check) => toCheckRecord(check, results.get(check.id), replayOf(check, options)));
}

/** Vitest loads while the thread compiles; what is wrong with either shows where it is used. */
function beginWith(head: HeadThread<ToldRun>): Promise<Begun<ToldRun> | null> {
  void loadVitest().catch(() => undefined);
  return head.planned;
}

async function planHere(options: RunOptions, given: Prepared | null): Promise<PlannedRun> {
  const { planRun } = await import('./plan-run.js');
  return planRun(options, given);
}

async function runChecks(planned: ToldRun, options: RunOptions, head?: HeadStart): Promise<Judged> {
  const { prepared, selected } = planned;
  const shardWith = (): ShardRecord | null =>
    options.shard === null
      ? null
      : {
          ...options.shard,
          of: selected.length,
          checks: selected.map((check) => check.id),
          coverage: prepared.compiled.coverage,
        };
  if (selected.length === 0) return { checks: [], problems: [], shard: shardWith(), drift: [], ...REFERENCE };
  const byId = new Map(selected.map((check) => [check.id, check]));
  const progress = createProgress(selected.length, process.stderr, isInteractive(process.stderr));
  const parts = head === undefined ? partsFor(options.shard?.count ?? 1) : 1;
  const { request, replaced } = requestOf(planned, options, parts);
  if (replaced.length > 0) process.stderr.write(standInNote(replaced));
  let hasBegun = false;
  let judged = 0;
  const release = endOnSignal((signal) => {
    const earlier = existsSync(options.outDir)
      ? `; ${shown(options.outDir)} is as an earlier run left it`
      : '';
    return `interrupted by ${signal} after ${judged} of ${selected.length} checks; no report was written${earlier}`;
  });
  const { finished, problems, files } = await runInVitest(
    specFolder(),
    specPattern(request.parts),
    head === undefined ? request : { ...request, head },
    (one) => {
      // While the workers judge, this process has nothing else to do than to load what comes next.
      if (!hasBegun) void import('../report/build-all.js');
      hasBegun = true;
      judged += 1;
      const check = byId.get(one.id);
      if (check !== undefined) progress.step(check.pair, one.outcome?.verdict ?? 'error');
    },
    options.shard,
  );
  release();
  progress.done();
  const results = new Map(finished.map((one) => [one.id, one]));
  const own = options.shard === null ? selected : checksOfFiles(selected, files, request.parts);
  const checks = own.map((check) => toCheckRecord(check, results.get(check.id), replayOf(check, options)));
  const drift = finished.flatMap((one) => one.outcome?.drift ?? []);
  return { checks, problems, shard: shardWith(), drift, ...REFERENCE };
}

const standInNote = (names: string[]): string =>
  `${names.join(' and ')}: a stand-in takes the place of the API that the profile describes, which --target remote judges\n`;

/** The checks that spec files judge, in the order of the whole run. */
function checksOfFiles(selected: Check[], files: string[], parts: number): Check[] {
  const bundles = bundleChecks(selected);
  const own = files.flatMap((name) => shareOf(bundles, partOfFile(name), parts));
  const ids = new Set(own.flatMap((bundle) => bundle.checks.map((check) => check.id)));
  return selected.filter((check) => ids.has(check.id));
}

function replayOf(check: Check, options: RunOptions): string {
  return replayLine({
    document: options.isBundled ? null : shown(options.documentPath),
    reverse: options.reversePath === null ? null : shown(options.reversePath),
    profile: options.profilePath === null ? null : shown(options.profilePath),
    seed: options.seed,
    checkId: check.id,
    fault: options.fault,
    target: [
      ...(options.target === 'remote' ? ['--target', 'remote'] : []),
      ...(options.capabilityPaths ?? []).flatMap((path) => ['--capabilities', shown(path)]),
    ],
  });
}
