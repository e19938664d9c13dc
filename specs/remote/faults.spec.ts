import { beforeAll, expect, test } from 'vitest';
import type { RemoteRun } from '../../src/cli/remote/run-remotely.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import { CAUGHT_BY, SERVED } from './caught-by.js';
import { openPlayground } from './playground.js';

const QUICK = ['settleMs: 3000', 'absenceMs: 1200', 'quietMs: 300', 'pollMs: 100'];

/** The rest are served as processes of their own. */
const HERE = CAUGHT_BY.filter((one) => !SERVED.includes(one));
const others = (check: string) => [...new Set([check, 'customer/sync-every/webshop-to-crm/create'])];

type Judged = { run: RemoteRun; expected: RegExp };
const judged = new Map<number, Judged>();

/** Most of the time is spent waiting, so several faulty syncs are judged at the same time. */
beforeAll(async () => {
  const waiting = [...HERE];
  const judge = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [id, check] = next;
      const fault = FAULTS.find((one) => one.id === id);
      if (fault === undefined) throw new Error(`no fault ${id}`);
      const playground = await openPlayground({ breakage: fault.make });
      judged.set(id, { run: await playground.judge([check], QUICK), expected: fault.expected });
      await playground.close();
    }
  };
  await Promise.all([judge(), judge(), judge(), judge()]);
}, 180_000);

test.each(HERE)('fault %i is caught remotely by %s', (id, check) => {
  const found = judged.get(id);
  const [outcome] = found?.run.finished.map((one) => one.outcome) ?? [];

  expect(check).toMatch(found?.expected ?? /never/);
  expect(outcome?.verdict).toBe('failed');
  expect(outcome?.evidence?.exchanges.length).toBeGreaterThan(0);
  expect(found?.run.problems).toEqual([]);
});

test('the correct sync passes the same checks', async () => {
  const playground = await openPlayground();
  try {
    const { finished } = await playground.judge(
      HERE.flatMap(([, check]) => others(check)),
      QUICK,
    );
    const bad = finished.filter(({ outcome }) => outcome?.verdict !== 'verified');

    expect(bad.map(({ id, outcome }) => `${id}: ${outcome?.reason ?? ''}`)).toEqual([]);
  } finally {
    await playground.close();
  }
});
