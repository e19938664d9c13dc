import { expect, test } from 'vitest';
import { runRecord, settle } from '../report/testing/run-fixture.js';
import { judgedAt, mergeRuns, type ShardFile } from './merge-runs.js';
import type { CheckRecord, RunRecord } from './record.js';

const whole = (): RunRecord => {
  const run = runRecord({ verdictOf: (index) => (index === 4 ? 'failed' : 'verified') });
  return { ...run, problems: [], durationMs: 300 };
};

/** The records of `count` shards of a run: checks dealt out in turn. */
function shardsOf(run: RunRecord, count: number): ShardFile[] {
  const coverage = run.sentences.map((one) => ({
    ...one,
    form: one.form === 'contract' ? ('properties' as const) : one.form,
    reason: one.reason === null ? null : { reason: one.reason, remedy: 'x' },
  }));
  return Array.from({ length: count }, (_, at) => {
    const checks = run.checks.filter((_check, index) => index % count === at);
    const shard = {
      index: at + 1,
      count,
      of: run.checks.length,
      checks: run.checks.map((one) => one.id),
      coverage,
    };
    const own = {
      ...structuredClone(run),
      checks,
      shard,
      durationMs: 100 * (at + 1),
      startedAt: `2026-11-24T12:00:0${at}.000Z`,
    };
    return { path: `shard-${at + 1}/run.json`, run: settle(own) };
  });
}
const three = () => shardsOf(whole(), 3);
const taken = (files: ShardFile[], ...at: number[]) => at.map((one) => files[one]).filter((one) => !!one);
const first = (files: ShardFile[]) => {
  const [file] = files;
  if (file === undefined) throw new Error('no shard');
  return file;
};

test('what is joined equals what was not divided', () => {
  const { gate: _gate, ...expected } = settle(whole());

  const { gate, ...joined } = mergeRuns(taken(three(), 2, 0, 1));

  expect(joined).toEqual({ ...expected, sentences: joined.sentences });
  expect(joined.sentences.map(({ verdict, checks }) => ({ verdict, checks }))).toEqual(
    expected.sentences.map(({ verdict, checks }) => ({ verdict, checks })),
  );
  expect(gate).toMatchObject({ passed: false, exitCode: 4 });
});

test('failures of the harness stay, and waivers are judged as of the last shard', () => {
  const files = three();
  first(files).run.problems = ['a worker died'];

  expect(mergeRuns(files).problems).toEqual(['a worker died']);
  expect(judgedAt(files).toISOString()).toBe('2026-11-24T12:00:02.000Z');
});

test('a missing shard is an error that names it', () => {
  expect(() => mergeRuns(taken(three(), 0, 2))).toThrow('shard 2 of 3 is missing');
});

test('a shard given twice is an error', () => {
  expect(() => mergeRuns(taken(three(), 0, 1, 1))).toThrow('shard 2 of 3 is given twice');
});

test('a record of a whole run is refused', () => {
  expect(() => mergeRuns([{ path: 'run.json', run: whole() }])).toThrow('of a whole run');
});

test('a check that no shard holds, or two, is an error', () => {
  const without = three();
  const lost = first(without).run.checks.pop() as CheckRecord;
  const twice = three();
  first(twice).run.checks.push({ ...lost, id: twice[1]?.run.checks[0]?.id ?? '' });

  expect(() => mergeRuns(without)).toThrow(`no shard holds the check ${lost.id}`);
  expect(() => mergeRuns(twice)).toThrow('is in two shards');
});

test.each<[string, (run: RunRecord) => void]>([
  ['documents', (run) => (run.document.sha256 = 'other')],
  ['profiles', (run) => (run.profile = null)],
  ['seeds', (run) => (run.seed = 99)],
  ['targets', (run) => (run.target = 'another')],
  ['versions of syncproof', (run) => (run.tool.version = '9.9.9')],
  ['reverse documents', (run) => (run.reverse = { title: 'r', path: 'r.rst', sha256: 'r' })],
  ['numbers of shards', (run) => run.shard && (run.shard.count = 4)],
  ['selections of checks', (run) => run.shard?.checks.pop()],
  ['gates', (run) => (run.asked = { rules: { minVerified: 1 }, waivers: [], knownWaived: [], proof: null })],
])('shards whose %s differ are refused', (what, change) => {
  const files = three();
  const [, second] = files;
  if (second !== undefined) change(second.run);

  expect(() => mergeRuns(files)).toThrow(`their ${what} differ`);
});
