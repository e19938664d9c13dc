import { beforeEach, describe, expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import type { ApiDescription } from '../../src/contract/api-description.js';
import type { JsonObject } from '../../src/contract/field.js';
import type { World } from '../../src/drivers/ports.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });

/** Both systems as providers that offer less than their stand-ins do: no events, and what is left out or changed. */
function lacking(
  change: (api: ApiDescription, side: 'a' | 'b') => Partial<ApiDescription>,
  own: { delete?: 'ignore' | 'propagate'; hasKey?: boolean } = {},
): SyncPlan {
  const { systems, pairs } = compiled.plan;
  const less = (side: 'a' | 'b') => {
    const { api } = systems[side];
    return { ...systems[side], api: { ...api, webhooks: null, ...change(api, side) } };
  };
  return {
    systems: { a: less('a'), b: less('b') },
    pairs: pairs.map((pair) => ({
      ...pair,
      match: own.hasKey === false ? [] : pair.match,
      policies: { ...pair.policies, delete: own.delete ?? pair.policies.delete },
    })),
  };
}

const open = (plan: SyncPlan): Promise<World> => referenceTarget(plan, 'direct').open(['customer'], 1);
const emails = async (world: World, side: 'a' | 'b') =>
  (await world[side].list('Customer')).map(({ fields }) => (fields as { email: string }).email).toSorted();
const customer = (index: number): JsonObject => ({
  ...buildCustomer(index),
  email: `customer${index}@example.org`,
});

describe('a provider without a feed of deletions', () => {
  const gaps = (api: ApiDescription) => ({
    deletionsShow: 'listing-gap' as const,
    routes: { ...api.routes, deleted: null },
  });
  let world: World;
  let kept: string;
  let gone: string;

  beforeEach(async () => {
    world = await open(lacking(gaps, { delete: 'propagate' }));
    kept = (await world.a.create('Customer', customer(1))).id;
    gone = (await world.a.create('Customer', customer(2))).id;
    await world.sync.settle();
    world.events?.hold();
  });

  test('a record that is missing from the listing is deleted on the other side too (I20)', async () => {
    await world.a.remove('Customer', gone);
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org']);
  });

  test('a listing that comes short deletes nothing, since its records can still be read (I20)', async () => {
    world.disturb?.({
      side: 'a',
      match: { method: 'GET', pathIncludes: 'customers', times: 1 },
      effect: { kind: 'answer', status: 200, body: [] },
    });
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org', 'customer2@example.org']);
    expect((await world.a.list('Customer')).map(({ id }) => id).toSorted()).toEqual([kept, gone].toSorted());
  });

  test('a record that cannot be read for a while is not deleted on the other side (I20)', async () => {
    world.disturb?.({
      side: 'a',
      match: { method: 'GET', pathIncludes: `customers/${gone}`, times: 2 },
      effect: { kind: 'answer', status: 404, body: { code: 'not_found', message: 'not now' } },
    });
    const links = (await world.sync.links?.()) ?? [];
    const bId = links.find(({ aId }) => aId === gone)?.bId ?? '';
    await world.b.update('Customer', bId, { firstName: 'Zoe' });
    for (let round = 0; round < 4; round++) await world.sync.runAgain(1);
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org', 'customer2@example.org']);
    expect((await world.a.get('Customer', gone))?.fields['first_name']).toBe('Zoe');
  });
});

describe('a provider without idempotency keys', () => {
  const keyless = () => ({ idempotency: null });
  const loseAnswer = (world: World) =>
    world.disturb?.({
      side: 'b',
      match: { method: 'POST', pathIncludes: 'customers', times: 1 },
      effect: { kind: 'commit-then-drop' },
    });

  test.each([
    ['found by its match key', true],
    ['found by its content where there is no key', false],
  ])('the record of a create whose answer was lost is %s, not made twice (I2, I16)', async (_how, hasKey) => {
    const world = await open(lacking(keyless, { hasKey }));
    loseAnswer(world);
    const made = await world.a.create('Customer', customer(1));
    await world.sync.settle();

    const [counterpart, ...others] = await world.b.list('Customer');
    expect(others).toEqual([]);
    expect(await world.sync.links?.()).toEqual([
      { pair: 'customer', aId: made.id, bId: counterpart?.id ?? '' },
    ]);
  });

  test('where there is no key, a free record with other content is left alone (I2)', async () => {
    const world = await open(lacking(keyless, { hasKey: false }));
    const stranger = await world.b.create('Customer', { email: 'stranger@example.org' });
    loseAnswer(world);
    await world.a.create('Customer', customer(1));
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org', 'stranger@example.org']);
    expect((await world.sync.links?.())?.map(({ bId }) => bId)).not.toContain(stranger.id);
  });

  test('an edit made before the lost record is found arrives all the same (I5)', async () => {
    const world = await open(lacking(keyless));
    loseAnswer(world);
    const made = await world.a.create('Customer', customer(1));
    await world.sync.tick?.();
    await world.a.update('Customer', made.id, { first_name: 'Later' });
    await world.sync.settle();

    const counterparts = await world.b.list('Customer');
    expect(counterparts.map(({ fields }) => fields['firstName'])).toEqual(['Later']);
  });

  test('a create that surely failed is made again (I16)', async () => {
    const world = await open(lacking(keyless));
    world.disturb?.({
      side: 'b',
      match: { method: 'POST', pathIncludes: 'customers', times: 1 },
      effect: { kind: 'drop' },
    });
    await world.a.create('Customer', customer(1));
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org']);
  });
});

describe('a provider that gives no update time until the first update', () => {
  test('new records arrive without events, though its filter passes them over (I19)', async () => {
    const world = await open(lacking(() => ({ nullUntilUpdate: 'yes' })));
    world.events?.hold();
    await world.a.create('Customer', customer(1));
    await world.sync.settle();
    await world.a.create('Customer', customer(2));
    await world.sync.settle();

    expect(await emails(world, 'b')).toEqual(['customer1@example.org', 'customer2@example.org']);
  });

  test('the later of two edits wins, though one record was never updated before (I11)', async () => {
    const world = await open(lacking(() => ({ nullUntilUpdate: 'yes' })));
    const made = await world.a.create('Customer', customer(1));
    await world.sync.settle();
    const bId = (await world.b.list('Customer'))[0]?.id ?? '';

    await world.a.update('Customer', made.id, { first_name: 'Earlier' });
    world.clock?.advance(600_000);
    await world.b.update('Customer', bId, { firstName: 'Later' });
    await world.sync.settle();

    expect((await world.a.get('Customer', made.id))?.fields['first_name']).toBe('Later');
  });
});

describe('a provider that tells no update time', () => {
  const timeless = (api: ApiDescription) => ({
    changedSince: null,
    record: { ...api.record, updatedAt: null, fieldTimes: null },
    routes: { ...api.routes, revisions: null },
  });

  test.each([
    ['both systems', ['a', 'b']],
    ['the shop', ['a']],
    ['the CRM', ['b']],
  ])(
    'edits arrive though %s tell none, and of two that contradict the declared tie decides (I11)',
    async (_who, sides) => {
      const world = await open(lacking((api, side) => (sides.includes(side) ? timeless(api) : {})));
      const made = await world.a.create('Customer', customer(1));
      await world.sync.settle();
      const bId = (await world.b.list('Customer'))[0]?.id ?? '';

      await world.a.update('Customer', made.id, { first_name: 'From the shop', company: 'Nord AS' });
      world.clock?.advance(600_000);
      await world.b.update('Customer', bId, { firstName: 'From the CRM', phone: '+47 123 45 678' });
      await world.sync.settle();

      const shown = { firstName: 'From the shop', companyName: 'Nord AS', phone: '+47 123 45 678' };
      expect((await world.b.get('Customer', bId))?.fields).toMatchObject(shown);
      expect((await world.a.get('Customer', made.id))?.fields['first_name']).toBe('From the shop');
    },
  );
});
