import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Check } from '../../checklist/check.js';
import { loadAdapters } from '../../checklist/profile/index.js';
import { bundleChecks } from '../../checks/bundle.js';
import { spreadBundles } from '../../checks/spread.js';
import { observedFetch } from '../../contract/observe-fetch.js';
import { ContractObserver, type ObservedDrift } from '../../contract/observe.js';
import type { Json } from '../../contract/field.js';
import { SystemError } from '../../drivers/ports.js';
import { recordingFetch, type RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import { recordingTarget } from '../../drivers/recorded/recording-target.js';
import { Ledger } from '../../drivers/remote/ledger.js';
import { Redactor } from '../../drivers/remote/redact.js';
import { networkSend } from '../../drivers/remote/send.js';
import type { RemoteClock, RemoteSettings } from '../../drivers/remote/settings.js';
import type { Swept } from '../../drivers/remote/sweep.js';
import { remoteTarget, type RemoteTarget } from '../../drivers/remote/target.js';
import { summariseLatency } from '../../run/latency.js';
import type { LatencyRecord } from '../../run/record.js';
import { runSideBySide } from '../../run/side-by-side.js';
import type { Finished } from '../../run/vitest-runner.js';
import { shown } from '../package-root.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { hearInterruption } from './interruption.js';
import { keepRecording } from './keep-recording.js';
import { demandEmpty } from './recording-file.js';
import { probeSystems } from './probe-systems.js';
import { remoteSettings, secretsOf } from './settings.js';
import { UnusableSystem } from './unusable-system.js';

export type RemoteRun = {
  finished: Finished[];
  problems: string[];
  latency: LatencyRecord | null;
  target: string;
  /** What the answers showed that no contract names. */
  drift: ObservedDrift[];
  /** Epoch ms. */
  started: number;
  ended: number;
};

/** Judges checks against the deployed sync of the profile and removes every record of the run. */
export async function runRemotely(
  prepared: Prepared,
  checks: Check[],
  options: RunOptions,
  onFinished: (finished: Finished) => void,
): Promise<RemoteRun> {
  const { plan } = prepared.compiled;
  const started = Date.now();
  const record = options.record ?? null;
  if (record !== null) demandEmpty(record);
  const settings = remoteSettings(prepared.profile, plan, {
    allowProduction: options.allowProduction,
    env: process.env,
    adapters: await loadAdapters(prepared.profile),
    runTag: null,
  });
  const ledgerPath = join(options.outDir, `ledger-${settings.runTag}.jsonl`);
  const ledger = await openLedger(ledgerPath, prepared, settings, options);
  const interruption = hearInterruption(shown(ledgerPath));
  const stopped = () => interruption.signal() !== null;
  const redactor = new Redactor(secretsOf(settings), settings.runTag);
  const observer = new ContractObserver([plan.systems.a, plan.systems.b]);
  const systemOf = (url: string) => {
    const side = (['a', 'b'] as const).find((one) => url.startsWith(settings.systems[one].baseUrl));
    if (side === undefined || (settings.systems[side].adapt ?? null) !== null) return null;
    return plan.systems[side].name;
  };
  const exchanges: RecordedExchange[] = [];
  const network = networkSend(settings);
  const kept = (one: RecordedExchange) => void exchanges.push(one);
  const send = record === null ? network : recordingFetch(network, Date.now, settings.runTag, kept);
  const made = new Set<string>();
  const clock: RemoteClock = { now: Date.now, sleep: async (ms) => void (await sleep(ms)) };
  const reach = (reached: SyncPlan) =>
    remoteTarget({
      plan: reached,
      settings,
      send: observedFetch(send, observer, systemOf),
      clock,
      ledger,
      redactor,
      stopped,
      ids: randomUUID,
      made,
    });
  const first = reach(plan);
  process.stderr.write(`run ${settings.runTag}, ledger ${shown(ledgerPath)}\n`);
  try {
    await preflight(first);
    const probed = await probeSystems(first, plan, clock, options.seed);
    for (const one of probed.said) process.stderr.write(`probed: ${one}\n`);
    const target = probed.said.length === 0 ? first : reach(probed.plan);
    const recorder = recordingTarget(target);
    const finished = await runSideBySide({
      bundles: spreadBundles(bundleChecks(checks), probed.plan),
      plan: probed.plan,
      target: record === null ? target : recorder.target,
      seed: options.seed,
      concurrency: settings.concurrency,
      repeat: options.repeat,
      stopped,
      onFinished: (one) => onFinished(redacted(one, redactor)),
    });
    const swept = await target.sweep();
    const problems = await closeLedger(ledger, swept, ledgerPath);
    if (stopped())
      problems.push(
        `interrupted by ${interruption.signal() ?? ''} after ${finished.length} of ${checks.length} checks`,
      );
    const latencyBoundMs = prepared.profile?.profile.remote?.latencyMs ?? latencyBound(prepared);
    const run: RemoteRun = {
      finished: finished.map((one) => redacted(one, redactor)),
      problems: problems.map((problem) => redactor.text(problem)),
      latency: summariseLatency(target.latencies, latencyBoundMs),
      target: [describeTarget(prepared, settings), ...probed.said].join('; '),
      drift: redactor.json(observer.findings() as Json) as ObservedDrift[],
      started,
      ended: Date.now(),
    };
    if (record === null) return run;
    const { problems: unlike, finished: played } = await keepRecording({
      folder: record,
      prepared,
      plan: probed.plan,
      checks,
      options,
      target,
      worlds: recorder.worlds,
      exchanges,
      redactor,
      finished: run.finished,
      about: {
        runTag: settings.runTag,
        target: run.target,
        interrupted: stopped() ? (problems.at(-1) ?? 'interrupted') : null,
        started,
        ended: run.ended,
        latencies: target.latencies,
        latencyBoundMs,
        problems: run.problems,
        drift: run.drift,
      },
    });
    return { ...run, finished: played, problems: [...run.problems, ...unlike] };
  } finally {
    interruption.release();
    await ledger.close();
  }
}

/** What a check says and shows, without secrets and without the personal data of others. */
const redacted = (finished: Finished, redactor: Redactor): Finished =>
  redactor.json(finished as Json) as Finished;

/** The strictest bound of the pairs' policies, ms. */
const latencyBound = ({ compiled }: Prepared) =>
  Math.min(...compiled.plan.pairs.map((pair) => pair.policies.latencyMs));

async function openLedger(
  path: string,
  { document, reverse, profile, compiled }: Prepared,
  settings: RemoteSettings,
  options: RunOptions,
): Promise<Ledger> {
  const { systems } = compiled.plan;
  return Ledger.open(path, {
    schema: 'syncproof.ledger/1',
    tag: settings.runTag,
    startedAt: new Date().toISOString(),
    document: resolve(options.documentPath),
    reverse: reverse === null ? null : resolve(reverse.path),
    profile: resolve(profile?.path ?? document.title),
    systems: {
      a: `${systems.a.name} ${settings.systems.a.baseUrl}`,
      b: `${systems.b.name} ${settings.systems.b.baseUrl}`,
    },
  });
}

async function preflight(target: RemoteTarget): Promise<void> {
  try {
    await target.preflight();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new UnusableSystem(
      error.message,
      'correct remote in the profile or the credentials, or start the system; nothing was made',
    );
  }
}

async function closeLedger(ledger: Ledger, swept: Swept, path: string): Promise<string[]> {
  if (swept.left.length === 0) {
    await ledger.write({ event: 'clean', at: new Date().toISOString() });
    return [];
  }
  const [first] = swept.left;
  return [
    `${swept.left.length} records of the run could not be removed, first ${first?.entity ?? ''} ${first?.id ?? ''} of side ${first?.side ?? ''}` +
      `${swept.problems[0] === undefined ? '' : ` (${swept.problems[0]})`}; run: syncproof cleanup --ledger ${shown(path)}`,
  ];
}

function describeTarget({ compiled }: Prepared, settings: RemoteSettings): string {
  const { a, b } = compiled.plan.systems;
  const host = (side: 'a' | 'b') => new URL(settings.systems[side].baseUrl).host;
  return `deployed sync of ${a.name} at ${host('a')} and ${b.name} at ${host('b')}`;
}
