import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlayground, type Playground } from './playground.js';

const CREATE = 'customer/sync-every/webshop-to-crm/create';
const SLOW_MS = 1500;

let playground: Playground;

/** The sync looks every one and a half seconds, and nobody tells it of changes. */
beforeAll(async () => {
  playground = await openPlayground({ pollMs: SLOW_MS, hasEvents: false });
});
afterAll(() => playground.close());

test('a sync that is merely slow passes within its budget, and its latency is told', async () => {
  const run = await playground.judge(
    [CREATE],
    ['settleMs: 10000', 'absenceMs: 200', 'quietMs: 100', 'pollMs: 50'],
  );

  expect(run.finished[0]?.outcome?.verdict).toBe('verified');
  expect(run.latency?.worstMs).toBeGreaterThan(0);
  expect(run.latency?.boundMs).toBe(60_000);
});

test('beyond its budget it fails, and the message says how long was waited', async () => {
  const more = ['settleMs: 600', 'absenceMs: 10', 'quietMs: 10', 'pollMs: 10', 'outageMs: 1000'];
  const asleep = await openPlayground({ pollMs: 60_000, hasEvents: false });
  const run = await asleep.judge([CREATE], more).finally(() => asleep.close());
  const outcome = run.finished[0]?.outcome;

  expect(outcome?.verdict).toBe('failed');
  expect(outcome?.reason).toMatch(/found 0 .*not seen in time: waited \d+ ms, budget 600 ms/);
});

test('judged three times, it is verified only when it is verified three times', async () => {
  const more = ['settleMs: 10000', 'absenceMs: 200', 'quietMs: 100', 'pollMs: 50'];
  const run = await playground.judge([CREATE], more, { repeat: 3 });

  expect(run.finished[0]?.outcome?.steps.at(-1)?.text).toBe('verified 3 of 3 times');
});
