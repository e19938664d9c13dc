import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MakeBreakage } from '../../src/drivers/breakage.js';
import { CORRECT_STAGES } from '../../src/sync/stages.js';
import type { RunRecord } from '../../src/run/record.js';
import { openPlayground, type Playground } from './playground.js';
import { runCli, type Ended } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

/** Somebody who was in the shop before, and is no business of a run. */
const SOMEBODY = {
  email: 'zebulon.quistgaard@example.net',
  first_name: 'Zebulon',
  last_name: 'Quistgaard',
  phone: '+46 70-555 12 34',
};
const CANARIES = [...Object.values(SOMEBODY), '46705551234', ...Object.values(HARNESS_ENV)];
const CHECKS = ['first-name', 'last-name', 'phone'].map(
  (row) => `customer/keep-in-sync/webshop-to-crm/${row}`,
);

/** A sync that brings somebody's data into the records of others. */
const mixesUp: MakeBreakage = () => ({
  stages: {
    carry: (row, from, value, refer) => {
      const theirs = Object.entries(SOMEBODY).find(([path]) => path === row.a && path !== 'email')?.[1];
      return theirs ?? CORRECT_STAGES.carry(row, from, value, refer);
    },
  },
});

let playground: Playground;
let ended: Ended;
let run: RunRecord;
let files: string[];

beforeAll(async () => {
  playground = await openPlayground({ breakage: mixesUp });
  await fetch(`${playground.webshop}/customers`, {
    method: 'POST',
    headers: { 'x-api-key': HARNESS_ENV.SHOP_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(SOMEBODY),
  });
  const profile = writeProfile(playground.folder, {
    webshop: playground.webshop,
    crm: playground.crm,
    sync: playground.sync,
    more: ['settleMs: 1500', 'absenceMs: 300', 'quietMs: 100', 'pollMs: 50'],
  });
  const args = [
    'run',
    '--profile',
    profile,
    '--target',
    'remote',
    '--no-html',
    '--debug',
    '--out',
    'reports',
  ];
  ended = await runCli(playground.folder, [...args, ...CHECKS.flatMap((id) => ['--only', id])], HARNESS_ENV);
  const reports = join(playground.folder, 'reports');
  files = readdirSync(reports, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  run = JSON.parse(readFileSync(join(reports, 'run.json'), 'utf8')) as RunRecord;
}, 60_000);

afterAll(() => playground.close());

test('the checks fail, and show that there was something to hide', () => {
  const failed = run.checks.filter((check) => check.verdict === 'failed');

  expect(ended.code).toBe(1);
  expect(failed.map((check) => check.id)).toEqual(CHECKS);
  expect(failed.map((check) => check.reason).join()).toMatch(/is "\[name\]".*is "\[phone\]"/s);
  expect(failed.flatMap((check) => check.evidence?.exchanges ?? []).length).toBeGreaterThan(4);
});

test('no secret and nothing about somebody else stands in a report, the ledger or the output', () => {
  const texts = [ended.out, ended.err, ...files.map((file) => readFileSync(file, 'utf8'))];
  const found = CANARIES.filter((canary) => texts.some((text) => text.includes(canary)));

  expect(files.length).toBeGreaterThan(6);
  expect(found).toEqual([]);
});

test('what the run made up itself is shown as it is', () => {
  const [check] = run.checks.filter((one) => one.verdict === 'failed');
  const made = JSON.stringify(
    check?.evidence?.exchanges.filter((one) => one.method === 'POST')[0]?.requestBody,
  );

  expect(made).toMatch(/"first_name":"[^[]/);
  expect(made).toMatch(/"email":"[^[]+@/);
});
