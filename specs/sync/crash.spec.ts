import { expect, test } from 'vitest';
import { createTwin, type Twin } from '../../mocks/twin/twin.js';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { WireFetch } from '../../src/contract/wire.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import { createSync } from '../../src/sync/create-sync.js';
import { createMemoryStore } from '../../src/sync/store/memory.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const plan = { ...compiled.plan, pairs: compiled.plan.pairs.filter((pair) => pair.slug === 'customer') };

class Crash extends Error {}

/** A small life of one customer; the sync dies at the given call, before or after it took effect. */
async function live(
  crashAt: number,
  afterwards: boolean,
): Promise<{ calls: number; customers: number; agrees: boolean }> {
  let now = Date.UTC(2026, 0, 15);
  let seq = 0;
  let ids = 0;
  let calls = 0;
  const clock = { now: () => now };
  const make = (side: 'a' | 'b'): Twin =>
    createTwin({
      contract: plan.systems[side],
      clock,
      nextSeq: () => (seq += 1),
      webhookPath: `/webhooks/${side}`,
    });
  const [webshop, crm] = [make('a'), make('b')];
  const kept = createMemoryStore();
  let alive = true;
  const store = new Proxy(kept, {
    get(target, name: keyof typeof kept) {
      if (!alive) throw new Crash();
      return target[name];
    },
  });
  const crash = () => {
    alive = false;
    throw new Crash();
  };
  const guarded: WireFetch = async (request) => {
    calls += 1;
    const twin = request.url.startsWith(plan.systems.a.api.baseUrl) ? webshop : crm;
    if (calls === crashAt && !afterwards) crash();
    const answer = await twin.fetch(request);
    if (calls === crashAt) crash();
    return answer;
  };
  const start = () =>
    createSync({
      plan,
      credentials: {
        a: { ...webshop.credentials.sync, ...webshop.credentials },
        b: { ...crm.credentials.sync, ...crm.credentials },
      },
      store,
      fetch: guarded,
      clock: { now: () => now, sleep: async (ms) => void (now += ms) },
      ids: () => `key-${(ids += 1)}`,
      log: () => undefined,
      workerId: 'worker-1',
      stages: {},
    });
  let sync = start();
  const work = async () => {
    for (let round = 0; round < 4; round++) {
      now += 5000;
      await sync.cycle().catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        alive = true;
        sync = start();
      });
    }
  };
  const shop = httpSystem('a', plan.systems.a, webshop.fetch, webshop.credentials.harness);
  const other = httpSystem('b', plan.systems.b, crm.fetch, crm.credentials.harness);
  const record = await shop.create('Customer', buildCustomer(7));
  await work();
  await shop.update('Customer', record.id, { first_name: 'Edited' });
  await work();
  const [first] = await other.list('Customer');
  if (first !== undefined) await other.update('Customer', first.id, { lastName: 'Back' });
  await work();
  await work();
  const customers = await other.list('Customer');
  const own = await shop.get('Customer', record.id);
  const agrees = customers[0]?.fields['firstName'] === 'Edited' && own?.fields['last_name'] === 'Back';
  return { calls, customers: customers.length, agrees };
}

test('a crash at any call, before or after it took effect, loses and duplicates nothing (I16, I17)', async () => {
  const { calls } = await live(0, false);
  const bad: string[] = [];

  for (let crashAt = 1; crashAt <= calls; crashAt++) {
    for (const afterwards of [false, true]) {
      const { customers, agrees } = await live(crashAt, afterwards);
      if (customers !== 1 || !agrees)
        bad.push(
          `call ${crashAt} ${afterwards ? 'after' : 'before'}: ${customers} customers, agrees: ${agrees}`,
        );
    }
  }

  expect(calls).toBeGreaterThan(20);
  expect(bad).toEqual([]);
});
