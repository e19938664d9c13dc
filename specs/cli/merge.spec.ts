import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../src/run/record.js';
import { syncproof } from './syncproof.js';

let folder = '';
const run = (...args: string[]) => syncproof(folder, args);
const recordIn = (name: string) =>
  JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as RunRecord;
const filesIn = (name: string) => readdirSync(join(folder, name), { recursive: true }).map(String).toSorted();
/** What must not depend on how a run was divided: all but times. */
const timeless = ({ startedAt: _start, durationMs: _took, ...run }: RunRecord) => ({
  ...run,
  checks: run.checks.map(({ durationMs: _own, ...check }) => check),
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'merge-'));
  expect(run('run', '--no-html', '--out', 'whole').code).toBe(0);
  for (const index of [1, 2, 3])
    expect(run('run', '--no-html', '--shard', `${index}/3`, '--out', `shard-${index}`).code).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('three shards joined are the run that was not divided', () => {
  const merged = run('merge', 'shard-1', 'shard-2', 'shard-3', '--no-html', '--out', 'joined');

  expect(merged.code).toBe(0);
  expect(merged.out).toContain('Gate passed');
  const [joined, whole] = [recordIn('joined'), recordIn('whole')];
  expect(joined.checks.map((check) => check.id)).toEqual(whole.checks.map((check) => check.id));
  expect(timeless(joined)).toEqual(timeless(whole));
  expect(filesIn('joined')).toHaveLength(filesIn('whole').length);
});

test('the work is dealt out, and no shard speaks for the whole', () => {
  const records = [1, 2, 3].map((index) => recordIn(`shard-${index}`));

  expect(records.every((record) => record.checks.length > 0)).toBe(true);
  expect(records.reduce((sum, record) => sum + record.checks.length, 0)).toBe(records[0]?.shard?.of);
  expect(records.some((record) => record.gate.passed)).toBe(false);
  for (const report of ['dataflow.html', 'checklist.md', 'junit.xml', 'traceability.csv']) {
    const text = readFileSync(join(folder, 'shard-1', report), 'utf8');
    expect(text).not.toMatch(/gate passed/i);
    expect(text).toMatch(/shard 1 of 3/i);
  }
});

test('a missing shard is never green and leaves no report', () => {
  const { code, err } = run('merge', 'shard-1', 'shard-3', '--out', 'gap');

  expect(code).toBe(2);
  expect(err).toContain('shard 2 of 3 is missing');
  expect(() => readdirSync(join(folder, 'gap'))).toThrow('ENOENT');
});

test('a folder without a record is an error that names it', () => {
  const { code, err } = run('merge', 'shard-1', 'shard-2', 'shard-4', '--out', 'gap');

  expect(code).toBe(2);
  expect(err).toContain(join('shard-4', 'run.json'));
});

test('shards of different seeds do not join', () => {
  run('run', '--no-html', '--shard', '2/3', '--seed', '9', '--out', 'odd');

  const { code, err } = run('merge', 'shard-1', 'odd', 'shard-3');

  expect(code).toBe(2);
  expect(err).toContain('their seeds differ');
});

test.each(['0/3', '4/3', '1/9', 'x', '1', '1/2/3'])('--shard %s is refused', (shard) => {
  const { code, err } = run('run', '--no-html', '--shard', shard);

  expect(code).toBe(2);
  expect(err).toContain(`--shard ${shard} is no shard`);
});

test('merge without a folder says what it needs', () => {
  expect(run('merge')).toMatchObject({ code: 2 });
});
