import type { SentenceCoverage } from '../checklist/check.js';
import { VERDICTS, type CheckRecord, type RunRecord, type Verdict } from './record.js';

/** The worst verdict that occurs; nothing at all proves nothing. */
export function worstVerdict(verdicts: Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'not-testable';
}

/**
 * The verdict of a sentence: the worst of its checks, except that checks which are not testable do not hide
 * others that verified; the sentence then counts as verified and its reason says how many are open.
 */
export function sentenceVerdict(verdicts: Verdict[]): Verdict {
  return worstVerdict(verdicts.filter((verdict) => verdict !== 'not-testable'));
}

/** Every sentence in document order with its verdict and the reason for what stays open. */
export function rollUpSentences(coverage: SentenceCoverage[], checks: CheckRecord[]): RunRecord['sentences'] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return coverage.map((sentence) => {
    const unselected = sentence.checks.length > 0 && !sentence.checks.some((id) => byId.has(id));
    const own = sentence.checks.flatMap((id) => byId.get(id) ?? []);
    const open = own.filter((check) => check.verdict === 'not-testable');
    const reason =
      open.length > 0
        ? `${open.length} of ${own.length} checks not testable: ${open[0]?.reason ?? ''}`
        : unselected
          ? 'not selected for this run'
          : (sentence.reason?.reason ?? null);
    return {
      pair: sentence.pair,
      form: sentence.form,
      ...(sentence.document === undefined ? {} : { document: sentence.document }),
      line: sentence.line,
      sentence: sentence.sentence,
      verdict: sentenceVerdict(own.map((check) => check.verdict)),
      checks: own.map((check) => check.id),
      reason,
    };
  });
}

/** Counts per verdict; every check is in exactly one. */
export function summarise(checks: CheckRecord[]): RunRecord['summary'] {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  return {
    verified: count('verified'),
    failed: count('failed'),
    error: count('error'),
    waived: count('waived'),
    notTestable: count('not-testable'),
    total: checks.length,
  };
}
