import type { GateQuestion, RunRecord } from '../../run/record.js';
import { countVerdicts, plural } from '../words.js';
import { askedOfAll, askedOfEach } from './asked-rules.js';
import { EXIT, judge, listed, PRECEDENCE, type Rule } from './rules.js';
import { waiverProblems } from './waivers.js';

type Judged = Pick<RunRecord, 'checks' | 'sentences' | 'diagnostics' | 'problems' | 'shard' | 'latency'>;

/** A gate without any rule beside those that always hold. */
export const NOTHING_ASKED: GateQuestion = { rules: {}, waivers: [], knownWaived: [], proof: null };

/**
 * Judges a run whose waivers were applied already. 4: the harness broke; 1: a check failed; 3: nothing was checked,
 * a part of the document was not understood, a waiver does not hold, a sentence is not covered, or a rule of the
 * profile asks for more; else 0.
 *
 * The gate of one shard never passes, as it cannot speak for the whole run; it exits 0 while its own checks hold.
 */
export function evaluateGate(run: Judged, question: GateQuestion, now: Date): RunRecord['gate'] {
  const always = [...alwaysOn(run, question, now), understood(run), ...inTime(run)];
  const ofEach = askedOfEach(run, question);
  const judged =
    run.shard === undefined
      ? [someRan(run), ...always, ...covered(run, question), ...ofEach, ...askedOfAll(run, question)]
      : [part(run, run.shard), ...always, ...ofEach];
  const codes = judged.filter((rule) => !rule.passed).map((rule) => rule.exit);
  return {
    results: judged.map(({ rule, passed, expected, found }) => ({ rule, passed, expected, found })),
    passed: codes.length === 0,
    exitCode: PRECEDENCE.find((code) => codes.includes(code)) ?? 0,
  };
}

function alwaysOn(run: Judged, question: GateQuestion, now: Date): Rule[] {
  const counts = countVerdicts(run.checks);
  const outside = run.problems ?? [];
  const broken = [
    plural(counts.error, 'error'),
    ...(outside.length === 0 ? [] : [`outside of checks: ${listed(outside)}`]),
  ];
  const problems = waiverProblems(run.checks, question, now);
  return [
    judge(
      'no harness error',
      counts.error + outside.length === 0,
      '0 errors',
      broken.join('; '),
      EXIT.harness,
    ),
    judge('no check failed', counts.failed === 0, '0 failed', `${counts.failed} failed`, EXIT.failed),
    judge(
      'every waiver holds',
      problems.length === 0,
      'bound to its sentence, not expired, still needed',
      problems.length === 0 ? plural(question.waivers.length, 'waiver') : listed(problems),
    ),
  ];
}

function someRan(run: Judged): Rule {
  const executed = run.checks.filter((check) => check.verdict !== 'not-testable').length;
  return judge('some check ran', executed > 0, 'at least 1', `${executed} of ${run.checks.length}`);
}

/** Where latency was measured, it is judged by the bound of the profile. */
function inTime({ latency }: Judged): Rule[] {
  if (latency === undefined) return [];
  const found = `worst ${latency.worstMs} ms (${latency.worstCheck}), 95% within ${latency.p95Ms} ms`;
  const passed = latency.worstMs <= latency.boundMs;
  return [judge('changes arrive in time', passed, `within ${latency.boundMs} ms`, found, EXIT.failed)];
}

/** An error in the input means that part of the document was not compiled: no run can prove that part. */
function understood(run: Judged): Rule {
  const errors = run.diagnostics.filter((one) => one.severity === 'error');
  const found =
    errors.length === 0 ? 'no error' : listed(errors.map((one) => `line ${one.line}: ${one.code}`));
  return judge('the whole document was understood', errors.length === 0, 'no error in the input', found);
}

/** On unless the profile says `sentencesCovered: false`. */
function covered(run: Judged, { rules }: GateQuestion): Rule[] {
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
    ),
  ];
}

/** Never passed: a shard that is not joined must not read as a good run. A run without any check is not excused. */
function part(run: Judged, { index, count, of }: NonNullable<RunRecord['shard']>): Rule {
  const found = `shard ${index} of ${count} with ${run.checks.length} of ${of} checks; syncproof merge judges the whole`;
  return judge('the run is whole', false, 'all shards joined', found, of === 0 ? EXIT.notEnough : 0);
}
