import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from './read-run.js';
import { mixedRun, runRecord } from './testing/run-fixture.js';
import { writeReports } from './build-all.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncproof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FILES = [
  'allure-results',
  'checklist.md',
  'ctrf.json',
  'dataflow.html',
  'history.jsonl',
  'junit.xml',
  'run.json',
  'traceability.csv',
];

test('all reports are written, and nothing half-written stays', async () => {
  const result = await writeReports(mixedRun(), folder, { allureHtml: false });
  expect(result.problems).toEqual([]);
  expect((await readdir(folder)).toSorted()).toEqual(FILES);
  expect(result.written.toSorted()).toEqual(FILES.map((name) => join(folder, name)));
  expect(await readRun(join(folder, 'run.json'))).toEqual(mixedRun());
});

test('a crashed reporter is a problem, and the others are still written', async () => {
  await mkdir(join(folder, 'junit.xml', 'in-the-way'), { recursive: true });
  const result = await writeReports(mixedRun(), folder, { allureHtml: false });
  expect(result.problems.map((one) => one.report)).toEqual(['junit.xml']);
  expect(result.written).toHaveLength(FILES.length - 1);
});

test('what a run does not write does not stay from an earlier one beside its record', async () => {
  await mkdir(join(folder, 'allure'), { recursive: true });
  await writeFile(join(folder, 'allure', 'index.html'), 'of an earlier run');
  await writeReports(runRecord(), folder, { allureHtml: false });
  expect(await readdir(join(folder, 'allure'))).toEqual([]);
  expect(await readdir(folder)).toContain('allure-results');

  const { problems } = await writeReports(runRecord(), folder, { allure: false, allureHtml: true });

  expect(problems).toEqual([]);
  expect(await readdir(folder)).not.toContain('allure-results');
  expect(await readFile(join(folder, 'dataflow.html'), 'utf8')).not.toContain('allure/index.html');
});

test('results that somebody else writes are not written twice, and their failure is a problem', async () => {
  const asked: string[] = [];
  const writeResults = async (path: string) => {
    asked.push(path);
    throw new Error('the thread is out of memory');
  };

  const result = await writeReports(mixedRun(), folder, { allureHtml: false, writeResults });

  expect(asked).toEqual([join(folder, 'run.json')]);
  expect(result.problems).toEqual([{ report: 'allure-results', message: 'the thread is out of memory' }]);
  expect(await readdir(folder)).not.toContain('allure-results');
});

test('results that nobody else could write are written here', async () => {
  const writeResults = async () => false;

  const result = await writeReports(mixedRun(), folder, { allureHtml: false, writeResults });

  expect(result.problems).toEqual([]);
  expect(await readdir(folder)).toContain('allure-results');
});

test('nobody else is asked for results of a record that could not be written', async () => {
  await mkdir(join(folder, 'run.json', 'in-the-way'), { recursive: true });
  const writeResults = async () => {
    throw new Error('asked for a record that is not there');
  };

  const result = await writeReports(mixedRun(), folder, { allureHtml: false, writeResults });

  expect(result.problems.map(({ report }) => report)).toEqual(['run.json']);
});

test('a folder that cannot be made is a problem of every report', async () => {
  await writeFile(join(folder, 'file'), '');
  const result = await writeReports(mixedRun(), join(folder, 'file'), { allureHtml: true });
  expect(result.written).toEqual([]);
  expect(result.problems.length).toBeGreaterThanOrEqual(FILES.length);
});

test('building the reports again adds no second line to the history; another run adds one', async () => {
  const lines = async () => (await readFile(join(folder, 'history.jsonl'), 'utf8')).trim().split('\n').length;
  await writeReports(mixedRun(), folder, { allureHtml: false });
  await writeReports(mixedRun(), folder, { allureHtml: false });
  expect(await lines()).toBe(1);
  await writeReports({ ...mixedRun(), startedAt: '2026-11-25T12:00:00.000Z' }, folder, { allureHtml: false });
  expect(await lines()).toBe(2);
});

test('last verified comes from an earlier run, and a damaged history is passed over', async () => {
  await writeReports(runRecord({ perSentence: 28 }), folder, { allureHtml: false });
  const history = await readFile(join(folder, 'history.jsonl'), 'utf8');
  await writeFile(join(folder, 'history.jsonl'), `{"cut\n${history}`);
  await writeReports({ ...mixedRun(), startedAt: '2026-11-25T12:00:00.000Z' }, folder, { allureHtml: false });
  const csv = await readFile(join(folder, 'traceability.csv'), 'utf8');
  expect(csv).toContain(',failed,2026-11-24T12:00:00.000Z');
});

test(
  'the Allure page is one file that loads nothing from elsewhere, wherever it is written',
  { timeout: 120_000 },
  async () => {
    const out = relative(process.cwd(), join(folder, 'my [out] (1) *ünï dir'));
    const result = await writeReports(mixedRun(), out, { allureHtml: true });
    expect(result.problems).toEqual([]);
    const page = await readFile(join(out, 'allure', 'index.html'), 'utf8');
    expect(page).toContain('Content-Security-Policy');
    expect(page).not.toContain('googletagmanager.com/gtag/js');
    expect(await readdir(join(out, 'allure'))).toEqual(['index.html']);
  },
);
