import { expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { variantOf } from '../../src/proof/variants.js';

test('a user edit between a create and its repetition after a crash is kept', async () => {
  const { compiled } = await prepareVariant(variantOf({}));
  const world = await referenceTarget(compiled.plan, 'direct').open(['product'], 1);
  await world.a.create('Product', { sku: 'SKU-1', name: 'old', currency: 'EUR' });
  world.disturb?.({
    side: 'b',
    match: { method: 'POST', pathIncludes: '/products' },
    effect: { kind: 'before', act: async () => world.sync.kill?.() },
  });
  await world.sync.tick?.();
  const [made] = await world.b.list('Product');
  await world.b.update('Product', made?.id ?? '', { title: 'edited' });
  world.events?.drop();

  await world.sync.restart?.();
  await world.sync.settle();

  const [source] = await world.a.list('Product');
  expect(source?.fields['name']).toBe('edited');
  await world.close();
});

test('a record created again is not linked with a counterpart that was deleted too', async () => {
  const { compiled } = await prepareVariant(variantOf({}));
  const world = await referenceTarget(compiled.plan, 'direct').open(['customer'], 1);
  const fields = { email: 'kari@example.org', first_name: 'Kari' };
  const first = await world.a.create('Customer', fields);
  await world.sync.settle();
  const [counterpart] = await world.b.list('Customer');
  await world.b.remove('Customer', counterpart?.id ?? '');
  await world.a.remove('Customer', first.id);
  await world.a.create('Customer', fields);

  await world.sync.settle();

  const found = await world.b.list('Customer');
  expect(found.map((one) => one.fields['email'])).toEqual(['kari@example.org']);
  await world.close();
});

test('a sync that has never got through to a system does not call itself well (I24)', async () => {
  const { compiled } = await prepareVariant(variantOf({}));
  const world = await referenceTarget(compiled.plan, 'direct').open(['customer'], 1);
  world.disturb?.({ side: 'a', match: { times: 1000 }, effect: { kind: 'answer', status: 503 } });
  await world.sync.tick?.();
  world.clock?.advance(600_000);

  const status = await world.sync.status?.();

  expect(status?.state).toBe('error');
  await world.close();
});
