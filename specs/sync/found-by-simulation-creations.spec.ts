import { expect, test } from 'vitest';
import {
  EMAIL,
  aLostCreate,
  answerWithoutFirstName,
  emptyPages,
  linkedIds,
  onA,
  onB,
  onNextCreate,
  open,
  openUnder,
  theOnly,
} from './story.js';

/** Defects of the reference sync that the simulation found, each told as a story: creations that were under way. */

test('a create that was under way when its source was deleted is linked, and then follows the policy (I17)', async () => {
  const world = await openUnder({ delete: 'propagate' }, 'customer');
  const a = await world.a.create('Customer', onA);
  onNextCreate(world, { kind: 'after', act: async () => world.sync.kill?.() });
  await world.sync.tick?.();
  await world.a.remove('Customer', a.id);
  await world.sync.restart?.();

  await world.sync.settle();

  expect(await world.b.list('Customer')).toEqual([]);
  await world.close();
});

test('a property left out of a create is carried later, not emptied (I5)', async () => {
  const world = await openUnder({ emptyOnMerge: 'overwrite' }, 'customer');
  const a = await world.a.create('Customer', onA);
  answerWithoutFirstName(world, a.id);
  await world.sync.settle();
  await world.a.update('Customer', a.id, { last_name: 'Lund' });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kari');
  await world.close();
});

test('a create that is refused with old values is made again with those of now (I5)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  onNextCreate(world, { kind: 'answer', status: 503 });
  await world.sync.tick?.();
  await world.a.update('Customer', a.id, { first_name: 'Kaja' });
  onNextCreate(world, { kind: 'answer', status: 422 });

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

test('a record that a user made while a create was lost is linked, not made twice (I28)', async () => {
  const world = await open('customer');
  const a = await aLostCreate(world);
  const made = await world.b.create('Customer', { ...onB, email: EMAIL.toUpperCase() });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).id).toBe(made.id);
  expect(await linkedIds(world)).toEqual([`${a.id} ${made.id}`]);
  await world.close();
});

test('what such a record lacks is filled, not cleared on the other side (I13, I28)', async () => {
  const world = await open('customer');
  const a = await aLostCreate(world, { last_name: 'Lund' });
  const made = await world.b.create('Customer', { ...onB, firstName: 'Kaja' });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields).toMatchObject({
    firstName: 'Kaja',
    lastName: 'Lund',
  });
  expect((await world.a.get('Customer', a.id))?.fields).toMatchObject({
    first_name: 'Kaja',
    last_name: 'Lund',
  });
  expect(await linkedIds(world)).toEqual([`${a.id} ${made.id}`]);
  await world.close();
});

test('a record that was made too late to be that of the lost create is merged by the policy (I11, I28)', async () => {
  const world = await openUnder({ conflict: 'side-a-wins' }, 'customer');
  await aLostCreate(world);
  world.clock?.advance(3001);
  await world.b.create('Customer', { ...onB, firstName: 'Kaja' });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kari');
  await world.close();
});

test('two records that users made meanwhile are reported, and nothing is created beside them (I28)', async () => {
  const world = await open('customer');
  await aLostCreate(world);
  await world.b.create('Customer', { ...onB, firstName: 'Kaja' });
  await world.b.create('Customer', { ...onB, firstName: 'Karin' });

  await world.sync.settle();

  expect(await world.b.list('Customer')).toHaveLength(2);
  expect((await world.sync.status?.())?.problems).toHaveLength(1);
  await world.close();
});

test('a create that was made is found again though its repetition is refused and a page was empty (I2)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  onNextCreate(world, { kind: 'commit-then-answer', status: 500 });
  await world.sync.tick?.();
  await world.a.update('Customer', a.id, { first_name: 'Kaja' });
  emptyPages(world, 1);
  onNextCreate(world, { kind: 'answer', status: 422 });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['firstName']).toBe('Kaja');
  await world.close();
});

test('what a lost create made is found by the key that was sent, though a user made one with the key of now (I2, I16)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', onA);
  onNextCreate(world, { kind: 'after', act: async () => world.sync.kill?.() });
  await world.sync.tick?.();
  const made = await theOnly(world, 'b', 'Customer');
  await world.a.update('Customer', a.id, { email: 'kaja@example.org' });
  await world.b.create('Customer', { ...onB, email: 'kaja@example.org' });
  await world.sync.restart?.();

  await world.sync.settle();

  expect(await linkedIds(world)).toEqual([`${a.id} ${made.id}`]);
  await world.close();
});
