import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import type { SimulationRecord } from '../../src/proof/simulation/simulation-record.js';
import { syncproof } from './syncproof.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});

const simulate = (...args: string[]) => syncproof(folder, ['simulate', ...args]);
const kept = (name: string) => join(packageRoot(), 'fixtures', 'histories', `${name}.json`);
const record = (out: string) =>
  JSON.parse(readFileSync(join(folder, out, 'simulation.json'), 'utf8')) as SimulationRecord;

test('the result does not depend on the number of threads', () => {
  simulate('--runs', '90', '--seed', '5', '--threads', '1', '--out', 'one');
  simulate('--runs', '90', '--seed', '5', '--threads', '3', '--out', 'three');

  expect({ ...record('three'), durationMs: 0 }).toEqual({ ...record('one'), durationMs: 0 });
});

test('a run that leaves a kind of step or trouble out is not green, and says which', () => {
  const { code, out } = simulate('--runs', '2', '--seed', '5');

  expect(code).toBe(3);
  expect(out).toMatch(/never exercised: .*\(met by no call\)/);
  expect(record('reports').unexercised).not.toEqual([]);
});

test('a faulty sync is found, with steps, a line that replays it and the history as data', () => {
  const { code, out } = simulate('--fault', '1', '--seed', '5');
  const [failure] = record('reports').failures;

  expect(code).toBe(1);
  expect(out).toMatch(
    / is broken in history \d+[\s\S]*1\. [\s\S]*replay: syncproof simulate --fault 1 --seed 5/,
  );
  expect(simulate('--replay', failure?.file ?? '').code).toBe(1);
  expect(
    simulate('--fault', '1', '--seed', '5', '--replay', failure?.replay.split(' ').at(-1) ?? '').code,
  ).toBe(1);
});

test('a history that is kept as data is played again and passes', () => {
  const { code, out } = simulate('--replay', kept('created-unread'));

  expect(code).toBe(0);
  expect(out).toMatch(/^1\. Given [\s\S]*\npass\n$/);
});

test('progress stands in plain lines where nobody watches', () => {
  const { err } = simulate('--runs', '10');

  expect(err).toMatch(/^1\/10 histories, 0 failed\n/);
  expect(err).not.toContain('\r');
});

test.each([
  [['--runs', '0'], /--runs 0 is no count[\s\S]*expected: a whole number from 1 to/],
  [['--runs', 'many'], /--runs many is no count/],
  [['--seed=-1'], /--seed -1 is no seed/],
  [['--seed', '1.5'], /--seed 1.5 is no seed/],
  [['--threads', '0'], /--threads 0 is no count/],
  [['--length', '9999'], /--length 9999 is no count/],
  [['--fault', '999'], /holds no fault 999[\s\S]*expected: a number from 1 to \d+, or all/],
  [['--fault', 'echo'], /holds no fault echo/],
  [['--fault', 'all', '--replay', '1'], /--fault all and --replay are given together/],
  [['--docs', 'table.md'], /--docs is given without --fault all/],
  [['--policy', 'delete=never'], /--policy delete=never is no policy/],
  [['--policy', 'mood=good'], /--policy mood=good is no policy/],
  [['--policy', 'all', '--replay', '1'], /--policy all and --replay are given together/],
  [['--replay', 'nowhere.json'], /cannot be played[\s\S]*where: .*nowhere.json[\s\S]*found: no such file/],
  [['--profile', 'my.yaml'], /--profile is given without a document/],
  [['nowhere.rst'], /nowhere.rst cannot be read/],
])('%j is refused in one clear error', (args, message) => {
  const { code, err } = simulate(...args);

  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).toMatch(/remedy:/);
  expect(err).not.toMatch(/\n\s+at /);
});

test.each([
  ['no JSON at all', '{"schema"', /found: no JSON/],
  ['another kind of file', '{"schema":"syncproof.run/1"}', /found: schema: /],
])('a history that is %s is refused', (_what, content, message) => {
  writeFileSync(join(folder, 'history.json'), content);

  const { code, err } = simulate('--replay', 'history.json');

  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a history with an operation that does not exist is refused, and names it', () => {
  const held = JSON.parse(readFileSync(kept('created-unread'), 'utf8')) as { history: { steps: unknown[] } };
  held.history.steps.push({ kind: 'explode' });
  writeFileSync(join(folder, 'history.json'), JSON.stringify(held));

  const { code, err } = simulate('--replay', 'history.json');

  expect(code).toBe(2);
  expect(err).toMatch(/found: history\.steps\.\d+\.kind: /);
});

test('a folder that cannot be written to is one clear error, before anything is played', () => {
  writeFileSync(join(folder, 'file'), '');

  const { code, err } = simulate('--runs', '5', '--out', 'file');

  expect(code).toBe(2);
  expect(err).toMatch(/cannot be written to[\s\S]*remedy:/);
  expect(err).not.toMatch(/histories/);
});
