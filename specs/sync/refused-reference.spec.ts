import { expect, test } from 'vitest';
import { aSyncedCustomer, onA, openUnder, orderOf, theOnly } from './story.js';

test('an edit is carried that was refused since it refers to a deleted record, once that is restored (I14, I23)', async () => {
  const world = await openUnder({ delete: 'ignore' }, 'order', 'customer', 'product');
  const order = await orderOf(world, (await aSyncedCustomer(world)).a);
  const other = await world.a.create('Customer', { ...onA, email: 'ola@example.org' });
  await world.sync.settle();
  const links = (await world.sync.links?.()) ?? [];
  const counterpart = links.find(({ aId }) => aId === other.id)?.bId ?? '';
  await world.a.update('Order', order.id, { customer_id: Number(other.id) });
  world.disturb?.({
    side: 'b',
    match: { method: 'PATCH', pathIncludes: '/orders' },
    effect: { kind: 'before', act: () => world.b.remove('Customer', counterpart) },
  });
  await world.sync.settle();
  await world.b.restore('Customer', counterpart);

  await world.sync.settle();

  expect((await theOnly(world, 'b', 'Order')).fields['associations']).toMatchObject({
    customer: counterpart,
  });
  await world.close();
});
