import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import type { WireFetch } from '../../src/contract/wire.js';
import { createMemoryStore } from '../../src/sync/store/memory.js';
import { createSqliteStore } from '../../src/sync/store/sqlite.js';
import { startLife } from './life.js';

const CUSTOMERS = [11, 12, 13, 14];

test('two workers on one store file behave as one: each customer is created once (I18)', async () => {
  const life = startLife();
  const file = join(mkdtempSync(join(tmpdir(), 'workers-')), 'sync.db');
  const workers = ['worker-1', 'worker-2'].map((workerId) =>
    life.startSync({ store: createSqliteStore(file), workerId }),
  );
  for (const seed of CUSTOMERS) await life.shop.create('Customer', buildCustomer(seed));

  const both = await Promise.all(workers.map((worker) => worker.cycle()));

  expect(both.filter((result) => result.ran)).toHaveLength(1);
  for (let round = 0; round < 3; round++) {
    life.wait(5000);
    await Promise.all(workers.map((worker) => worker.cycle()));
  }
  expect(await life.contacts.list('Customer')).toHaveLength(CUSTOMERS.length);
  expect(workers[1]?.links()).toEqual(workers[0]?.links());
});

test('a worker takes over what another left behind when its lease has run out (I18)', async () => {
  const life = startLife();
  const store = createMemoryStore();
  store.takeLease('a worker that died', Date.UTC(2026, 0, 15), Date.UTC(2026, 0, 15) + 1000);
  const worker = life.startSync({ store, workerId: 'worker-2' });
  await life.shop.create('Customer', buildCustomer(15));

  const early = await worker.cycle();
  life.wait(2000);
  const late = await worker.cycle();

  expect([early.ran, late.ran]).toEqual([false, true]);
  expect(await life.contacts.list('Customer')).toHaveLength(1);
});

test('tenants side by side: each one sees its own records only, and logs name no person (I26)', async () => {
  const [one, other] = [startLife(), startLife()];
  const mine = buildCustomer(21);
  await one.shop.create('Customer', mine);
  await other.shop.create('Customer', buildCustomer(22));
  const syncs = [one, other].map((life) =>
    life.startSync({ store: createMemoryStore(), workerId: 'worker-1' }),
  );

  for (let round = 0; round < 3; round++) {
    await Promise.all(syncs.map((sync) => sync.cycle()));
    for (const life of [one, other]) life.wait(5000);
  }

  const emails = async (life: typeof one) =>
    (await life.contacts.list('Customer')).map((record) => record.fields['email']);
  expect(await emails(one)).toHaveLength(1);
  expect(await emails(other)).toHaveLength(1);
  expect(await emails(one)).not.toEqual(await emails(other));
  const said = JSON.stringify([one.logged, other.logged]);
  expect(said).toContain('cycle');
  expect(said).not.toContain(String(mine['email']));
  for (const secret of Object.values(one.webshop.credentials.sync))
    expect(said).not.toContain(String(secret));
});

test('an enum value that the provider invents is reported and never becomes another one (I27)', async () => {
  const life = startLife();
  const invent =
    (fetch: WireFetch): WireFetch =>
    async (request) => {
      const answer = await fetch(request);
      if (request.method !== 'GET') return answer;
      const text = (await answer.text()).replace(/"status":\s*"active"/g, '"status":"vip"');
      return { ...answer, text: async () => text, json: async () => JSON.parse(text) as unknown };
    };
  const sync = life.startSync({ store: createMemoryStore(), workerId: 'worker-1', wrap: invent });
  await life.shop.create('Customer', { ...buildCustomer(31), status: 'active' });

  await sync.cycle();
  life.wait(5000);
  await sync.cycle();

  const [contact] = await life.contacts.list('Customer');
  expect(contact?.fields['email']).toBeTruthy();
  expect(contact?.fields['lifecycle'] ?? null).toBeNull();
  const { problems, state } = await sync.status();
  expect(state).toBe('degraded');
  expect(problems).toContainEqual(
    expect.objectContaining({ field: 'status', message: expect.stringContaining('vip') }),
  );
});
