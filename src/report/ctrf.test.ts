import { validate } from 'ctrf';
import { expect, test } from 'vitest';
import { renderCtrf } from './ctrf.js';
import { hostileRun } from './testing/hostile-run.js';
import { mixedRun, runRecord } from './testing/run-fixture.js';

type Report = {
  results: { summary: Record<'passed' | 'failed' | 'skipped', number>; tests: { status: string }[] };
};

test.each([
  ['green', runRecord()],
  ['each verdict', mixedRun()],
  ['hostile', hostileRun()],
])('%s keeps to the published schema', (_, run) => {
  const report = JSON.parse(renderCtrf(run)) as Report;
  const { summary, tests } = report.results;
  expect(validate(report)).toMatchObject({ valid: true });

  for (const one of ['passed', 'failed', 'skipped'] as const) {
    expect(tests.filter((test) => test.status === one)).toHaveLength(summary[one]);
  }
  expect(summary.passed).toBe(run.summary.verified);
  expect(summary.failed).toBe(run.summary.failed + run.summary.error);
  expect(summary.skipped).toBe(run.summary.notTestable + run.summary.waived);
});

test('the validator of the published schema refuses what breaks it', () => {
  const report = JSON.parse(renderCtrf(mixedRun())) as Report;
  for (const one of report.results.tests) one.status = 'green';

  expect(validate(report).valid).toBe(false);
});
