import { expect, test } from 'vitest';
import { noteGaps } from './gaps.js';
import type { Remote } from './client.js';
import type { Engine } from './pair-context.js';
import { createMemoryStore } from './store/memory.js';
import type { Link } from './store/port.js';

type Given = { links: [pair: string, aId: string, bId: string, state?: Link['state']][]; there?: string[] };

/** A sync with links, of which `there` can still be read on either side. */
function syncOf({ links, there = [] }: Given) {
  const store = createMemoryStore();
  for (const [pair, aId, bId, state = 'live'] of links)
    store.putLink({ pair, aId, bId, base: null, state, pending: null });
  const asked: string[] = [];
  const client = {
    get: async (_entity: unknown, id: string) => {
      asked.push(id);
      return there.includes(id) ? { id } : null;
    },
  };
  const pair = (slug: string, a: string, b: string) => ({ slug, entity: { a, b }, match: [] });
  const engine = {
    plan: {
      systems: { a: { entities: [{ name: 'Stall' }] }, b: { entities: [{ name: 'Parcel' }] } },
      pairs: [pair('stall', 'Stall', 'Parcel'), pair('shelf', 'Shelf', 'Crate')],
    },
    store,
    clients: { a: client, b: client },
    clock: { now: () => 5 },
  } as unknown as Engine;
  return { engine, store, asked };
}

const listed = (...ids: string[]) => ids.map((id) => ({ id })) as unknown as Remote[];

test('a linked record that the listing lacks and that cannot be read counts as deleted, and is news', async () => {
  const { engine, store, asked } = syncOf({
    links: [
      ['stall', 'a1', 'b1'],
      ['stall', 'a2', 'b2'],
    ],
  });

  await noteGaps(engine, 'a', 'Stall', listed('a1'));

  expect(asked).toEqual(['a2']);
  expect(store.isDeleted({ side: 'a', entity: 'Stall', id: 'a2' })).toBe(true);
  expect(store.isDeleted({ side: 'a', entity: 'Stall', id: 'a1' })).toBe(false);
  expect(store.dirty().map(({ side, entity, id }) => [side, entity, id])).toEqual([['a', 'Stall', 'a2']]);
});

test('so does one of side b', async () => {
  const { engine, store, asked } = syncOf({ links: [['stall', 'a1', 'b1']] });

  await noteGaps(engine, 'b', 'Parcel', []);

  expect(asked).toEqual(['b1']);
  expect(store.isDeleted({ side: 'b', entity: 'Parcel', id: 'b1' })).toBe(true);
});

test('one that can be read was passed over by the listing alone', async () => {
  const { engine, store } = syncOf({ links: [['stall', 'a1', 'b1']], there: ['a1'] });

  await noteGaps(engine, 'a', 'Stall', []);

  expect(store.isDeleted({ side: 'a', entity: 'Stall', id: 'a1' })).toBe(false);
  expect(store.dirty()).toEqual([]);
});

test('records of other entities, of links that are gone and those known to be deleted are not asked for', async () => {
  const { engine, store, asked } = syncOf({
    links: [
      ['shelf', 's1', 'c1'],
      ['stall', 'a1', 'b1', 'a-gone'],
      ['stall', 'a2', 'b2'],
    ],
  });
  store.setDeleted({ side: 'a', entity: 'Stall', id: 'a2' }, 1);

  await noteGaps(engine, 'a', 'Stall', []);

  expect(asked).toEqual([]);
});

test('a hundred are asked for at once, so that a listing that came back empty is no flood', async () => {
  const links = Array.from({ length: 105 }, (_none, at): Given['links'][number] => [
    'stall',
    `a${at}`,
    `b${at}`,
  ]);
  const { engine, asked } = syncOf({ links });

  await noteGaps(engine, 'a', 'Stall', []);

  expect(asked.length).toBe(100);
});
