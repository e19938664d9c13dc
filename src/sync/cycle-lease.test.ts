import { expect, test } from 'vitest';
import { ClientError } from './client-error.js';
import { runCycle } from './cycle.js';
import type { Engine } from './pair-context.js';
import { createMemoryStore } from './store/memory.js';
import type { SyncStore } from './store/port.js';
import { syncOf } from './testing/cycle-engine.js';

test('while another worker has the lease nothing is done', async () => {
  const { engine, store, read, time, mark } = syncOf({});
  mark('thing', 't1');
  store.takeLease('other', time.now, time.now + 60_000);

  expect(await runCycle(engine, 'one')).toEqual({ ran: false, dirtyLeft: 1 });
  expect(read).toEqual([]);

  time.now += 60_001;
  expect((await runCycle(engine, 'one')).ran).toBe(true);
});

test('a round gives its lease back, also where it breaks', async () => {
  const { engine, store, time } = syncOf({});

  await runCycle(engine, 'one');
  expect(store.takeLease('other', time.now, time.now + 1)).toBe(true);

  time.now += 2;
  const broken = {
    ...engine,
    stages: {
      ...engine.stages,
      pollFrom: () => {
        throw new Error('broken');
      },
    },
  };
  await expect(runCycle(broken as Engine, 'one')).rejects.toThrow('broken');
  expect(store.takeLease('other', time.now, time.now + 1)).toBe(true);
});

test('the lease of a long round is renewed once half of it is over', async () => {
  const store = createMemoryStore();
  const taken: [number, number][] = [];
  const watched: SyncStore = {
    ...store,
    takeLease: (worker, now, until) => {
      taken.push([now - 1_000_000, until - now]);
      return store.takeLease(worker, now, until);
    },
  };
  const { engine, time, mark } = syncOf({ store: watched, onGet: () => void (time.now += 10_000) });
  for (let id = 1; id <= 7; id++) mark('thing', `t${id}`);

  await runCycle(engine, 'one');

  expect(taken).toEqual([
    [0, 60_000],
    [30_000, 60_000],
    [60_000, 60_000],
  ]);
});

test('a worker that lost its lease stops', async () => {
  const store = createMemoryStore();
  let isOurs = true;
  const watched: SyncStore = { ...store, takeLease: () => isOurs };
  const { engine, read, time, mark } = syncOf({
    store: watched,
    onGet: () => {
      isOurs = false;
      time.now += 40_000;
    },
  });
  for (const id of ['t1', 't2']) mark('thing', id);

  expect(await runCycle(engine, 'one')).toEqual({ ran: false, dirtyLeft: 1 });
  expect(read).toEqual(['t1']);
});

test('what a process remembers of records holds only while no other worker had a round', async () => {
  const { engine, store } = syncOf({});
  engine.reconciled.set('a thing t1', 'x');

  await runCycle(engine, 'one');
  expect(engine.reconciled.size).toBe(1);
  await runCycle(engine, 'one');
  expect(engine.reconciled.size).toBe(1);

  store.setFact('rounds', 9);
  await runCycle(engine, 'one');
  expect(engine.reconciled.size).toBe(0);
  expect(store.fact('rounds')).toBe(10);
});

test('the time of the first round and of the last good one is kept', async () => {
  const { engine, store, time } = syncOf({});
  const began = time.now;

  await runCycle(engine, 'one');
  time.now += 500;
  await runCycle(engine, 'one');

  expect(store.fact('firstRound')).toBe(began);
  expect(store.fact('lastSuccess')).toBe(began + 500);
});

test('a round in which a feed cannot be read is no good one', async () => {
  const { engine, store } = syncOf({});
  Object.assign(engine.clients.b, {
    changed: async () => {
      throw new ClientError('transient', 'busy', null);
    },
  });

  expect((await runCycle(engine, 'one')).ran).toBe(true);

  expect(store.fact('firstRound')).not.toBeNull();
  expect(store.fact('lastSuccess')).toBeNull();
});

test('what is marked again while it is worked on is worked on again, three times in a round at the most', async () => {
  const { engine, read, store, mark } = syncOf({ onGet: () => mark('thing', 't1') });
  mark('thing', 't1');

  // Only work that was tried and failed is left over; what is new is for the next round.
  expect(await runCycle(engine, 'one')).toEqual({ ran: true, dirtyLeft: 0 });
  expect(read).toEqual(['t1', 't1', 't1']);
  expect(store.dirty().length).toBe(1);
});
