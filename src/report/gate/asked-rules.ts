import type { GateQuestion, RunRecord } from '../../run/record.js';
import { countVerdicts } from '../words.js';
import { judge, listed, type Rule } from './rules.js';

type Judged = Pick<RunRecord, 'checks' | 'diagnostics'>;

/** Rules of a profile that one check or finding alone can break. */
export function askedOfEach(run: Judged, { rules }: GateQuestion): Rule[] {
  const asked: Rule[] = [];
  if (rules.maxCheckMs !== undefined) asked.push(fastEnough(run, rules.maxCheckMs));
  if (rules.noContractDrift === true) {
    const drifted = run.diagnostics.filter((one) => one.code.includes('contract-drift'));
    const found = drifted.length === 0 ? 'none' : listed(drifted.map((one) => one.message));
    asked.push(judge('no contract drift', drifted.length === 0, 'none', found));
  }
  return asked;
}

/** Rules of a profile that only the whole run can answer. */
export function askedOfAll(run: Judged, { rules, proof }: GateQuestion): Rule[] {
  const asked: Rule[] = [];
  const counts = countVerdicts(run.checks);
  if (rules.minVerified !== undefined) {
    const expected = `at least ${rules.minVerified}`;
    asked.push(
      judge('enough verified', counts.verified >= rules.minVerified, expected, `${counts.verified} verified`),
    );
  }
  if (rules.allowNotTestable !== undefined && rules.allowNotTestable !== true) {
    asked.push(notTestableRule(run, rules.allowNotTestable));
  }
  if (rules.proofComplete === true) {
    const { complete, found } = proof ?? { complete: false, found: 'nothing was read; run syncproof prove' };
    asked.push(judge('the proof is complete', complete, 'each deliberate fault caught', found));
  }
  return asked;
}

function fastEnough(run: Judged, limit: number): Rule {
  const slow = run.checks.filter((check) => check.durationMs > limit);
  const ordered = run.checks.toSorted((one, other) => other.durationMs - one.durationMs);
  const slowest = `slowest ${Math.round(ordered[0]?.durationMs ?? 0)} ms`;
  const names = ordered.slice(0, slow.length).map((check) => check.id);
  const found = slow.length === 0 ? slowest : `${slowest}; ${slow.length} too slow: ${listed(names)}`;
  return judge('fast enough', slow.length === 0, `at most ${limit} ms for each check`, found);
}

function notTestableRule(run: Judged, allowed: false | string[]): Rule {
  const reasons = allowed === false ? [] : allowed;
  const refused = run.checks.filter(
    (check) =>
      check.verdict === 'not-testable' && !reasons.some((words) => (check.reason ?? '').includes(words)),
  );
  const expected = allowed === false ? 'none' : `only for: ${reasons.join('; ')}`;
  const why = [...new Set(refused.map((check) => check.reason ?? 'no reason'))];
  const found = refused.length === 0 ? 'no other' : `${refused.length}: ${listed(why)}`;
  return judge('not-testable checks allowed', refused.length === 0, expected, found);
}
