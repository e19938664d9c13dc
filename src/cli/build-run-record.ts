import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyWaivers, evaluateGate, readProof } from '../report/gate.js';
import type { CheckRecord, GateQuestion, RunRecord } from '../run/record.js';
import { rollUpSentences, summarise } from '../run/roll-up.js';
import { packageVersion, shown } from './package-root.js';
import { sha256, type Prepared } from './prepare.js';
import type { RunOptions } from './run-options.js';

type Input = {
  prepared: Prepared;
  checks: CheckRecord[];
  problems: string[];
  shard: RunRecord['shard'] | null;
  options: RunOptions;
  /** Epoch ms. */
  started: number;
};

/** Joins all that is known of a run into its one record, gate included. */
export async function buildRunRecord(input: Input): Promise<RunRecord> {
  const { prepared, checks, problems, shard, options, started } = input;
  const { document, reverse, profile, compiled } = prepared;
  const now = new Date();
  const asked = await questionOf(prepared, options);
  const judged = applyWaivers(checks, asked.waivers, now);
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
    reverse:
      reverse === null ? null : { title: reverse.title, path: shown(reverse.path), sha256: reverse.sha256 },
    profile: profile === null ? null : { path: shown(profile.path), sha256: sha256(profile.path) },
    target: `reference sync${options.fault === null ? '' : ` with fault ${options.fault}`} on twins (${options.via})`,
    seed: options.seed,
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    summary: summarise(judged),
    pairs: compiled.pairs,
    checks: judged,
    sentences: rollUpSentences(compiled.coverage, judged),
    diagnostics: compiled.diagnostics,
    gate: { results: [], passed: false, exitCode: 4 },
    problems,
    asked,
    ...(shard === null ? {} : { shard }),
  };
  return { ...run, gate: evaluateGate(run, asked, now) };
}

async function questionOf(
  { document, profile, compiled }: Prepared,
  options: RunOptions,
): Promise<GateQuestion> {
  const rules = profile?.profile.gate ?? {};
  const waivers = profile?.profile.waivers ?? [];
  const known = new Set(compiled.checks.map((check) => check.id));
  const files = [options.documentPath, ...(profile === null ? [] : [profile.path])];
  const proof =
    rules.proofComplete === true
      ? await readProof(join(options.outDir, 'proof.json'), { sha256: document.sha256, files })
      : null;
  const knownWaived = waivers.map((waiver) => waiver.check).filter((id) => known.has(id));
  return { rules, waivers, knownWaived, proof };
}
