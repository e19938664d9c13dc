import { expect, test } from 'vitest';
import { referenceTarget } from '../worlds/in-process-world.js';
import { answerWithoutFirstName, compiled, emptyPages, onA, open, theOnly } from './story.js';

/** Defects of the reference sync that the simulation found, each told as a story: answers, clocks and reports. */

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

test('a record whose answer lacks a property is not written back whole (I8, I13)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', { ...onA, last_name: 'Lund' });
  await world.sync.settle();
  const b = await theOnly(world, 'b', 'Customer');
  await world.b.update('Customer', b.id, { lastName: 'Berg' });
  answerWithoutFirstName(world, a.id);

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
  emptyPages(world, 3);
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
