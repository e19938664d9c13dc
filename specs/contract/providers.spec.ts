import { describe, expect, test } from 'vitest';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { contractChecks, runContractCheck } from '../../src/contract-checks/run.js';
import { twinTarget } from './targets.js';

const systems = [webshopContract(), crmContract()];

test('there are at least 120 checks, with an id each', () => {
  const ids = systems.flatMap((system) => contractChecks(system).map((check) => check.id));

  expect(ids.length).toBeGreaterThanOrEqual(120);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(systems)('$name', (contract) => {
  test.each(['msw', 'port'] as const)('keeps its contract when reached by %s', async (via) => {
    const open = twinTarget(contract, via);
    const bad: string[] = [];

    for (const check of contractChecks(contract)) {
      const { verdict, reason, id } = await runContractCheck(check, open, 1);
      if (verdict !== 'verified') bad.push(`${verdict} ${id}: ${reason ?? ''}`);
    }

    expect(bad).toEqual([]);
  });
});
