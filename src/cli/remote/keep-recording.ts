import { resolve } from 'node:path';
import { fileSha256 } from '../../files/file-sha256.js';
import type { Check } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import type { Target } from '../../drivers/ports.js';
import type { RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import type { RecordedWorld } from '../../drivers/recorded/recording.js';
import { UNKNOWN, type UpdateTimeFacts } from '../../drivers/remote/probe.js';
import type { Redactor } from '../../drivers/remote/redact.js';
import type { Finished } from '../../run/vitest-runner.js';
import { judgingDigest } from '../judging-files.js';
import { packageVersion } from '../package-root.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { rebuild } from './play-back.js';
import { writeRecording, type RecordingHead } from './recording-file.js';

export type ToKeep = {
  folder: string;
  prepared: Prepared;
  /** The plan by which was judged: with what was found out of the systems. */
  plan: SyncPlan;
  checks: Check[];
  options: RunOptions;
  target: Target;
  worlds: RecordedWorld[];
  exchanges: RecordedExchange[];
  redactor: Redactor;
  finished: Finished[];
  about: Pick<
    RecordingHead,
    | 'runTag'
    | 'target'
    | 'interrupted'
    | 'started'
    | 'ended'
    | 'latencies'
    | 'latencyBoundMs'
    | 'problems'
    | 'drift'
  >;
};

/**
 * Writes what the run saw, without secrets and the personal data of others, and judges by it once more: gives the
 * outcomes as the recording gives them, and the checks to which it gives another verdict than the run did.
 */
export async function keepRecording(input: ToKeep): Promise<{ finished: Finished[]; problems: string[] }> {
  const { folder, prepared, checks, options, redactor, finished, target } = input;
  const worlds = input.worlds.map((world) => ({
    ...world,
    calls: redactor.ownJson(world.calls as Json) as RecordedWorld['calls'],
    exchanges: redactor.json(world.exchanges as Json) as RecordedWorld['exchanges'],
  }));
  const exchanges = redactor.json(input.exchanges as Json) as RecordedExchange[];
  const { document, reverse, profile } = prepared;
  const head: Omit<RecordingHead, 'worlds' | 'sha256'> = {
    schema: 'syncproof.recording/1',
    tool: { version: packageVersion(), judges: judgingDigest() },
    document: {
      path: resolve(options.documentPath),
      sha256: document.sha256,
      isBundled: options.isBundled,
    },
    reverse: reverse === null ? null : { path: resolve(reverse.path), sha256: reverse.sha256 },
    profile: {
      path: resolve(profile?.path ?? ''),
      sha256: profile === null ? '' : fileSha256(profile.path),
      isGiven: options.profilePath !== null,
    },
    ...input.about,
    seed: options.seed,
    repeat: options.repeat,
    checks: checks.map((check) => check.id),
    capabilities: [...target.capabilities],
    facts: { a: factsOf(input.plan, 'a'), b: factsOf(input.plan, 'b') },
    durations: Object.fromEntries(finished.map(({ id, outcome }) => [id, outcome?.durationMs ?? 0])),
  };
  await writeRecording(folder, head, worlds, exchanges);
  if (head.interrupted !== null) return { finished, problems: [] };
  const played = await rebuild(
    { path: folder, head: { ...head, worlds: 0, sha256: '' }, worlds },
    prepared,
    checks,
  );
  const verdicts = new Map(finished.map(({ id, outcome }) => [id, outcome?.verdict]));
  const unlike = played.filter(({ id, outcome }) => outcome?.verdict !== verdicts.get(id));
  const problems = unlike.map(
    ({ id, outcome }) =>
      `the recording gives ${id} the verdict ${outcome?.verdict ?? 'none'}, the run gave ${verdicts.get(id) ?? 'none'} (${outcome?.reason ?? ''})`,
  );
  return { finished: unlike.length === 0 ? played : finished, problems };
}

function factsOf({ systems }: SyncPlan, side: 'a' | 'b'): UpdateTimeFacts {
  const { bumpsOnNoChange, nullUntilUpdate } = systems[side].api;
  return {
    bumpsOnNoChange: bumpsOnNoChange ?? UNKNOWN.bumpsOnNoChange,
    nullUntilUpdate: nullUntilUpdate ?? UNKNOWN.nullUntilUpdate,
  };
}
