import type { CheckRecord, RunRecord, Verdict } from '../run/record.js';
import { runUuid, testCaseId } from './identity.js';
import { countVerdicts } from './words.js';

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** An error is `failed` too, so that no consumer reads a broken run as good; `rawStatus` keeps them apart. */
const STATUS: Record<Verdict, CtrfStatus> = {
  verified: 'passed',
  failed: 'failed',
  error: 'failed',
  'not-testable': 'skipped',
  waived: 'skipped',
};

/** The run as Common Test Report Format, JSON text. */
export function renderCtrf(run: RunRecord): string {
  const counts = countVerdicts(run.checks);
  const start = Date.parse(run.startedAt);
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    reportId: runUuid(run),
    timestamp: run.startedAt,
    generatedBy: `syncproof ${run.tool.version}`,
    results: {
      tool: { name: run.tool.name, version: run.tool.version },
      summary: {
        tests: run.checks.length,
        passed: counts.verified,
        failed: counts.failed + counts.error,
        skipped: counts['not-testable'] + counts.waived,
        pending: 0,
        other: 0,
        suites: new Set(run.checks.map((check) => check.pair)).size,
        start,
        stop: start + Math.round(run.durationMs),
        extra: { verdicts: counts, gate: run.gate },
      },
      tests: run.checks.map((check) => toTest(run, check)),
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function toTest(run: RunRecord, check: CheckRecord): Record<string, unknown> {
  const message = [
    check.waiver === null ? null : `Waived: ${check.waiver.reason}`,
    check.reason,
    check.remedy,
  ]
    .filter((part) => part !== null && part !== '')
    .join('\n');
  return {
    id: testCaseId(check),
    name: check.title === '' ? check.id : check.title,
    status: STATUS[check.verdict],
    duration: Math.round(check.durationMs),
    suite: [run.document.title, check.pair, check.form],
    ...(message === '' ? {} : { message }),
    line: check.line,
    rawStatus: check.verdict,
    filePath: (check.document === undefined ? run.document : (run.reverse ?? run.document)).path,
    type: 'e2e',
    tags: [check.form, check.severity, `from ${check.origin}`],
    ...(check.steps.length === 0
      ? {}
      : { steps: check.steps.map((step) => ({ name: step.text, status: step.status })) }),
    extra: { checkId: check.id, sentence: check.sentence, replay: check.replay, policies: check.policies },
  };
}
