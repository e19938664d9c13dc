import { expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import type { JsonObject } from '../../src/contract/field.js';
import type { World } from '../../src/drivers/ports.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** Defects of the reference sync that the simulation found, each told as a story. */
const { compiled } = await prepareVariant(variantOf({}));
const open = (...pairs: string[]): Promise<World> => referenceTarget(compiled.plan, 'direct').open(pairs, 1);

const EMAIL = 'kari@example.org';
const onA: JsonObject = { email: EMAIL, first_name: 'Kari' };
const onB: JsonObject = { email: EMAIL, firstName: 'Kari' };

async function theOnly(world: World, side: 'a' | 'b', entity: string) {
  const [first, ...others] = await world[side].list(entity);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} records, not one`);
  return first;
}

const linkedIds = async (world: World) =>
  ((await world.sync.links?.()) ?? []).map(({ aId, bId }) => `${aId} ${bId}`);

test('what refers to a record follows it to a new counterpart (I1, I14)', async () => {
  const world = await open('order', 'customer', 'product');
  const customer = await world.a.create('Customer', onA);
  await world.a.create('Order', {
    number: 'N-1',
    customer_id: Number(customer.id),
    status: 'pending',
    currency: 'EUR',
  });
  await world.sync.settle();
  await world.b.remove('Customer', (await theOnly(world, 'b', 'Customer')).id);
  await world.b.create('Customer', onB);

  await world.sync.settle();

  const order = await theOnly(world, 'b', 'Order');
  const again = await theOnly(world, 'b', 'Customer');
  expect(order.fields['associations']).toMatchObject({ customer: again.id });
  await world.close();
});

test('a match that was deleted since it was seen is not linked with (I5)', async () => {
  const world = await open('customer');
  const seen = await world.b.create('Customer', onB);
  await world.sync.tick?.();
  await world.a.create('Customer', onA);
  await world.b.remove('Customer', seen.id);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).id).not.toBe(seen.id);
  await world.close();
});

test('a record that matched two is linked when one of them is deleted or gets another key (I28)', async () => {
  const world = await open('customer');
  await world.a.create('Customer', onA);
  const one = await world.b.create('Customer', onB);
  const two = await world.b.create('Customer', onB);
  const three = await world.b.create('Customer', onB);
  await world.sync.settle();
  expect((await world.sync.status?.())?.problems).toHaveLength(1);
  await world.b.remove('Customer', one.id);
  await world.b.update('Customer', two.id, { email: 'other@example.org' });

  await world.sync.settle();

  const a = await theOnly(world, 'a', 'Customer');
  expect(await linkedIds(world)).toEqual([`${a.id} ${three.id}`]);
  expect((await world.sync.status?.())?.problems).toEqual([]);
  await world.close();
});

test('the next match takes the place of a counterpart that was deleted (I28)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  await world.sync.settle();
  const first = await theOnly(world, 'b', 'Customer');
  const next = await world.b.create('Customer', onB);
  await world.sync.settle();
  await world.b.remove('Customer', first.id);

  await world.sync.settle();

  expect(await linkedIds(world)).toEqual([`${a.id} ${next.id}`]);
  await world.close();
});

test('nothing is created while the other side cannot be listed (I28)', async () => {
  const world = await open('customer');
  const standing = await world.b.create('Customer', onB);
  await world.a.create('Customer', onA);
  world.events?.drop();
  world.disturb?.({
    side: 'b',
    match: { method: 'GET', times: 4 },
    effect: { kind: 'answer', status: 503 },
  });
  await world.sync.tick?.();
  expect(await world.b.list('Customer')).toHaveLength(1);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).id).toBe(standing.id);
  expect(await linkedIds(world)).toHaveLength(1);
  await world.close();
});

test('an edit is found by the poll though its distance of clocks is known in whole seconds only (I19)', async () => {
  const world = await referenceTarget(compiled.plan, 'direct').open(['customer'], 1, {
    skewMs: { a: 3_600_000 },
  });
  world.clock?.advance(999);
  const a = await world.a.create('Customer', onA);
  await world.sync.tick?.();
  world.clock?.advance(1);
  await world.sync.tick?.();
  await world.a.update('Customer', a.id, { first_name: 'Kaja' });
  world.events?.drop();

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kaja');
  await world.close();
});

test('a create that was under way when its source was deleted is linked, and then follows the policy (I17)', async () => {
  const propagating = await prepareVariant(variantOf({ policies: { delete: 'propagate' } }));
  const world = await referenceTarget(propagating.compiled.plan, 'direct').open(['customer'], 1);
  const a = await world.a.create('Customer', onA);
  world.disturb?.({
    side: 'b',
    match: { method: 'POST', pathIncludes: '/customers' },
    effect: { kind: 'after', act: async () => world.sync.kill?.() },
  });
  await world.sync.tick?.();
  await world.a.remove('Customer', a.id);
  await world.sync.restart?.();

  await world.sync.settle();

  expect(await world.b.list('Customer')).toEqual([]);
  await world.close();
});

test('a record whose answer lacks a property is not written back whole (I8, I13)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', { ...onA, last_name: 'Lund' });
  await world.sync.settle();
  const b = await theOnly(world, 'b', 'Customer');
  await world.b.update('Customer', b.id, { lastName: 'Berg' });
  world.disturb?.({
    side: 'a',
    match: { method: 'GET', pathIncludes: `/customers/${a.id}` },
    effect: {
      kind: 'alter',
      body: (body) => {
        const { first_name: _dropped, ...rest } = body as JsonObject;
        return rest;
      },
    },
  });

  await world.sync.settle();

  expect((await world.a.get('Customer', a.id))?.fields).toMatchObject({
    first_name: 'Kari',
    last_name: 'Berg',
  });
  await world.close();
});

test('a report ends on whichever side it was made once the records are in sync (I24)', async () => {
  const world = await open('product');
  await world.b.create('Product', { sku: 'SKU-1', title: 'Chair' });
  const a = await world.a.create('Product', { sku: 'SKU-1', name: 'Chair', currency: 'EUR' });
  world.disturb?.({
    side: 'b',
    match: { method: 'GET', times: 3 },
    effect: { kind: 'alter', body: (body) => ('results' in (body as JsonObject) ? { results: [] } : body) },
  });
  await world.sync.tick?.();
  await world.a.update('Product', a.id, { name: 'Table' });

  await world.sync.settle();

  expect((await world.sync.status?.())?.problems).toEqual([]);
  await world.close();
});

test('a sync that is started over and over and never has a whole round does not call itself well (I24)', async () => {
  const world = await open('customer');
  for (let start = 0; start < 5; start++) {
    world.disturb?.({
      side: 'a',
      match: { method: 'GET' },
      effect: { kind: 'before', act: async () => world.sync.kill?.() },
    });
    await world.sync.tick?.();
    world.clock?.advance(60_000);
    await world.sync.restart?.();
  }

  expect((await world.sync.status?.())?.state).toBe('error');
  await world.close();
});

test('what a provider keeps in its own form is known again after a lost answer (I9, I17)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  await world.sync.settle();
  await world.a.update('Customer', a.id, { company: ' Berg AS ' });
  world.disturb?.({ side: 'b', match: { method: 'PATCH' }, effect: { kind: 'commit-then-drop' } });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['companyName']).toBe('Berg AS');
  expect((await world.a.get('Customer', a.id))?.fields['company']).toBe(' Berg AS ');
  await world.close();
});

test('what waited for a record goes on when that is restored (I14, I21)', async () => {
  const world = await open('order', 'customer', 'product');
  const customer = await world.a.create('Customer', onA);
  await world.sync.settle();
  const counterpart = await theOnly(world, 'b', 'Customer');
  await world.b.remove('Customer', counterpart.id);
  await world.a.create('Order', {
    number: 'N-1',
    customer_id: Number(customer.id),
    status: 'pending',
    currency: 'EUR',
  });
  await world.sync.settle();
  await world.b.restore('Customer', counterpart.id);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Order')).fields['associations']).toMatchObject({
    customer: counterpart.id,
  });
  await world.close();
});

test('an update that a taken key kept from going through is made once the key is free (I23)', async () => {
  const world = await open('product');
  const a = await world.a.create('Product', { sku: 'SKU-1', name: 'Chair', currency: 'EUR' });
  await world.sync.settle();
  const counterpart = await theOnly(world, 'b', 'Product');
  const rival = await world.b.create('Product', { sku: 'SKU-2', title: 'Table' });
  await world.a.update('Product', a.id, { sku: 'SKU-2' });
  await world.sync.settle();
  await world.b.update('Product', rival.id, { sku: 'SKU-3' });

  await world.sync.settle();

  expect((await world.b.get('Product', counterpart.id))?.fields['sku']).toBe('SKU-2');
  expect((await world.sync.status?.())?.problems).toEqual([]);
  await world.close();
});

test('a property left out of a create is carried later, not emptied (I5)', async () => {
  const overwriting = await prepareVariant(variantOf({ policies: { emptyOnMerge: 'overwrite' } }));
  const world = await referenceTarget(overwriting.compiled.plan, 'direct').open(['customer'], 1);
  const a = await world.a.create('Customer', onA);
  world.disturb?.({
    side: 'a',
    match: { method: 'GET', pathIncludes: `/customers/${a.id}` },
    effect: {
      kind: 'alter',
      body: (body) => {
        const { first_name: _dropped, ...rest } = body as JsonObject;
        return rest;
      },
    },
  });
  await world.sync.settle();
  await world.a.update('Customer', a.id, { last_name: 'Lund' });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kari');
  await world.close();
});

test('a create that is refused with old values is made again with those of now (I5)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  const refuse = (status: number) =>
    world.disturb?.({
      side: 'b',
      match: { method: 'POST', pathIncludes: '/customers' },
      effect: { kind: 'answer', status },
    });
  refuse(503);
  await world.sync.tick?.();
  await world.a.update('Customer', a.id, { first_name: 'Kaja' });
  refuse(422);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kaja');
  expect((await world.sync.status?.())?.problems).toEqual([]);
  await world.close();
});

test('what a lost create made may be linked with the record that takes the place of its source (I6, I16)', async () => {
  const world = await open('product');
  const fields = { sku: 'SKU-1', name: 'Chair', currency: 'EUR' };
  const first = await world.a.create('Product', fields);
  world.disturb?.({
    side: 'b',
    match: { method: 'POST', pathIncludes: '/products', times: 2 },
    effect: { kind: 'commit-then-answer', status: 500 },
  });
  await world.sync.tick?.();
  await world.a.remove('Product', first.id);
  world.clock?.advance(60_000);
  await world.sync.tick?.();
  const again = await world.a.create('Product', fields);

  const { quiescent } = await world.sync.settle();

  const made = await theOnly(world, 'b', 'Product');
  expect(quiescent).toBe(true);
  expect(await linkedIds(world)).toEqual([`${again.id} ${made.id}`]);
  await world.close();
});
