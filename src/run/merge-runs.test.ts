import { expect, test } from 'vitest';
import { InputError } from '../document/input-error.js';
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

/** What the user is told: where, expected and found. */
function refusal(files: ShardFile[]): InputError {
  try {
    mergeRuns(files);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the shards were joined');
}

test('nothing to join is an error', () => {
  expect(refusal([])).toMatchObject({
    code: 'shards-do-not-join',
    message: 'no run record was given',
    where: '',
    found: 'none',
  });
});

test('the record of a whole run is named, with what it lacks', () => {
  expect(refusal([{ path: 'run.json', run: whole() }])).toMatchObject({
    where: 'run.json',
    found: 'no shard',
  });
});

test('shards are taken in the order of their numbers, and the whole began with the earliest', () => {
  const files = three();
  for (const [at, { run }] of files.entries()) {
    run.problems = [`problem of ${at + 1}`];
    run.startedAt = `2026-11-24T12:00:0${9 - at}.000Z`;
  }

  const { problems, startedAt, gate } = mergeRuns(taken(files, 2, 0, 1));

  expect(problems).toEqual(['problem of 1', 'problem of 2', 'problem of 3']);
  expect(startedAt).toBe('2026-11-24T12:00:07.000Z');
  expect(gate.results).toEqual([]);
});

test('records without problems give a whole without problems', () => {
  const files = three();
  for (const { run } of files) delete run.problems;

  expect(mergeRuns(files).problems).toEqual([]);
});

test('what differs is told with both values, cut where they are long', () => {
  const files = three();
  const [, second, third] = files;
  if (second !== undefined) second.run.profile = null;
  const other = three();
  if (other[1] !== undefined) other[1].run.target = 'x'.repeat(200);
  const asked = three();
  const rules = { rules: { minVerified: 1 }, waivers: [], knownWaived: [], proof: null };
  if (asked[2] !== undefined) asked[2].run.asked = rules;

  expect(refusal(files)).toMatchObject({
    expected: `"${'cd'.repeat(32)}", as in shard-1/run.json`,
    found: '"none"',
    where: 'shard-2/run.json',
  });
  expect(refusal(other).found).toHaveLength(80);
  expect(refusal(asked).expected).toBe('nothing, as in shard-1/run.json');
  expect(third?.path).toBe('shard-3/run.json');
});

test('both reverse documents are told when only one shard had one', () => {
  const files = three();
  if (files[1] !== undefined) files[1].run.reverse = { title: 'r', path: 'r.rst', sha256: 'sum' };

  expect(refusal(files)).toMatchObject({ expected: '"none", as in shard-1/run.json', found: '"sum"' });
});

test('shards of other numbers of checks are refused', () => {
  const files = three();
  if (files[1]?.run.shard !== undefined) files[1].run.shard.of += 1;

  expect(refusal(files).message).toContain('numbers of checks');
});

test('all missing shards are told, with those that are there', () => {
  const files = shardsOf(whole(), 5);

  expect(refusal(taken(files, 0, 2, 4))).toMatchObject({
    message: 'shard 2 and 4 of 5 is missing',
    found: 'only 1, 3, 5',
    where: '',
  });
});

test('a shard that is given twice is named in both places', () => {
  const files = three();
  const again = taken(files, 0, 1, 2).concat({ ...first(files), path: 'copy/run.json' });

  expect(refusal(again)).toMatchObject({ found: 'it is in shard-1/run.json too', where: 'copy/run.json' });
});

test('a check that is not of the run is an error, be it added or put in the place of another', () => {
  const added = three();
  const own = first(added).run.checks[0] as CheckRecord;
  first(added).run.checks.push({ ...own, id: 'stray' });

  expect(refusal(added)).toMatchObject({
    message: 'the shards hold checks that are not of the run',
    where: '',
  });
});

test('a check in the place of another is an error that names the one that is lost', () => {
  const files = three();
  const own = first(files).run.checks[0] as CheckRecord;
  const lost = own.id;
  own.id = 'stray';

  expect(refusal(files).message).toBe(`no shard holds the check ${lost}`);
});

test('a list of checks that is longer than it says is an error', () => {
  const files = three();
  for (const { run } of files) if (run.shard !== undefined) run.shard.of -= 1;

  expect(refusal(files).message).toBe('the shards hold checks that are not of the run');
});
