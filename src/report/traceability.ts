import type { CheckRecord, RunRecord } from '../run/record.js';
import { historyId } from './identity.js';
import { countVerdicts, REPORT_ORDER } from './words.js';

const HEADER = [
  'sentence',
  'line',
  'pair',
  'form',
  'checks',
  ...REPORT_ORDER,
  'verdict',
  'last verified',
  'reason',
  'check ids',
];

/**
 * The traceability matrix as CSV (RFC 4180, CRLF), a record per sentence in document order, then one per rule of the gate. `earlier` says when
 * each check was last verified before this run, by history id.
 */
export function renderTraceability(run: RunRecord, earlier: ReadonlyMap<string, string> = new Map()): string {
  const byId = new Map(run.checks.map((check) => [check.id, check]));
  const records = run.sentences.map((sentence) => {
    const checks = sentence.checks.flatMap((id) => byId.get(id) ?? []);
    const counts = countVerdicts(checks);
    return [
      sentence.sentence,
      sentence.line,
      sentence.pair,
      sentence.form,
      checks.length,
      ...REPORT_ORDER.map((verdict) => counts[verdict]),
      sentence.verdict,
      sentence.verdict === 'verified' ? run.startedAt : lastTimeAll(checks, run, earlier),
      sentence.reason ?? '',
      sentence.checks.join(' '),
    ];
  });
  return [HEADER, ...records, ...gateRecords(run)]
    .map((record) => `${record.map(field).join(',')}\r\n`)
    .join('');
}

/** The rules of the gate, after the sentences; their form is `gate`. */
function gateRecords(run: RunRecord): (string | number)[][] {
  return run.gate.results.map(({ rule, passed, expected, found }) => {
    const none = REPORT_ORDER.map(() => '');
    const verdict = passed ? 'passed' : 'not passed';
    return [rule, '', '', 'gate', '', ...none, verdict, '', `expected ${expected}, found ${found}`, ''];
  });
}

/** The oldest of the checks' last times; empty when one of them was never verified. */
function lastTimeAll(checks: CheckRecord[], run: RunRecord, earlier: ReadonlyMap<string, string>): string {
  const times = checks.map((check) =>
    check.verdict === 'verified' ? run.startedAt : (earlier.get(historyId(check)) ?? ''),
  );
  return times.toSorted()[0] ?? '';
}

/** Quoted where the format needs it; a text that a spreadsheet would run as a formula gets an apostrophe first. */
function field(value: string | number): string {
  const text = typeof value === 'string' && /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
