import { expect, test } from 'vitest';
import { referredBack, sampleB } from './sample-back.js';
import {
  contextIn,
  entityOf,
  fieldOf,
  IDLE,
  pairOf,
  planOf,
  rowOf,
  smallWorld,
} from './testing/small-world.js';

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
