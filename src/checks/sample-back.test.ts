import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { FieldType } from '../contract/field.js';
import { connectBack, creatableBack, referredBack, sampleB } from './sample-back.js';
import {
  contextIn,
  entityOf,
  fieldOf,
  IDLE,
  pairOf,
  planOf,
  rowOf,
  smallWorld,
} from './testing/pair-world.js';

const PLACE = pairOf('place', 'Place', 'Location', {
  rows: [rowOf('city', 'town')],
  creation: { a: { kind: 'linked-only' }, b: { kind: 'every' } },
});
const PLAN = planOf(
  [pairOf('item', 'Item', 'Product'), PLACE],
  [entityOf('Item', []), entityOf('Place', [fieldOf('city')])],
  [entityOf('Product', []), entityOf('Location', [fieldOf('town')])],
);

/** A world with one place already, in which the sync makes so many places of a new location. */
async function makingPlaces(count: number) {
  let work = async () => undefined as void;
  const world = smallWorld(PLAN, () => work());
  await world.a.create('Place', { city: 'Bergen' });
  work = async () => {
    work = async () => undefined;
    for (let made = 0; made < count; made++) await world.a.create('Place', {});
  };
  return { world, context: contextIn(PLAN, world) };
}

test('a record that begins on side b is referred to by what the sync makes of it', async () => {
  const { context, world } = await makingPlaces(1);

  const id = await referredBack(context, PLACE);

  expect(id).toBe('a2');
  expect(await world.b.list('Location')).toMatchObject([
    { id: 'b1', fields: { town: expect.any(String) as unknown } },
  ]);
  expect(context.refer('place', 'a2')).toBe('b1');
});

test('neither of the two counts as a record that the check is about', async () => {
  const { context } = await makingPlaces(1);

  await referredBack(context, PLACE);

  expect([context.isMeant('a', 'a1', PLACE), context.isMeant('a', 'a2', PLACE)]).toEqual([true, false]);
  expect(context.isMeant('b', 'b1', PLACE)).toBe(false);
});

test.each([
  [0, 'the CRM Location that is referred to has no Shop Place'],
  [2, 'the CRM Location that is referred to has more than one Shop Place'],
])('a record that begins on side b and of which %i come fails the check', async (count, message) => {
  const { context } = await makingPlaces(count);

  await expect(referredBack(context, PLACE)).rejects.toThrow(message);
});

test('a value that is changed on its way to b is on b as it is left, by every row that carries it', async () => {
  const pair = pairOf('item', 'Item', 'Product', {
    rows: [
      rowOf('name', 'title'),
      rowOf('name', 'handle', { slug: 'handle', transform: { kind: 'replace', from: ' ', to: '-' } }),
    ],
  });
  const plan = planOf(
    [pair],
    [entityOf('Item', [fieldOf('name')])],
    [entityOf('Product', [fieldOf('title'), fieldOf('handle')])],
  );

  const { title, handle } = await sampleB(contextIn(plan, smallWorld(plan, IDLE)));

  expect(handle).toMatch(/^[a-z]+-[a-z]+-\d+$/);
  expect(title).toBe(handle);
});

test('a value that has an inverse is on b as its row carries it', async () => {
  const state: FieldType = { kind: 'enum', values: ['open'] };
  const plan = planOf(
    [
      pairOf('item', 'Item', 'Product', {
        rows: [rowOf('state', 'status', { transform: { kind: 'enum', pairs: [['open', 'active']] } })],
      }),
    ],
    [entityOf('Item', [fieldOf('state', state)])],
    [entityOf('Product', [fieldOf('status')])],
  );

  expect(await sampleB(contextIn(plan, smallWorld(plan, IDLE)))).toEqual({ status: 'active' });
});

/** Items that are created on side a once their product is connected to a location. */
function connecting(idKind: 'integer' | 'string', path: string, creation?: PairPlan['creation']['b']) {
  const place = pairOf('place', 'Place', 'Location', { rows: [rowOf('city', 'town')] });
  const to = [{ pair: 'place', path }];
  const b = creation === undefined ? { kind: 'connected' as const, to } : creation;
  const plan = planOf(
    [pairOf('item', 'Item', 'Product', { creation: { a: { kind: 'linked-only' }, b } }), place],
    [entityOf('Item', []), entityOf('Place', [fieldOf('city')])],
    [
      entityOf('Product', [fieldOf('location', { kind: 'reference', entity: 'Location' })]),
      entityOf('Location', [fieldOf('town')], idKind),
    ],
  );
  const world = smallWorld(plan, async ({ a, b: far }) => {
    for (const { fields } of await a.list('Place'))
      await far.create('Location', { town: fields['city'] ?? null });
  });
  return contextIn(plan, world);
}

test.each([
  ['integer' as const, 1],
  ['string' as const, 'b1'],
])(
  'a record of side b is connected to one that is synchronised, its id being of kind %s',
  async (kind, id) => {
    expect(await connectBack(connecting(kind, 'location'))).toEqual({ location: id });
    expect(await creatableBack(connecting(kind, 'location'))).toEqual({ location: id });
  },
);

test('a record of side b needs what its rule of creation asks for, and else nothing', async () => {
  const condition = { path: 'state', equals: 'on', meets: 'on', fails: 'off' };

  expect(await creatableBack(connecting('string', 'location', { kind: 'when', condition }))).toEqual({
    state: 'on',
  });
  expect(await creatableBack(connecting('string', 'location', { kind: 'every' }))).toEqual({});
  expect(await creatableBack(connecting('string', 'location', null))).toEqual({});
  expect(await connectBack(connecting('string', 'location', null))).toEqual({});
  expect(await connectBack(connecting('string', 'no such property'))).toEqual({});
});
