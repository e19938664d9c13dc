import type { Check } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import { bundleChecks } from '../../checks/bundle.js';
import { spreadBundles } from '../../checks/spread.js';
import type { Json } from '../../contract/field.js';
import type { ObservedDrift } from '../../contract/observe.js';
import { SystemError } from '../../drivers/ports.js';
import type { RecordedWorld } from '../../drivers/recorded/recording.js';
import { recordingTarget } from '../../drivers/recorded/recording-target.js';
import type { Redactor } from '../../drivers/remote/redact.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';
import type { RemoteTarget } from '../../drivers/remote/target.js';
import { summariseLatency } from '../../run/latency.js';
import type { LatencyRecord } from '../../run/record.js';
import { runSideBySide } from '../../run/side-by-side.js';
import type { Finished } from '../../run/vitest-runner.js';
import { shown } from '../package-root.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { keepRecording } from './keep-recording.js';
import { probeSystems } from './probe-systems.js';
import { demandEmpty } from './recording-file.js';
import { concludeLedger } from './run-ledger.js';
import { openSession, type Session } from './session.js';
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

type OnFinished = (finished: Finished) => void;

/** Judges checks against the deployed sync of the profile and removes every record of the run. */
export async function runRemotely(
  prepared: Prepared,
  checks: Check[],
  options: RunOptions,
  onFinished: OnFinished,
): Promise<RemoteRun> {
  const started = Date.now();
  const record = options.record ?? null;
  if (record !== null) demandEmpty(record);
  const session = await openSession(prepared, options);
  try {
    process.stderr.write(`run ${session.settings.runTag}, ledger ${shown(session.ledgerPath)}\n`);
    const ready = await makeReady(session, prepared, options);
    const judged = await judge(session, ready, checks, options, onFinished);
    const run = await conclude(session, ready, judged, prepared, checks, started);
    return record === null
      ? run
      : await keep(session, ready, judged, run, { prepared, checks, options, folder: record });
  } finally {
    session.interruption.release();
    session.standstill.end();
    await session.ledger.close();
  }
}

/** The systems as the profile describes them, and as they were found to keep their update times. */
type Ready = { target: RemoteTarget; plan: SyncPlan; said: string[] };

async function makeReady(session: Session, prepared: Prepared, options: RunOptions): Promise<Ready> {
  const { plan } = prepared.compiled;
  const first = session.reach(plan);
  await preflight(first);
  const probed = await probeSystems(first, plan, session.clock, options.seed);
  for (const one of probed.said) process.stderr.write(`probed: ${one}\n`);
  return { ...probed, target: probed.said.length === 0 ? first : session.reach(probed.plan) };
}

type Judged = { finished: Finished[]; worlds: RecordedWorld[] };

async function judge(
  { settings, redactor, stopped, partial }: Session,
  { target, plan }: Ready,
  checks: Check[],
  options: RunOptions,
  onFinished: OnFinished,
): Promise<Judged> {
  const recorder = recordingTarget(target);
  const flushes: Promise<void>[] = [];
  const finished = await runSideBySide({
    bundles: spreadBundles(bundleChecks(checks), plan),
    plan,
    target: partial === null ? target : recorder.target,
    seed: options.seed,
    concurrency: settings.concurrency,
    repeat: options.repeat,
    stopped,
    onFinished: (one) => {
      onFinished(redacted(one, redactor));
      if (partial !== null) flushes.push(partial.flush());
    },
  });
  await Promise.all(flushes);
  return { finished, worlds: recorder.worlds };
}

/** Cleans up and says what was seen. */
async function conclude(
  session: Session,
  { target, said }: Ready,
  { finished }: Judged,
  prepared: Prepared,
  checks: Check[],
  started: number,
): Promise<RemoteRun> {
  const { settings, redactor, observer, interruption } = session;
  const problems = await concludeLedger(session.ledger, await target.sweep(), session.ledgerPath);
  const signal = interruption.signal();
  if (signal !== null)
    problems.push(`interrupted by ${signal} after ${finished.length} of ${checks.length} checks`);
  return {
    finished: finished.map((one) => redacted(one, redactor)),
    problems: problems.map((problem) => redactor.text(problem)),
    latency: summariseLatency(target.latencies, latencyBound(prepared)),
    target: [describeTarget(prepared, settings), ...said].join('; '),
    drift: redactor.json(observer.findings() as Json) as ObservedDrift[],
    started,
    ended: Date.now(),
  };
}

/** Writes the recording, and gives the run as it is judged by it. */
async function keep(
  { settings, redactor, stopped, exchanges, partial }: Session,
  { target, plan }: Ready,
  { worlds }: Judged,
  run: RemoteRun,
  given: { prepared: Prepared; checks: Check[]; options: RunOptions; folder: string },
): Promise<RemoteRun> {
  const { finished, problems } = await keepRecording({
    ...given,
    plan,
    target,
    worlds,
    exchanges,
    redactor,
    finished: run.finished,
    about: {
      runTag: settings.runTag,
      target: run.target,
      interrupted: stopped() ? (run.problems.at(-1) ?? 'interrupted') : null,
      started: run.started,
      ended: run.ended,
      latencies: target.latencies,
      latencyBoundMs: latencyBound(given.prepared),
      problems: run.problems,
      drift: run.drift,
    },
  });
  partial?.remove();
  return { ...run, finished, problems: [...run.problems, ...problems] };
}

/** What a check says and shows, without secrets and without the personal data of others. */
const redacted = (finished: Finished, redactor: Redactor): Finished =>
  redactor.json(finished as Json) as Finished;

/** The bound that the profile names, or the strictest of the pairs' policies, ms. */
const latencyBound = ({ compiled, profile }: Prepared) =>
  profile?.profile.remote?.latencyMs ??
  Math.min(...compiled.plan.pairs.map((pair) => pair.policies.latencyMs));

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

function describeTarget({ compiled }: Prepared, settings: RemoteSettings): string {
  const { a, b } = compiled.plan.systems;
  const host = (side: 'a' | 'b') => new URL(settings.systems[side].baseUrl).host;
  return `deployed sync of ${a.name} at ${host('a')} and ${b.name} at ${host('b')}`;
}
