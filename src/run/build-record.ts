import type { Check } from '../checklist/check.js';
import type { CheckRecord } from './record.js';
import type { Finished } from './vitest-runner.js';

/** The record of one check; a check without an outcome is an error of the harness, never a pass. */
export function toCheckRecord(check: Check, finished: Finished | undefined, replay: string): CheckRecord {
  const outcome = finished?.outcome ?? null;
  const lost = finished === undefined ? 'the worker stopped before this check ended' : finished.detail;
  return {
    id: check.id,
    title: check.title,
    pair: check.pair,
    form: check.form,
    scenario: check.scenario,
    direction: check.direction,
    property: check.property,
    value: check.value?.label ?? null,
    origin: check.origin,
    ...(check.document === undefined ? {} : { document: check.document }),
    line: check.line,
    sentence: check.sentence,
    fingerprint: check.fingerprint,
    policies: check.policies,
    invariants: check.invariants,
    needs: check.needs,
    severity: check.severity,
    verdict: outcome?.verdict ?? 'error',
    reason: outcome === null ? `No result: ${lost}` : outcome.reason,
    remedy: outcome === null ? 'Run the check alone with the replay line and --debug.' : outcome.remedy,
    replay,
    steps: outcome?.steps ?? [],
    evidence: outcome?.evidence ?? null,
    waiver: null,
    durationMs: outcome?.durationMs ?? 0,
  };
}

/** One line that runs one check again as it ran. */
export function replayLine(options: {
  document: string | null;
  reverse: string | null;
  profile: string | null;
  seed: number;
  checkId: string;
  fault: number | null;
  /** Options that make the target what it was. */
  target?: string[];
}): string {
  if (options.fault !== null)
    return `npx syncproof prove --fault ${options.fault} --seed ${options.seed} --only ${quote(options.checkId)}`;
  const parts = ['npx syncproof run'];
  if (options.document !== null) parts.push(quote(options.document));
  if (options.reverse !== null) parts.push(quote(options.reverse));
  if (options.profile !== null) parts.push('--profile', quote(options.profile));
  parts.push(...(options.target ?? []));
  parts.push('--seed', String(options.seed), '--only', quote(options.checkId));
  return parts.join(' ');
}

/** A word of a line for the shell. */
export function quote(word: string): string {
  return /^[\w./:@~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
