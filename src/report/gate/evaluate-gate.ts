import type { GateRules, Waiver } from '../../checklist/profile/schema.js';
import type { GateResult, RunRecord } from '../../run/record.js';
import { countVerdicts, cut, plural } from '../words.js';
import { waiverProblems } from './waivers.js';

/** Exit codes of the gate: worse ones win over others in this order. */
const EXIT = { harness: 4, failed: 1, notEnough: 3 } as const;
const PRECEDENCE = [EXIT.harness, EXIT.failed, EXIT.notEnough];

type Rule = GateResult & { exit: number };

/** The rules of a profile, and those that only a caller can ask for so far. */
export type AskedRules = GateRules & {
  /** Longest time that one check may take, in ms. */
  maxCheckMs?: number;
  /** true: no finding may say that a system's contract drifted. */
  noContractDrift?: boolean;
};

/**
 * Judges a run whose waivers were applied already. 4: a check of the harness broke; 1: a check failed; 3: nothing
 * was checked, a part of the document was not understood, a waiver does not hold, a sentence is not covered, or a rule of the profile asks for more; else 0.
 * `known` are the ids of all compiled checks, when the run holds only some of them.
 */
export function evaluateGate(
  run: Pick<RunRecord, 'checks' | 'sentences' | 'diagnostics'>,
  rules: AskedRules,
  waivers: Waiver[],
  now: Date,
  known: ReadonlySet<string> | null = null,
): RunRecord['gate'] {
  const judged = [
    ...alwaysOn(run, waivers, now, known),
    understood(run),
    ...covered(run, rules),
    ...askedFor(run, rules),
  ];
  const codes = judged.filter((rule) => !rule.passed).map((rule) => rule.exit);
  return {
    results: judged.map(({ rule, passed, expected, found }) => ({ rule, passed, expected, found })),
    passed: codes.length === 0,
    exitCode: PRECEDENCE.find((code) => codes.includes(code)) ?? 0,
  };
}

function alwaysOn(
  run: Pick<RunRecord, 'checks'>,
  waivers: Waiver[],
  now: Date,
  known: ReadonlySet<string> | null,
): Rule[] {
  const counts = countVerdicts(run.checks);
  const executed = run.checks.length - counts['not-testable'];
  const problems = waiverProblems(run.checks, waivers, now, known);
  return [
    judge(
      'some check ran',
      executed > 0,
      'at least 1',
      `${executed} of ${run.checks.length}`,
      EXIT.notEnough,
    ),
    judge('no harness error', counts.error === 0, '0 errors', plural(counts.error, 'error'), EXIT.harness),
    judge('no check failed', counts.failed === 0, '0 failed', `${counts.failed} failed`, EXIT.failed),
    judge(
      'every waiver holds',
      problems.length === 0,
      'bound to its sentence, not expired, still needed',
      problems.length === 0 ? plural(waivers.length, 'waiver') : listed(problems),
      EXIT.notEnough,
    ),
  ];
}

/** An error in the input means that part of the document was not compiled: no run can prove that part. */
function understood(run: Pick<RunRecord, 'diagnostics'>): Rule {
  const errors = run.diagnostics.filter((one) => one.severity === 'error');
  const found =
    errors.length === 0 ? 'no error' : listed(errors.map((one) => `line ${one.line}: ${one.code}`));
  return judge(
    'the whole document was understood',
    errors.length === 0,
    'no error in the input',
    found,
    EXIT.notEnough,
  );
}

/** On unless the profile says `sentencesCovered: false`. */
function covered(run: Pick<RunRecord, 'sentences'>, rules: AskedRules): Rule[] {
  if (rules.sentencesCovered === false) return [];
  const open = run.sentences.filter((one) => one.checks.length === 0 && (one.reason ?? '') === '');
  return [
    judge(
      'every sentence is covered',
      open.length === 0,
      'checks or a reason for each',
      open.length === 0
        ? plural(run.sentences.length, 'sentence')
        : `none for ${open.length}: ${listed(open.map((one) => `line ${one.line}`))}`,
      EXIT.notEnough,
    ),
  ];
}

function askedFor(run: Pick<RunRecord, 'checks' | 'diagnostics'>, rules: AskedRules): Rule[] {
  const asked: Rule[] = [];
  const counts = countVerdicts(run.checks);
  if (rules.minVerified !== undefined) {
    const found = `${counts.verified} verified`;
    const expected = `at least ${rules.minVerified}`;
    asked.push(
      judge('enough verified', counts.verified >= rules.minVerified, expected, found, EXIT.notEnough),
    );
  }
  if (rules.allowNotTestable !== undefined && rules.allowNotTestable !== true) {
    asked.push(notTestableRule(run, rules.allowNotTestable));
  }
  if (rules.maxCheckMs !== undefined) {
    const slowest = run.checks.reduce((most, check) => Math.max(most, check.durationMs), 0);
    const found = `slowest ${Math.round(slowest)} ms`;
    const expected = `at most ${rules.maxCheckMs} ms`;
    asked.push(judge('fast enough', slowest <= rules.maxCheckMs, expected, found, EXIT.notEnough));
  }
  if (rules.noContractDrift === true) {
    const drifted = run.diagnostics.filter((one) => one.code.includes('contract-drift'));
    const found = drifted.length === 0 ? 'none' : listed(drifted.map((one) => one.message));
    asked.push(judge('no contract drift', drifted.length === 0, 'none', found, EXIT.notEnough));
  }
  return asked;
}

function notTestableRule(run: Pick<RunRecord, 'checks'>, allowed: false | string[]): Rule {
  const reasons = allowed === false ? [] : allowed;
  const refused = run.checks.filter(
    (check) =>
      check.verdict === 'not-testable' && !reasons.some((words) => (check.reason ?? '').includes(words)),
  );
  const expected = allowed === false ? 'none' : `only for: ${reasons.join('; ')}`;
  const why = [...new Set(refused.map((check) => check.reason ?? 'no reason'))];
  const found = refused.length === 0 ? 'no other' : `${refused.length}: ${listed(why)}`;
  return judge('not-testable checks allowed', refused.length === 0, expected, found, EXIT.notEnough);
}

function judge(rule: string, passed: boolean, expected: string, found: string, exit: number): Rule {
  return { rule, passed, expected, found, exit };
}

function listed(texts: string[]): string {
  const shown = texts.slice(0, 5).map((text) => cut(text, 160));
  return texts.length > 5 ? `${shown.join('; ')}; and ${texts.length - 5} more` : shown.join('; ');
}
