import { expect, test } from 'vitest';
import {
  aSyncedCustomer,
  linkedIds,
  onA,
  onB,
  open,
  openUnder,
  orderOf,
  theLinkedPair,
  theOnly,
} from './story.js';

/** Defects of the reference sync that the simulation found, each told as a story: whom records are linked with. */

test('what refers to a record follows it to a new counterpart (I1, I14)', async () => {
  const world = await open('order', 'customer', 'product');
  const customer = await world.a.create('Customer', onA);
  await orderOf(world, customer);
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
  const { a, b: first } = await aSyncedCustomer(world);
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

test('what waited for a record goes on when that is restored (I14, I21)', async () => {
  const world = await open('order', 'customer', 'product');
  const { a: customer, b: counterpart } = await aSyncedCustomer(world);
  await world.b.remove('Customer', counterpart.id);
  await orderOf(world, customer);
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

test('a restored record is linked with the one that took the place of its counterpart (I21, I28)', async () => {
  const world = await openUnder({ noMatch: 'wait' }, 'customer');
  const { a, b } = await theLinkedPair(world);
  await world.a.remove('Customer', a.id);
  await world.b.remove('Customer', b.id);
  const again = await world.a.create('Customer', onA);
  await world.sync.settle();
  await world.b.restore('Customer', b.id);

  await world.sync.settle();

  expect(await linkedIds(world)).toEqual([`${again.id} ${b.id}`]);
  await world.close();
});

test('so is one whose own deletion was told before that of its counterpart (I21, I28)', async () => {
  const world = await openUnder({ noMatch: 'wait' }, 'customer');
  const { a, b } = await theLinkedPair(world);
  await world.b.remove('Customer', b.id);
  await world.sync.settle();
  await world.a.remove('Customer', a.id);
  const again = await world.a.create('Customer', onA);
  await world.sync.settle();
  await world.b.restore('Customer', b.id);

  await world.sync.settle();

  expect(await linkedIds(world)).toEqual([`${again.id} ${b.id}`]);
  await world.close();
});

test('what refers to a deleted record is carried once the counterpart of that is restored (I14, I21)', async () => {
  const world = await openUnder({ delete: 'propagate' }, 'order', 'customer', 'product');
  const { a: customer, b: counterpart } = await aSyncedCustomer(world);
  await orderOf(world, customer);
  await world.b.remove('Customer', counterpart.id);
  await world.sync.settle();
  await world.b.restore('Customer', counterpart.id);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Order')).fields['associations']).toMatchObject({
    customer: counterpart.id,
  });
  await world.close();
});
