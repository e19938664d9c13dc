import { beforeAll, expect, test } from 'vitest';
import type { RemoteRun } from '../../src/cli/remote/run-remotely.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import { openPlayground } from './playground.js';

const QUICK = ['settleMs: 3000', 'absenceMs: 1200', 'quietMs: 300', 'pollMs: 100'];

/** Faults of the catalogue that the APIs alone show, and a check that must catch each. */
const CAUGHT_BY: [fault: number, check: string][] = [
  [2, 'order/sync-every/webshop-to-crm/shared-reference'],
  [3, 'product/sync-every/webshop-to-crm/match/sku'],
  [4, 'customer/sync-every/webshop-to-crm/create-sparse'],
  [7, 'customer/sync-every/webshop-to-crm/match-any-case/email'],
  [8, 'customer/sync-every/webshop-to-crm/key-edit/email'],
  [10, 'order/keep-in-sync/webshop-to-crm/lines/replaced'],
  [16, 'customer/keep-in-sync/webshop-to-crm/first-name/clear'],
  [18, 'order/keep-in-sync/webshop-to-crm/lines/quantity'],
  [19, 'order/keep-in-sync/webshop-to-crm/lines/removed'],
  [22, 'customer/keep-in-sync/webshop-to-crm/status/unknown-value'],
  [24, 'order/keep-in-sync/webshop-to-crm/status/cancelled'],
  [25, 'customer/keep-in-sync/webshop-to-crm/conflict/different-properties'],
];

const others = (check: string) => [...new Set([check, 'customer/sync-every/webshop-to-crm/create'])];

type Judged = { run: RemoteRun; expected: RegExp };
const judged = new Map<number, Judged>();

/** Most of the time is spent waiting, so several faulty syncs are judged at the same time. */
beforeAll(async () => {
  const waiting = [...CAUGHT_BY];
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

test.each(CAUGHT_BY)('fault %i is caught remotely by %s', (id, check) => {
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
      CAUGHT_BY.flatMap(([, check]) => others(check)),
      QUICK,
    );
    const bad = finished.filter(({ outcome }) => outcome?.verdict !== 'verified');

    expect(bad.map(({ id, outcome }) => `${id}: ${outcome?.reason ?? ''}`)).toEqual([]);
  } finally {
    await playground.close();
  }
});
