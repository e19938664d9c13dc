import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import type { RunRecord } from '../../src/run/record.js';
import { syncproof, syncproofInWrappers, syncproofWithLittleSpace } from './syncproof.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'never-green-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const RUN = ['run', '--no-html', '--out', 'out'];
const PART = [...RUN, '--only', 'product/sync-every'];
const record = () => JSON.parse(readFileSync(join(folder, 'out', 'run.json'), 'utf8')) as RunRecord;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** Does something to each worker once it has begun its work. */
function preloadForWorkers(act: string): string {
  write(
    'end.mjs',
    `import { isMainThread } from 'node:worker_threads';
     const end = () => globalThis.__vitest_worker__ && setTimeout(() => ${act}, 50);
     if (!isMainThread) setInterval(end, 5);`,
  );
  return `--import ${pathToFileURL(join(folder, 'end.mjs')).href}`;
}

test('a worker that dies exits 4, and each lost check is an error', () => {
  const { code, err } = syncproof(folder, RUN, { NODE_OPTIONS: preloadForWorkers('process.reallyExit(0)') });

  expect(code).toBe(4);
  expect(err).toContain('outside of a check');
  const { summary, gate, problems } = record();
  expect(summary.error).toBeGreaterThan(0);
  expect(summary.total).toBeGreaterThan(500);
  expect(gate.exitCode).toBe(4);
  expect(problems?.length).toBeGreaterThan(0);
});

test('a run that is killed leaves no record that could read as green', () => {
  const killed = syncproof(folder, RUN, {
    NODE_OPTIONS: preloadForWorkers("process.kill(process.pid, 'SIGKILL')"),
  });

  expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(existsSync(join(folder, 'out', 'run.json'))).toBe(false);
});

describe('a report that cannot be written', () => {
  test('on a full disk exits 4, names each, and leaves nothing half-written', () => {
    const { code, err } = syncproofWithLittleSpace(folder, RUN, 8);

    expect(code).toBe(4);
    expect(err).toContain('the report run.json could not be made');
    expect(readdirSync(join(folder, 'out')).filter((name) => name.includes('tmp'))).toEqual([]);
    expect(existsSync(join(folder, 'out', 'run.json'))).toBe(false);
  });

  test('for a folder in its way exits 4, and the others are still written', () => {
    mkdirSync(join(folder, 'out', 'ctrf.json', 'in-the-way'), { recursive: true });

    const { code, err } = syncproof(folder, PART);

    expect(code).toBe(4);
    expect(err).toContain('the report ctrf.json could not be made');
    expect(existsSync(join(folder, 'out', 'junit.xml'))).toBe(true);
  });

  test('the step summary counts as one', () => {
    const { code, err } = syncproof(folder, PART, { GITHUB_STEP_SUMMARY: join(folder, 'no', 'such') });

    expect(code).toBe(4);
    expect(err).toContain('the step summary could not be made');
  });
});

test('the step summary is added to what stands there already', () => {
  write('summary.md', '# Earlier step\n');

  const { code } = syncproof(folder, PART, { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') });

  const text = readFileSync(join(folder, 'summary.md'), 'utf8');
  expect(code).toBe(0);
  expect(text).toMatch(/^# Earlier step\n/);
  expect(text).toContain('Gate passed');
});

const FORMS = join(packageRoot(), 'fixtures', 'dataflows', 'forms');

test.each([
  ['without any check', ['no-sections.rst'], '0 of 0'],
  ['with nothing but not-testable checks', ['sync-when.rst', '--only', '*/sync-when/*'], /found 0 of \d/],
])('a document %s exits 3, divided or not', (_, [name = '', ...only], found) => {
  const run = ['run', join(FORMS, name), ...only, '--no-html'];
  const whole = syncproof(folder, [...run, '--out', 'out']);
  const parts = [1, 2].map((index) =>
    syncproof(folder, [...run, '--shard', `${index}/2`, '--out', `s${index}`]),
  );
  const joined = syncproof(folder, ['merge', 's1', 's2', '--no-html', '--out', 'joined']);

  for (const { code, out } of [whole, joined]) {
    expect(code).toBe(3);
    expect(out).toMatch(/✗ some check ran/);
    expect(out).toMatch(found);
  }
  for (const { out } of parts) expect(out).not.toContain('Gate passed');
});

test('a profile that asks for more than the run can show exits 3, and says so with what passed', () => {
  write(
    'asks.yaml',
    readFileSync(join(packageRoot(), 'fixtures', 'profiles', 'webshop-crm.yaml'), 'utf8')
      .replace(/^gate:\n(?: .*\n)*/m, '')
      .concat(
        '\ngate:\n  minVerified: 100000\n  proofComplete: true\n  maxCheckMs: 60000\n  noContractDrift: true\n',
      ),
  );

  const { code, out } = syncproof(folder, [...RUN, '--profile', 'asks.yaml']);

  expect(code).toBe(3);
  expect(out).toContain('✗ enough verified: expected at least 100000');
  expect(out).toContain('✗ the proof is complete');
  expect(out).toContain('✓ fast enough');
  expect(out).toContain('✓ no contract drift');
});

test('the exit code of the gate passes through an npm script and a pipe', () => {
  const args = ['run', join(FORMS, 'no-sections.rst'), '--no-html', '--out', 'out'];

  expect(syncproofInWrappers(folder, args).code).toBe(3);
});
