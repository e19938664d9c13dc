import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderCtrf } from './ctrf.js';
import { hostileRun, mixedRun, runRecord } from './testing/run-fixture.js';

const status = z.enum(['passed', 'failed', 'skipped', 'pending', 'other']);
const extra = z.record(z.string(), z.unknown());

/** The published schema, for the fields that are written; nothing else is allowed, as there. */
const schema = z.strictObject({
  reportFormat: z.literal('CTRF'),
  specVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  reportId: z.uuid(),
  timestamp: z.iso.datetime(),
  generatedBy: z.string(),
  results: z.strictObject({
    tool: z.strictObject({ name: z.string().min(1), version: z.string() }),
    summary: z.strictObject({
      tests: z.int(),
      passed: z.int(),
      failed: z.int(),
      skipped: z.int(),
      pending: z.int(),
      other: z.int(),
      suites: z.int(),
      start: z.int(),
      stop: z.int(),
      extra,
    }),
    tests: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string().min(1),
        status,
        duration: z.int(),
        suite: z.array(z.string()).min(1),
        message: z.string().optional(),
        line: z.int(),
        rawStatus: z.string(),
        filePath: z.string(),
        type: z.string(),
        tags: z.array(z.string()),
        steps: z.array(z.strictObject({ name: z.string(), status })).optional(),
        extra,
      }),
    ),
  }),
});

test.each([
  ['green', runRecord()],
  ['each verdict', mixedRun()],
  ['hostile', hostileRun()],
])('%s keeps to the published schema', (_, run) => {
  const report = schema.parse(JSON.parse(renderCtrf(run)));
  const { summary, tests } = report.results;

  for (const one of ['passed', 'failed', 'skipped'] as const) {
    expect(tests.filter((test) => test.status === one)).toHaveLength(summary[one]);
  }
  expect(summary.passed).toBe(run.summary.verified);
  expect(summary.failed).toBe(run.summary.failed + run.summary.error);
  expect(summary.skipped).toBe(run.summary.notTestable + run.summary.waived);
});
