import { join } from 'node:path';
import type { Check } from '../checklist/check.js';
import { renderSummary } from '../report/terminal.js';
import { replayLine, toCheckRecord } from '../run/build-record.js';
import type { CheckRecord, RunRecord } from '../run/record.js';
import { runInVitest } from '../run/vitest-runner.js';
import { buildRunRecord } from './build-run-record.js';
import { changedChecks } from './changed-since.js';
import { EXIT } from './exit-codes.js';
import { packageRoot, shown } from './package-root.js';
import { prepare, type Prepared } from './prepare.js';
import { createProgress, isInteractive } from './progress.js';
import type { RunOptions } from './run-options.js';
import { selectChecks } from './select.js';

/** Compiles (unless that was done), runs, records and reports; gives the exit code of the gate. */
export async function executeRun(options: RunOptions, given: Prepared | null = null): Promise<number> {
  const started = Date.now();
  const prepared = given ?? (await prepare(options));
  const selected = await select(prepared, options);
  const { checks, problems } = await runChecks(prepared, selected, options);
  const run = buildRunRecord({ prepared, checks, problems, options, started });
  return publish(run, problems, options);
}

async function select(prepared: Prepared, options: RunOptions): Promise<Check[]> {
  const all = prepared.compiled.checks;
  if (options.changedSince !== null)
    return changedChecks(prepared, options.changedSince, options.profilePath);
  return options.only.length === 0 ? all : selectChecks(all, options.only);
}

async function runChecks(
  prepared: Prepared,
  selected: Check[],
  options: RunOptions,
): Promise<{ checks: CheckRecord[]; problems: string[] }> {
  if (selected.length === 0) return { checks: [], problems: [] };
  const byId = new Map(selected.map((check) => [check.id, check]));
  const progress = createProgress(selected.length, process.stderr, isInteractive(process.stderr));
  const request = {
    plan: prepared.compiled.plan,
    checks: selected,
    seed: options.seed,
    via: options.via,
    fault: options.fault,
  };
  const specs = join(packageRoot(), 'dist', 'specs');
  setTimeout(() => void import('../report/build-all.js'), 0);
  const { finished, problems } = await runInVitest(specs, 'checklist-*.spec.js', request, (one) => {
    const check = byId.get(one.id);
    if (check !== undefined) progress.step(check.pair, one.outcome?.verdict ?? 'error');
  });
  progress.done();
  const results = new Map(finished.map((one) => [one.id, one]));
  const checks = selected.map((check) =>
    toCheckRecord(check, results.get(check.id), replayOf(check, options)),
  );
  return { checks, problems };
}

function replayOf(check: Check, options: RunOptions): string {
  return replayLine({
    document: options.isBundled ? null : shown(options.documentPath),
    reverse: options.reversePath === null ? null : shown(options.reversePath),
    profile: options.profilePath === null ? null : shown(options.profilePath),
    seed: options.seed,
    checkId: check.id,
    fault: options.fault,
  });
}

async function publish(run: RunRecord, problems: string[], options: RunOptions): Promise<number> {
  const { writeReports } = await import('../report/build-all.js');
  const reports = await writeReports(run, options.outDir, { allureHtml: options.html });
  const width = Math.min(process.stdout.columns ?? 80, 120);
  if (options.json) process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  else process.stdout.write(`${renderSummary(run, { color: options.color, width })}\n`);
  for (const problem of problems)
    process.stderr.write(`error: the harness failed outside of a check: ${problem}\n`);
  for (const { report, message } of reports.problems) {
    process.stderr.write(`error: the report ${report} could not be made: ${message}\n`);
  }
  if (!options.json) for (const path of reports.written) process.stdout.write(`  ${shown(path)}\n`);
  return problems.length + reports.problems.length > 0 ? EXIT.harness : run.gate.exitCode;
}
