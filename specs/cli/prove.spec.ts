import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';

const folder = mkdtempSync(join(tmpdir(), 'prove-'));

function prove(...args: string[]): { code: number | null; out: string; err: string } {
  const bin = join(packageRoot(), 'bin', 'syncproof.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'prove', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

test('the catalogue holds each number from 1 to 100 once', () => {
  const ids = FAULTS.map((fault) => fault.id);

  expect(ids.filter((id) => id <= 100)).toEqual(Array.from({ length: 100 }, (_none, index) => index + 1));
  expect(new Set(ids).size).toBe(ids.length);
});

test('one fault leaves a report that a user would see, with a line that replays it', () => {
  const { code } = prove('--fault', '25', '--only', 'customer/keep-in-sync', '--no-html');
  const run = JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as {
    checks: { id: string; verdict: string; replay: string }[];
  };
  const red = run.checks.filter((check) => check.verdict === 'failed');

  expect(code).toBe(1);
  expect(red.map((check) => check.id)).toContain(
    'customer/keep-in-sync/webshop-to-crm/conflict/different-properties',
  );
  expect(red[0]?.replay).toMatch(/^npx syncproof prove --fault 25 --seed 1 --only /);
});

test('a number that the catalogue does not hold is one clear error', () => {
  const { code, err } = prove('--fault', '999');

  expect(code).toBe(2);
  expect(err).toMatch(/holds no fault 999[\s\S]*remedy:/);
});

test('a fault that is no number is one clear error', () => {
  const { code, err } = prove('--fault', 'echo');

  expect(code).toBe(2);
  expect(err).toMatch(/--fault echo is no number/);
});
