import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/contract/field.js';
import { onA, open, openUnder, theOnly } from './story.js';

/** Defects of the reference sync that the simulation found, each told as a story: properties that were emptied. */

test('a property that an answer lacks was not emptied by an update that never arrived (I5, I13)', async () => {
  const world = await open('customer');
  const a = await world.a.create('Customer', { ...onA, company: 'Berg AS' });
  await world.sync.settle();
  const b = await theOnly(world, 'b', 'Customer');
  await world.a.update('Customer', a.id, { company: null });
  world.disturb?.({ side: 'b', match: { method: 'PATCH', times: 5 }, effect: { kind: 'drop' } });
  await world.sync.tick?.();
  world.disturb?.({
    side: 'b',
    match: { method: 'GET', pathIncludes: `/customers/${b.id}`, times: 1 },
    effect: {
      kind: 'alter',
      body: (body) => {
        const { properties, ...rest } = body as { properties: JsonObject };
        const { companyName: _dropped, ...others } = properties;
        return { ...rest, properties: others };
      },
    },
  });

  await world.sync.settle();
  await world.a.update('Customer', a.id, { first_name: 'Kaja' });
  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['companyName']).toBeNull();
  expect((await world.a.get('Customer', a.id))?.fields['company']).toBeNull();
  await world.close();
});

test('what could not be carried at the creation and is cleared since was edited (I11, I13)', async () => {
  const world = await openUnder({ conflict: 'side-a-wins' }, 'customer');
  const a = await world.a.create('Customer', { ...onA, company: 'x'.repeat(100) });
  await world.sync.settle();
  const b = await theOnly(world, 'b', 'Customer');
  await world.b.update('Customer', b.id, { companyName: 'Berg AS' });
  await world.a.update('Customer', a.id, { company: null });

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Customer')).fields['companyName']).toBeNull();
  expect((await world.a.get('Customer', a.id))?.fields['company']).toBeNull();
  await world.close();
});
