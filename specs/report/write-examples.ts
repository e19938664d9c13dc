import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { buildRunRecord } from '../../src/cli/build-run-record.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { writeWhole } from '../../src/files/write-file.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import type { Fault } from '../../src/proof/faults/fault.js';
import { writeAllureResults } from '../../src/report/allure/write-results.js';
import { renderCtrf } from '../../src/report/ctrf.js';
import { renderLivingDocument } from '../../src/report/dataflow-html/render.js';
import { renderJunit } from '../../src/report/junit.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderSummary } from '../../src/report/terminal.js';
import { renderTraceability } from '../../src/report/traceability.js';
import { replayLine, toCheckRecord } from '../../src/run/build-record.js';
import type { CheckOutcome, RunRecord } from '../../src/run/record.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const STARTED = Date.parse('2026-11-24T12:00:00Z');
const SEED = 1;
const DOCUMENT = join('fixtures', 'dataflows', 'forms', 'merge-on.rst');
const OUT = join('docs', 'reports');
const PROFILE = join(OUT, 'profile.yaml');

const fault = FAULTS.find((one) => one.title === 'Clearing a property is never passed on');
if (fault === undefined) throw new Error('the fault of the example is not in the catalogue');
process.chdir(packageRoot());
await writeExamples(await judgedRun(fault));

/** A run of a small document against a sync that forgets cleared values; times are made up, all else is judged. */
async function judgedRun(fault: Fault): Promise<RunRecord> {
  const prepared = await prepare({ documentPath: DOCUMENT, reversePath: null, profilePath: PROFILE });
  const { plan, checks } = prepared.compiled;
  const target = referenceTarget(plan, 'direct', { breakage: fault.make });
  const outcomes = new Map<string, CheckOutcome>();
  for (const bundle of bundleChecks(checks)) {
    for (const [id, outcome] of await runBundle(bundle, plan, target, (key) => checkSeed(SEED, key)))
      outcomes.set(id, { ...outcome, durationMs: 12 });
  }
  const replay = (checkId: string) =>
    replayLine({ document: DOCUMENT, reverse: null, profile: PROFILE, seed: SEED, checkId, fault: null });
  return buildRunRecord({
    prepared,
    checks: checks.map((check) => {
      const outcome = outcomes.get(check.id) ?? null;
      return toCheckRecord(check, { id: check.id, outcome, detail: '' }, replay(check.id));
    }),
    problems: [],
    shard: null,
    latency: null,
    target: null,
    options: { documentPath: DOCUMENT, outDir: OUT, seed: SEED, via: 'direct', fault: fault.id },
    started: STARTED,
    ended: STARTED + 800,
  });
}

/** One file of each report; Allure's results of one failed check only, and no page of it, which is megabytes. */
async function writeExamples(run: RunRecord): Promise<void> {
  const texts: [string, string][] = [
    ['run.json', `${JSON.stringify(run, null, 2)}\n`],
    ['dataflow.html', renderLivingDocument(run, { allure: false })],
    ['junit.xml', renderJunit(run)],
    ['checklist.md', renderMarkdown(run)],
    ['traceability.csv', renderTraceability(run)],
    ['ctrf.json', renderCtrf(run)],
    ['terminal.txt', renderSummary(run, { color: false, width: 80 })],
  ];
  for (const [name, text] of texts) await writeWhole(join(OUT, name), text);
  await rm(join(OUT, 'allure-results'), { recursive: true, force: true });
  const failed = run.checks.find((check) => check.verdict === 'failed');
  await writeAllureResults({ ...run, checks: failed === undefined ? [] : [failed] }, OUT);
}
