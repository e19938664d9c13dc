import { readFileSync } from 'node:fs';
import { applyWaivers, evaluateGate } from '../report/gate.js';
import type { CheckRecord, RunRecord } from '../run/record.js';
import { rollUpSentences, summarise } from '../run/roll-up.js';
import { packageVersion, shown } from './package-root.js';
import { sha256, type Prepared } from './prepare.js';
import type { RunOptions } from './run-options.js';

type Input = {
  prepared: Prepared;
  checks: CheckRecord[];
  problems: string[];
  options: RunOptions;
  /** Epoch ms. */
  started: number;
};

/** Joins all that is known of a run into its one record, gate included. */
export function buildRunRecord({ prepared, checks, options, started }: Input): RunRecord {
  const { document, reverse, profile, compiled } = prepared;
  const now = new Date();
  const known = new Set(compiled.checks.map((check) => check.id));
  const judged = applyWaivers(checks, profile?.profile.waivers ?? [], now);
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
  };
  return {
    ...run,
    gate: evaluateGate(run, profile?.profile.gate ?? {}, profile?.profile.waivers ?? [], now, known),
  };
}
