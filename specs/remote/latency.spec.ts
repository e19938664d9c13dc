import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../src/run/record.js';
import type { MakeBreakage } from '../../src/drivers/breakage.js';
import { CORRECT_STAGES } from '../../src/sync/stages.js';
import { openPlayground, type Playground } from './playground.js';
import { runCli } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

const ROWS = ['first-name', 'last-name', 'phone'].map((row) => `customer/keep-in-sync/webshop-to-crm/${row}`);
const QUICK = ['settleMs: 15000', 'absenceMs: 300', 'quietMs: 150', 'pollMs: 50'];

let playground: Playground;

beforeAll(async () => {
  playground = await openPlayground();
});
afterAll(() => playground.close());

async function run(latencyMs: number): Promise<{ code: number | null; out: string; record: RunRecord }> {
  const { webshop, crm, sync, folder } = playground;
  const profile = writeProfile(folder, { webshop, crm, sync, more: [...QUICK, `latencyMs: ${latencyMs}`] });
  const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
  const { code, out } = await runCli(folder, [...args, ...ROWS.flatMap((id) => ['--only', id])], HARNESS_ENV);
  const record = JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as RunRecord;
  return { code, out, record };
}

test('within the bound of the profile the run passes, and tells median, 95th percentile and worst', async () => {
  const { code, out, record } = await run(60_000);
  const { latency } = record;

  expect(code).toBe(0);
  expect(latency?.changes).toBeGreaterThanOrEqual(2 * ROWS.length);
  expect(latency?.medianMs).toBeGreaterThan(0);
  expect(latency?.p95Ms).toBeGreaterThanOrEqual(latency?.medianMs ?? Number.POSITIVE_INFINITY);
  expect(latency?.worstMs).toBeGreaterThanOrEqual(latency?.p95Ms ?? Number.POSITIVE_INFINITY);
  expect(ROWS).toContain(latency?.worstCheck);
  expect(out).toMatch(/changes arrive in time: expected within 60000 ms, found worst \d+ ms/);
});

test('beyond it every check may pass and the run fails all the same', async () => {
  const { code, record } = await run(1);
  const rule = record.gate.results.find((one) => one.rule === 'changes arrive in time');

  expect(record.checks.map((check) => check.verdict)).toEqual(ROWS.map(() => 'verified'));
  expect(rule).toMatchObject({ passed: false, expected: 'within 1 ms' });
  expect(code).toBe(1);
});

/** A sync that carries one value in six wrongly: the edit of the second turn. */
const lapses: MakeBreakage = () => {
  const seen: unknown[] = [];
  return {
    stages: {
      carry(row, from, value, refer) {
        if (row.a !== 'last_name' || from !== 'a' || value === null)
          return CORRECT_STAGES.carry(row, from, value, refer);
        if (!seen.includes(value)) seen.push(value);
        return seen.indexOf(value) === 3 ? 'Lapse' : CORRECT_STAGES.carry(row, from, value, refer);
      },
    },
  };
};

test('a check that is repeated says how often it held, and holds only when it always did', async () => {
  const flaky = await openPlayground({ breakage: lapses });
  const [, lastName = ''] = ROWS;
  const more = QUICK.map((line) => (line.startsWith('settleMs') ? 'settleMs: 2500' : line));

  const { finished } = await flaky.judge([lastName], more, { repeat: 3 }).finally(() => flaky.close());

  expect(finished[0]?.outcome?.verdict).toBe('failed');
  expect(finished[0]?.outcome?.reason).toMatch(/^verified 2 of 3 times: CRM Customer\.lastName is "Lapse"/);
});
