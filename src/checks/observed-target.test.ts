import { expect, test } from 'vitest';
import { webshopContract } from '../contract/webshop.js';
import { crmContract } from '../contract/crm.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { Exchange, Target, World } from '../drivers/ports.js';
import { observed } from './observed-target.js';

test('what a world’s traffic shows is known once the world closes, which it still does', async () => {
  const shop = webshopContract('Webshop');
  const exchange = {
    seq: 1,
    at: 0,
    system: 'Webshop',
    caller: 'sync',
    method: 'GET',
    url: `${shop.api.baseUrl}/customers/1`,
    requestBody: null,
    status: 200,
    responseBody: { id: 1, email: 'a@b.c', shoe_size: 45 },
    mutation: null,
  } satisfies Exchange;
  let closed = 0;
  const world = { journal: () => [exchange], close: async () => void (closed += 1) } as unknown as World;
  const inner = { name: 'inner', capabilities: new Set(), open: async () => world } as unknown as Target;
  const plan = { systems: { a: shop, b: crmContract('CRM') } } as unknown as SyncPlan;
  const { target, observer } = observed(inner, plan);

  const opened = await target.open([], 1);
  const before = observer.findings();
  await opened.close();

  expect(target.name).toBe('inner');
  expect(before).toEqual([]);
  expect(observer.findings().map((one) => one.path)).toContain('shoe_size');
  expect(closed).toBe(1);
});
