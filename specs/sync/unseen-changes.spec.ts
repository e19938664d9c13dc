import { beforeEach, expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { World } from '../../src/drivers/ports.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const BUSY = { kind: 'answer', status: 503 } as const;
const CONTACTS = { method: 'GET', pathIncludes: 'customers' };

let world: World;

beforeEach(async () => {
  world = await referenceTarget(compiled.plan, 'direct').open(['customer'], 1);
});

const email = 'one@example.org';
const links = async () => (await world.sync.links?.()) ?? [];
const problems = async () => (await world.sync.status?.())?.problems.map((one) => one.message) ?? [];

test('a customer is linked with the one of the CRM though the CRM could not be listed in that round (I2)', async () => {
  const there = await world.b.create('Customer', { email });
  const made = await world.a.create('Customer', { ...buildCustomer(1), email });
  world.disturb?.({ side: 'b', match: { ...CONTACTS, times: 5 }, effect: BUSY });

  await world.sync.tick?.();
  await world.sync.settle();

  expect(await links()).toEqual([{ pair: 'customer', aId: made.id, bId: there.id }]);
  expect(await world.b.list('Customer')).toHaveLength(1);
});

test('a customer whose event comes while the CRM is read is not linked with one of two that match (I28)', async () => {
  let aId = '';
  const act = async () => {
    await world.b.create('Customer', { email });
    await world.b.create('Customer', { email });
    aId = (await world.a.create('Customer', { ...buildCustomer(2), email })).id;
    await world.events?.flush();
  };
  world.events?.hold();
  const deleted = { method: 'GET', pathIncludes: 'customers', nth: 1 };
  world.disturb?.({
    side: 'b',
    match: deleted,
    effect: { kind: 'after', act: async () => (world.events?.release(), act()) },
  });

  await world.sync.tick?.();
  await world.sync.settle();

  expect(await links()).toEqual([]);
  expect(await problems()).toEqual([expect.stringMatching(/^matches 2 records/)]);
  expect(aId).not.toBe('');
});

test('a customer created again is linked with the old counterpart though nobody told of the deletion (I15, I21)', async () => {
  const fields = { ...buildCustomer(3), email };
  const old = await world.a.create('Customer', fields);
  await world.sync.settle();
  const [link] = await links();
  world.events?.hold();
  await world.a.remove('Customer', old.id);
  world.events?.drop();
  const made = await world.a.create('Customer', fields);

  await world.sync.settle();

  expect(await links()).toEqual([{ pair: 'customer', aId: made.id, bId: link?.bId }]);
  expect(await world.b.list('Customer')).toHaveLength(1);
});

test('a deletion whose event was lost is found although deletions are ignored (I15, I20)', async () => {
  await world.a.create('Customer', { ...buildCustomer(4), email });
  await world.sync.settle();
  const [link] = await links();
  world.events?.hold();
  await world.b.remove('Customer', link?.bId ?? '');
  world.events?.drop();

  world.clock?.advance(60_000);
  await world.sync.settle();

  expect(await links()).toEqual([]);
});
