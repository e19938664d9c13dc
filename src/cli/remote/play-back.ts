import { fileSha256 } from '../../files/file-sha256.js';
import type { Capability, Check } from '../../checklist/check.js';
import { bundleChecks } from '../../checks/bundle.js';
import { spreadBundles } from '../../checks/spread.js';
import { InputError } from '../../document/input-error.js';
import { playedTarget } from '../../drivers/recorded/played-target.js';
import { withFacts } from '../../drivers/remote/probe.js';
import { reasonFor } from '../../drivers/remote/not-offered.js';
import { summariseLatency } from '../../run/latency.js';
import { runSideBySide } from '../../run/side-by-side.js';
import type { Finished } from '../../run/vitest-runner.js';
import { judgingDigest } from '../judging-files.js';
import { packageVersion, shown } from '../package-root.js';
import { prepare, type Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { readRecording, type Recording } from './recording-file.js';
import type { RemoteRun } from './run-remotely.js';

export type PlayedRun = {
  prepared: Prepared;
  checks: Check[];
  run: RemoteRun;
  /** The options of the run that was recorded, reports apart. */
  options: RunOptions;
};

/** Judges a recorded run once more, without the systems. Errors: `InputError` for a recording that does not fit. */
export async function playBack(folder: string, given: RunOptions): Promise<PlayedRun> {
  const recording = await readRecording(folder);
  const { head } = recording;
  demandTool(recording);
  const options: RunOptions = {
    ...given,
    documentPath: given.isBundled ? head.document.path : given.documentPath,
    isBundled: given.isBundled && head.document.isBundled,
    reversePath: given.reversePath ?? head.reverse?.path ?? null,
    profilePath: given.profilePath ?? (head.profile.isGiven ? head.profile.path : null),
    seed: head.seed,
    repeat: head.repeat,
    target: 'remote',
  };
  const prepared = await prepare({ ...options, profilePath: options.profilePath ?? head.profile.path });
  demandInputs(recording, prepared);
  const known = new Map(prepared.compiled.checks.map((check) => [check.id, check]));
  const checks = head.checks.flatMap((id) => known.get(id) ?? []);
  if (checks.length < head.checks.length)
    throw unfit(
      recording,
      `${head.checks.length} checks`,
      `${checks.length} of them in the document`,
      'record the run again',
    );
  if (head.interrupted !== null)
    throw unfit(
      recording,
      'a run that came to its end',
      head.interrupted,
      'record the run again; exchanges.jsonl shows how far it came',
    );
  const run: RemoteRun = {
    finished: await rebuild(recording, prepared, checks),
    problems: head.problems,
    latency: summariseLatency(head.latencies, head.latencyBoundMs),
    target: head.target,
    drift: head.drift,
    started: head.started,
    ended: head.ended,
  };
  return { prepared, checks, run, options };
}

/** The outcomes of the checks as the recording gives them. */
export async function rebuild(
  { head, worlds }: Recording,
  { compiled }: Prepared,
  checks: Check[],
): Promise<Finished[]> {
  const plan = withFacts(compiled.plan, head.facts);
  const finished = await runSideBySide({
    bundles: spreadBundles(bundleChecks(checks), plan),
    plan,
    target: playedTarget({ plan, worlds, capabilities: head.capabilities as Capability[], lacks: reasonFor }),
    seed: head.seed,
    concurrency: 1,
    repeat: head.repeat,
    stopped: () => false,
    onFinished: () => undefined,
  });
  return finished.map((one) => {
    const durationMs = head.durations[one.id];
    if (one.outcome === null || durationMs === undefined) return one;
    return { ...one, outcome: { ...one.outcome, durationMs } };
  });
}

function demandTool(recording: Recording): void {
  const { version, judges } = recording.head.tool;
  const own = packageVersion();
  if (version !== own)
    throw unfit(recording, `version ${version} of syncproof`, `version ${own}`, `use version ${version}`);
  if (judges !== judgingDigest())
    throw unfit(
      recording,
      'the checks by which the run was judged',
      'checks that were changed since',
      'use the build that recorded the run, or record it again',
    );
}

function demandInputs(recording: Recording, { document, reverse, profile }: Prepared): void {
  const { head } = recording;
  const inputs = [
    { what: 'document', was: head.document, is: { path: document.path, sha256: document.sha256 } },
    { what: 'reverse document', was: head.reverse, is: reverse },
    {
      what: 'profile',
      was: head.profile,
      is: profile === null ? null : { path: profile.path, sha256: fileSha256(profile.path) },
    },
  ];
  for (const { what, was, is } of inputs) {
    if ((was?.sha256 ?? null) === (is?.sha256 ?? null)) continue;
    const expected = was === null ? `no ${what}` : `the ${what} ${shown(was.path)} as it was (${short(was)})`;
    const found = is === null ? `no ${what}` : `${shown(is.path)} (${short(is)})`;
    throw unfit(recording, expected, found, `give the ${what} of that run, or record it again`);
  }
}

const short = ({ sha256: digest }: { sha256: string }) => `sha256 ${digest.slice(0, 12)}`;

function unfit({ path }: Recording, expected: string, found: string, remedy: string): InputError {
  return new InputError({
    code: 'recording-unfit',
    message: 'the recording does not fit',
    where: path,
    expected,
    found,
    remedy,
  });
}
