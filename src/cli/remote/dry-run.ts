import type { Check } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import { bundleChecks } from '../../checks/bundle.js';
import { spreadBundles } from '../../checks/spread.js';
import { Redactor } from '../../drivers/remote/redact.js';
import type { RemoteClock } from '../../drivers/remote/settings.js';
import { located, remoteTarget } from '../../drivers/remote/target.js';
import { runSideBySide } from '../../run/side-by-side.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { pretendStage, settingsToPretend } from './pretend-stage.js';
import { grouped, RequestLog, type PlannedRequest } from './request-log.js';
import { probeSystems } from './probe-systems.js';
import { secretsOf } from './settings.js';

/** What is asked for one check, or for several that share their records. */
export type PlannedGroup = { checks: string[]; requests: PlannedRequest[] };

export type DryRun = {
  schema: 'syncproof.dry-run/1';
  runTag: string;
  before: PlannedRequest[];
  checks: PlannedGroup[];
  /** Checks for which nothing is asked, each with its reason. */
  notTestable: { check: string; reason: string }[];
  /** Checks that a pretended system could not take to their end: more may be asked for them. */
  incomplete: { check: string; reason: string }[];
  after: PlannedRequest[];
};

const START = Date.UTC(2026, 0, 15, 9, 0, 0);

/** Goes through a remote run between systems and a sync that only pretend, and gives what would be asked of the real ones. */
export async function dryRun(prepared: Prepared, checks: Check[], options: RunOptions): Promise<DryRun> {
  const { plan } = prepared.compiled;
  const settings = settingsToPretend(prepared, plan);
  const redactor = new Redactor(secretsOf(settings), settings.runTag);
  let now = START;
  let ids = 0;
  const stage = pretendStage(located(plan, settings), settings, {
    now: () => now,
    pass: (ms) => void (now += ms),
    id: () => `key-${(ids += 1)}`,
  });
  const log = new RequestLog(redactor, plan, settings);
  const clock: RemoteClock = {
    now: () => now,
    async sleep(ms) {
      now += ms;
      await stage.sync.cycle();
    },
  };
  const reach = (reached: SyncPlan) =>
    remoteTarget({
      plan: reached,
      settings,
      send: log.noted(stage.send),
      clock,
      ledger: { write: async () => undefined },
      redactor,
      stopped: () => false,
      ids: () => `key-${(ids += 1)}`,
    });
  let probed = plan;
  const before = await log.during(async () => {
    const first = reach(plan);
    await first.preflight();
    probed = (await probeSystems(first, plan, clock, options.seed)).plan;
  });
  const target = reach(probed);
  const groups = new Map<string, PlannedRequest[]>();
  const bundles = spreadBundles(bundleChecks(checks), probed);
  const finished = await runSideBySide({
    bundles,
    plan: probed,
    target: grouped(target, log, groups),
    seed: options.seed,
    concurrency: 1,
    repeat: options.repeat,
    stopped: () => false,
    onFinished: () => undefined,
  });
  const after = await log.during(async () => void (await target.sweep()));
  const checksOf = (key: string) => {
    const bundle = bundles.find((one) => one.key === key.replace(/@\d+$/, ''));
    return bundle === undefined ? [key] : bundle.checks.map((check) => check.id);
  };
  const withVerdict = (...verdicts: string[]) =>
    finished
      .filter(({ outcome }) => outcome !== null && verdicts.includes(outcome.verdict))
      .map(({ id, outcome }) => ({ check: id, reason: redactor.text(outcome?.reason ?? '') }));
  return {
    schema: 'syncproof.dry-run/1',
    runTag: settings.runTag,
    before,
    checks: Array.from(groups, ([key, requests]) => ({ checks: checksOf(key), requests })),
    notTestable: withVerdict('not-testable'),
    incomplete: withVerdict('failed', 'error'),
    after,
  };
}
