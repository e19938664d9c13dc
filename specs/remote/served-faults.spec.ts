import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import type { CheckRecord, RunRecord } from '../../src/run/record.js';
import { SERVED } from './caught-by.js';
import { runCli, serveAll, type Ended } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

const AT_A_TIME = 3;
const folder = mkdtempSync(join(tmpdir(), 'syncproof-served-faults-'));

type Judged = { ended: Ended; checks: CheckRecord[]; problems: string[] };
const judged = new Map<number | null, Judged>();

/** Serves a sync as a user would, judges it as a user would, and ends it. */
async function judge(fault: number | null, checks: string[], settleMs: number): Promise<Judged> {
  const own = join(folder, `fault-${fault ?? 'none'}`);
  mkdirSync(own);
  const served = await serveAll(own, [
    '--poll',
    '100',
    ...(fault === null ? [] : ['--fault', String(fault)]),
  ]);
  try {
    const [webshop = '', crm = '', sync = ''] = ['webshop', 'crm', 'sync'].map((key) => served.urls[key]);
    const more = [`settleMs: ${settleMs}`, 'absenceMs: 1200', 'quietMs: 300', 'pollMs: 100'];
    const profile = writeProfile(own, { webshop, crm, sync, more });
    const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
    const ended = await runCli(own, [...args, ...checks.flatMap((id) => ['--only', id])], HARNESS_ENV);
    const run = JSON.parse(readFileSync(join(own, 'reports', 'run.json'), 'utf8')) as RunRecord;
    return { ended, checks: run.checks, problems: run.problems ?? [] };
  } finally {
    await served.stop();
  }
}

beforeAll(async () => {
  const waiting = [...SERVED];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      judged.set(next[0], await judge(next[0], [next[1]], 3000));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  judged.set(null, await judge(null, [...new Set(SERVED.map(([, check]) => check))], 20_000));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(SERVED)('the sync of serve --fault %i is caught by %s', (fault, check) => {
  const { ended, checks, problems } = judged.get(fault) ?? { ended: null, checks: [], problems: [] };
  const failed = checks.find((one) => one.verdict === 'failed');

  expect(check).toMatch(FAULTS.find((one) => one.id === fault)?.expected ?? /never/);
  expect(checks.map(({ id, verdict, reason }) => [id, verdict, verdict === 'failed' ? '' : reason])).toEqual([
    [check, 'failed', ''],
  ]);
  expect(failed?.evidence?.exchanges.length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  expect(ended?.code).toBe(1);
});

test('the correct sync, served the same way, passes all of them', () => {
  const { ended, checks } = judged.get(null) ?? { ended: null, checks: [] };

  expect(checks.filter((one) => one.verdict !== 'verified').map(({ id, reason }) => [id, reason])).toEqual(
    [],
  );
  expect(checks.length).toBe(new Set(SERVED.map(([, check]) => check)).size);
  expect(ended?.code).toBe(0);
});
