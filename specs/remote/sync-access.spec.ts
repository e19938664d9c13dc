import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openPlayground, type Playground } from './playground.js';

const CREATE = 'customer/sync-every/webshop-to-crm/create';
const EDIT = 'customer/keep-in-sync/webshop-to-crm/first-name';
const NO_MATCH = 'customer/keep-in-sync/webshop-to-crm/status/unknown-value';
const QUICK = ['settleMs: 8000', 'absenceMs: 300', 'quietMs: 150', 'pollMs: 50'];

/** A sync that does nothing by itself and hears of nothing, and one that looks all the time. */
let idle: Playground;
let awake: Playground;
let front: Server;
let frontUrl: string;
let calls: { method: string; path: string; header: string | undefined }[] = [];

beforeAll(async () => {
  idle = await openPlayground({ pollMs: 0, hasEvents: false });
  awake = await openPlayground({ pollMs: 100, hasEvents: false });
  front = createServer((request, response) => {
    void forward(request).then(
      ({ status, text }) => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  frontUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
afterEach(() => (calls = []));
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await Promise.all([idle.close(), awake.close()]);
});

/** Stands before the idle sync, notes who calls it, and passes calls on. */
async function forward(request: IncomingMessage): Promise<{ status: number; text: string }> {
  const path = request.url ?? '';
  const header = request.headers['x-sync-key'];
  calls.push({ method: request.method ?? '', path, header: typeof header === 'string' ? header : undefined });
  const target = path === '/wake' ? '/sync' : path;
  const answer = await fetch(`${idle.sync}${target}`, {
    method: path === '/wake' ? 'POST' : (request.method ?? 'GET'),
  });
  return { status: path === '/wake' ? 202 : answer.status, text: await answer.text() };
}

test('none: the run just waits, and calls the sync nowhere', async () => {
  const run = await awake.judge([CREATE, EDIT], QUICK, {}, '{ kind: none }');

  expect(run.finished.map(({ outcome }) => outcome?.verdict)).toEqual(['verified', 'verified']);
  expect(calls).toEqual([]);
});

test('none, with a sync that never wakes: the check fails, and says how long was waited', async () => {
  const run = await idle.judge(
    [CREATE],
    ['settleMs: 800', 'absenceMs: 10', 'quietMs: 10', 'pollMs: 10'],
    {},
    '{ kind: none }',
  );

  expect(run.finished[0]?.outcome?.verdict).toBe('failed');
  expect(run.finished[0]?.outcome?.reason).toMatch(/not seen in time: waited \d+ ms, budget 800 ms/);
});

test('trigger: each turn of the sync is asked for, with the headers of the profile', async () => {
  process.env['SYNC_KEY'] = 'trigger-canary-1';
  const sync = `{ kind: trigger, url: '${frontUrl}/sync', headers: { X-Sync-Key: SYNC_KEY } }`;
  const run = await idle.judge([CREATE, EDIT], QUICK, {}, sync);

  expect(run.finished.map(({ outcome }) => outcome?.verdict)).toEqual(['verified', 'verified']);
  expect(calls.length).toBeGreaterThan(1);
  for (const call of calls)
    expect(call).toEqual({ method: 'POST', path: '/sync', header: 'trigger-canary-1' });
  expect(JSON.stringify(run)).not.toContain('trigger-canary-1');
});

test('trigger: where nothing is expected, two turns that ended are enough, however long the absence is', async () => {
  const patient = QUICK.map((line) => (line.startsWith('absenceMs') ? 'absenceMs: 600000' : line));
  const run = await idle.judge(
    [NO_MATCH],
    patient,
    {},
    `{ kind: trigger, url: '${frontUrl}/sync', status: '${frontUrl}/status' }`,
  );

  expect(run.finished[0]?.outcome?.verdict).toBe('verified');
  expect(calls.filter((call) => call.path === '/sync').length).toBeGreaterThanOrEqual(2);
});

test('webhook: the sync is woken by a call of the method of the profile', async () => {
  const run = await idle.judge(
    [CREATE],
    QUICK,
    {},
    `{ kind: webhook, url: '${frontUrl}/wake', method: PUT }`,
  );

  expect(run.finished[0]?.outcome?.verdict).toBe('verified');
  expect(calls.length).toBeGreaterThan(1);
  expect(new Set(calls.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(['PUT /wake']));
});

test('webhook: one that refuses the call is an error of the environment, no failed check', async () => {
  const run = await idle.judge([CREATE], QUICK, {}, `{ kind: webhook, url: '${frontUrl}/nowhere' }`);

  expect(run.finished[0]?.outcome?.verdict).toBe('error');
  expect(run.finished[0]?.outcome?.reason).toMatch(/the sync: POST .*\/nowhere answered 404/);
});

test('status: what the sync must report is asked of its status URL', async () => {
  const asked = await awake.judge([NO_MATCH], QUICK, {}, `{ kind: status, status: '${awake.sync}/status' }`);

  expect(asked.finished[0]?.outcome?.verdict).toBe('verified');
});

test('status: without such a URL such checks are not testable, and say what to give', async () => {
  const run = await awake.judge([NO_MATCH], QUICK, {}, '{ kind: none }');

  expect(run.finished[0]?.outcome?.verdict).toBe('not-testable');
  expect(run.finished[0]?.outcome?.remedy).toContain('remote.sync.status');
});

test('a sync that answers nonsense at its status URL ends the run before anything is made', async () => {
  const judged = awake.judge([CREATE], QUICK, {}, `{ kind: status, status: '${awake.sync}/links' }`);

  await expect(judged).rejects.toThrow(/no status: \{state: ok, degraded or error/);
});
