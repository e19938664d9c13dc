import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunRecord } from '../../run/record.js';
import { hostileRun } from '../testing/hostile-run.js';
import { mixedRun, runRecord } from '../testing/run-fixture.js';
import { makeOffline, outsideSources } from './make-offline.js';
import { writeAllureResults } from './write-results.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncproof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const resultSchema = z.object({
  uuid: z.string(),
  historyId: z.string(),
  testCaseId: z.string(),
  fullName: z.string(),
  status: z.enum(['passed', 'failed', 'broken', 'skipped']),
  statusDetails: z.object({ message: z.string().optional() }),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  links: z.array(z.object({ url: z.string() })),
  parameters: z.array(z.object({ name: z.string(), value: z.string(), excluded: z.literal(true) })),
  attachments: z.array(z.object({ name: z.string(), source: z.string(), type: z.string() })),
});

async function results(run: RunRecord): Promise<z.infer<typeof resultSchema>[]> {
  const written = await writeAllureResults(run, folder);
  const names = (await readdir(written)).filter((name) => name.endsWith('-result.json'));
  return Promise.all(
    names.map(async (name) => resultSchema.parse(JSON.parse(await readFile(join(written, name), 'utf8')))),
  );
}

test('a result per check, with the status of its verdict', async () => {
  const run = mixedRun();
  const all = await results(run);
  const of = (status: string) => all.filter((one) => one.status === status).length;

  expect(all).toHaveLength(run.summary.total);
  expect([of('passed'), of('failed'), of('broken'), of('skipped')]).toEqual([
    run.summary.verified,
    run.summary.failed,
    run.summary.error,
    run.summary.notTestable + run.summary.waived,
  ]);
});

test('history ids ignore seed, line, parameters and time; result ids do not repeat', async () => {
  const first = await results(mixedRun());
  const other = mixedRun();
  Object.assign(other, { seed: 99, startedAt: '2026-12-01T00:00:00.000Z' });
  for (const check of other.checks)
    Object.assign(check, { line: check.line + 7, value: 'other', policies: [] });
  const second = await results(other);
  const ids = (all: typeof first) => all.map((one) => one.historyId).toSorted();

  expect(ids(second)).toEqual(ids(first));
  expect(new Set(ids(first)).size).toBe(first.length);
  expect(second.some((one) => first.some((earlier) => earlier.uuid === one.uuid))).toBe(false);
});

test('what did not verify has its reason, and its evidence as files that exist', async () => {
  const all = await results(mixedRun());
  const failed = all.find((one) => one.status === 'failed');
  const skipped = all.filter((one) => one.status === 'skipped').map((one) => one.statusDetails.message ?? '');
  const present = await readdir(join(folder, 'allure-results'));

  expect(failed?.attachments.map((one) => one.name)).toEqual([
    'Difference',
    'Records before',
    'Records after',
    'HTTP exchange',
    'Replay',
  ]);
  for (const one of all.flatMap((result) => result.attachments)) expect(present).toContain(one.source);
  expect(skipped.some((text) => text.includes('Add rows to the table'))).toBe(true);
  expect(skipped.some((text) => text.startsWith('Waived until 2027-01-31 by mona'))).toBe(true);
});

test('behaviours are document, pair and sentence; the owner is that of the pair', async () => {
  const run = mixedRun();
  const one = (await results(run)).find((result) => result.fullName.startsWith('customer/keep-in-sync'));
  const label = (name: string) => one?.labels.find((each) => each.name === name)?.value;

  expect(label('epic')).toBe(run.document.title);
  expect(label('feature')).toBe('Webshop Customer ↔ CRM Customer');
  expect(label('story')).toMatch(/^Once a link between/);
  expect(label('owner')).toBe('mona');
  expect(label('severity')).toBe('normal');
});

test('a second run leaves nothing of the first, and links only to the document', async () => {
  await results(mixedRun());
  const all = await results(runRecord({ perSentence: 2 }));
  const hostile = await results(hostileRun());

  expect(all).toHaveLength(runRecord({ perSentence: 2 }).checks.length);
  for (const one of hostile)
    expect(one.links.map((link) => link.url.slice(0, 18))).toEqual(['../dataflow.html#c']);
});

test('of runs one after the other only the last one is there, each file whole', async () => {
  const long = runRecord({ perSentence: 3 });
  const short = runRecord({ perSentence: 1 });
  Object.assign(short, { startedAt: '2026-12-02T00:00:00.000Z' });

  await results(long);
  await results(mixedRun());
  const all = await results(short);
  const again = await results(short);

  expect(all.map((one) => one.fullName).toSorted()).toEqual(short.checks.map((check) => check.id).toSorted());
  expect(again).toEqual(all);
});

const page = (body: string) => `<html><head><meta charset="utf-8"></head><body>${body}</body></html>`;

test('a page that would load from another host is refused', () => {
  const analytics = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
    </script>`;

  expect(makeOffline(page(analytics))).not.toMatch(/googletagmanager|dataLayer/);
  expect(makeOffline(page(''))).toContain('Content-Security-Policy');
  expect(makeOffline(page(''))).toMatch(/allureReportDataReady = false[\s\S]*<body>/);
  expect(() => makeOffline(page('<script src="https://cdn.example/x.js"></script>'))).toThrow('cdn.example');
  expect(outsideSources('<link href="//fonts.example/a.css"><img src="data:image/png;base64,AA">')).toEqual([
    '//fonts.example/a.css',
  ]);
});
