import { expect, test } from 'vitest';
import { crmContract } from '../contract/crm.js';
import { standInContract } from '../contract/stand-in.js';
import { webshopContract } from '../contract/webshop.js';
import type { SystemContract } from '../contract/api-description.js';
import { standInPlan } from './stand-ins.js';

const planOf = (a: SystemContract, b: SystemContract) => ({ systems: { a, b }, pairs: [] });
const foreign = (contract: SystemContract): SystemContract => ({
  ...contract,
  api: { ...contract.api, paging: { kind: 'none' } as unknown as SystemContract['api']['paging'] },
});

test('a plan between systems that the stand-ins speak stays as it is', () => {
  const plan = planOf(webshopContract(), crmContract());

  expect(standInPlan(plan)).toEqual({ plan, replaced: [] });
  expect(standInPlan(plan).plan).toBe(plan);
});

test.each<['a' | 'b', SystemContract, SystemContract]>([
  ['a', foreign(webshopContract('Shop')), crmContract('Ledger')],
  ['b', webshopContract('Shop'), foreign(crmContract('Ledger'))],
])('the system of side %s whose API no stand-in speaks is replaced and named', (side, a, b) => {
  const plan = planOf(a, b);

  const found = standInPlan(plan);

  const other = side === 'a' ? 'b' : 'a';
  expect(found.replaced).toEqual([plan.systems[side].name]);
  expect(found.plan.systems[side]).toEqual(standInContract(plan.systems[side], side));
  expect(found.plan.systems[other]).toBe(plan.systems[other]);
  expect(found.plan.pairs).toBe(plan.pairs);
});
