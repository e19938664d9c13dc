import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Capability } from '../../src/checklist/check.js';
import type { RunRecord } from '../../src/run/record.js';
import { serveRole, startCli, type Ended, type Role } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

/** What a deployed sync offers that has status and links URLs, between systems of which one restores. */
const OFFERED = new Set<Capability>(['links', 'errors', 'restore']);

const folder = mkdtempSync(join(tmpdir(), 'syncproof-remote-'));
let roles: Role[] = [];
let ended: Ended;
let run: RunRecord;

/** The shop, the CRM and the sync are three processes, each killed and started again while the checks run. */
beforeAll(async () => {
  const sync = await freePort();
  const to = `http://127.0.0.1:${sync}`;
  const [webshop, crm] = await Promise.all([
    serveRole(folder, 'webshop', ['--webhooks-to', to, '--data', 'webshop.jsonl']),
    serveRole(folder, 'crm', ['--webhooks-to', to, '--data', 'crm.jsonl']),
  ]);
  const urls = ['--url', `webshop=${webshop.url}`, '--url', `crm=${crm.url}`];
  const service = await serveRole(folder, 'sync', ['--db', 'sync.db', '--poll', '200', ...urls], sync);
  roles = [webshop, crm, service];
  const profile = writeProfile(folder, {
    webshop: webshop.url,
    crm: crm.url,
    sync: service.url,
    more: [
      'settleMs: 150000',
      'absenceMs: 1500',
      'quietMs: 300',
      'pollMs: 150',
      'outageMs: 30000',
      'concurrency: 60',
    ],
  });
  const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
  const { child, ended: end } = startCli(folder, args, HARNESS_ENV);
  for (const role of roles) {
    await sleep(4000);
    if (child.exitCode !== null) break;
    await role.kill();
    await sleep(500);
    await role.again();
  }
  ended = await end;
  run = recordIn();
}, 900_000);

const recordIn = () => JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as RunRecord;

afterAll(async () => {
  await Promise.all(roles.map((role) => role.stop()));
  if (process.env['KEEP_REMOTE'] === undefined) rmSync(folder, { recursive: true, force: true });
  else console.log(folder);
}, 30_000);

/** In process each of these checks is verified: `specs/checklist-*.spec.ts` fail where one is not. */
test('every check that needs nothing but the APIs has the verdict that it has in process', () => {
  const testable = run.checks.filter((check) => check.needs.every((need) => OFFERED.has(need)));
  const other = testable
    .filter((check) => check.verdict !== 'verified')
    .map((check) => `${check.id}: ${check.verdict}: ${check.reason ?? ''}`);

  expect(testable.length).toBeGreaterThan(500);
  expect(other).toEqual([]);
});

test('every other check is not testable and says what is missing', () => {
  const others = run.checks.filter((check) => !check.needs.every((need) => OFFERED.has(need)));
  const journal = others.find((check) => check.needs.join() === 'journal');

  expect(others.length).toBeGreaterThan(100);
  for (const check of others) {
    expect(`${check.id} ${check.verdict}`).toBe(`${check.id} not-testable`);
    expect(check.reason).toMatch(/^the target remote offers no /);
    expect(check.remedy).toBeTruthy();
  }
  expect(journal?.reason).toContain('nobody sees the single calls of the sync (no journal)');
});

test('the latency is measured and stands in the record and in the gate', () => {
  expect(run.latency?.changes).toBeGreaterThan(100);
  expect(run.gate.results.map((result) => result.rule)).toContain('changes arrive in time');
});

test('nothing of the run is left in either system', async () => {
  const left = await Promise.all([
    ...['customers', 'orders', 'products'].map((name) => shopRecords(name)),
    ...['customers', 'orders', 'products'].map((name) => crmRecords(name)),
  ]);

  expect(ended.err).not.toContain('could not be removed');
  expect(run.problems).toEqual([]);
  expect(left.flat()).toEqual([]);
});

async function shopRecords(collection: string): Promise<unknown[]> {
  const answer = await fetch(`${roles[0]?.url ?? ''}/${collection}`, {
    headers: { 'X-Api-Key': HARNESS_ENV.SHOP_KEY },
  });
  return (await answer.json()) as unknown[];
}

async function crmRecords(collection: string): Promise<unknown[]> {
  const base = roles[1]?.url ?? '';
  const body = JSON.stringify({
    grant_type: 'client_credentials',
    client_id: HARNESS_ENV.CRM_CLIENT,
    client_secret: HARNESS_ENV.CRM_SECRET,
  });
  const token = (await (await fetch(`${base}/oauth/token`, { method: 'POST', body })).json()) as {
    access_token: string;
  };
  const headers = { authorization: `Bearer ${token.access_token}` };
  const answer = await fetch(`${base}/objects/${collection}`, { headers });
  return ((await answer.json()) as { results: unknown[] }).results;
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
