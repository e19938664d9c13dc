import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSha256 } from '../files/file-sha256.js';
import type { SyncPlan } from '../checklist/plan.js';
import { applyWaivers, evaluateGate, readProof } from '../report/gate.js';
import type { ObservedDrift } from '../contract/observe.js';
import { driftDiagnostics } from '../run/observed-drift.js';
import type { CheckRecord, GateQuestion, LatencyRecord, RowRecord, RunRecord } from '../run/record.js';
import { rollUpSentences, summarise } from '../run/roll-up.js';
import { judgingFiles } from './judging-files.js';
import { packageVersion, shown } from './package-root.js';
import type { Told } from './plan-run.js';
import type { RunOptions } from './run-options.js';

type Input = {
  prepared: Told;
  checks: CheckRecord[];
  problems: string[];
  shard: RunRecord['shard'] | null;
  drift?: ObservedDrift[];
  latency: LatencyRecord | null;
  /** What was judged, in words; null for the reference. */
  target: string | null;
  options: Pick<RunOptions, 'documentPath' | 'outDir' | 'seed' | 'via' | 'fault'>;
  /** Epoch ms. */
  started: number;
  ended: number;
};

/** Joins all that is known of a run into its one record, gate included. */
export async function buildRunRecord(input: Input): Promise<RunRecord> {
  const { prepared, checks, problems, shard, latency, target, options, started, ended } = input;
  const { document, reverse, profile, compiled } = prepared;
  const now = new Date(ended);
  const asked = await questionOf(prepared, options);
  const judged = applyWaivers(checks, asked.waivers, now);
  const rows = rowsOf(compiled.plan);
  const all = compiled.checks.length;
  const selected = shard?.of ?? checks.length;
  const run: RunRecord = {
    schema: 'syncproof.run/1',
    tool: { name: 'syncproof', version: packageVersion() },
    document: {
      title: document.title,
      generated: document.generated,
      path: shown(options.documentPath),
      sha256: document.sha256,
      text: readFileSync(options.documentPath, 'utf8'),
    },
    ...(selected < all ? { selection: { of: all } } : {}),
    reverse:
      reverse === null
        ? null
        : {
            title: reverse.title,
            path: shown(reverse.path),
            sha256: reverse.sha256,
            text: readFileSync(reverse.path, 'utf8'),
          },
    profile: profile === null ? null : { path: shown(profile.path), sha256: fileSha256(profile.path) },
    target:
      target ??
      `reference sync${options.fault === null ? '' : ` with fault ${options.fault}`} on twins (${options.via})`,
    seed: options.seed,
    startedAt: new Date(started).toISOString(),
    durationMs: ended - started,
    summary: summarise(judged),
    pairs: compiled.pairs,
    checks: judged,
    sentences: rollUpSentences(compiled.coverage, judged),
    diagnostics: [...compiled.diagnostics, ...driftDiagnostics(input.drift ?? [], rows)],
    rows,
    gate: { results: [], passed: false, exitCode: 4 },
    problems,
    asked,
    ...(shard === null ? {} : { shard }),
    ...(latency === null ? {} : { latency }),
  };
  return { ...run, gate: evaluateGate(run, asked, now) };
}

function rowsOf(plan: SyncPlan): RowRecord[] {
  return plan.pairs.flatMap(({ slug: pair, rows }) =>
    rows.map(({ slug, a, b, transform, direction, origin, line }) => ({
      pair,
      slug,
      a,
      b,
      transform: transform.kind,
      direction,
      origin,
      line,
    })),
  );
}

async function questionOf({ profile, compiled }: Told, options: Input['options']): Promise<GateQuestion> {
  const rules = profile?.profile.gate ?? {};
  const waivers = profile?.profile.waivers ?? [];
  const known = new Set(compiled.checks.map((check) => check.id));
  const proof =
    rules.proofComplete === true
      ? await readProof(join(options.outDir, 'proof.json'), {
          version: packageVersion(),
          files: judgingFiles(),
        })
      : null;
  const knownWaived = waivers.map((waiver) => waiver.check).filter((id) => known.has(id));
  return { rules, waivers, knownWaived, proof };
}
