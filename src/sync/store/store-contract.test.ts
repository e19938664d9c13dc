import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SyncProblem } from '../../drivers/ports.js';
import { createMemoryStore } from './memory.js';
import { StoreError, type CreateIntent, type Link, type RecordKey, type SyncStore } from './port.js';
import { createSqliteStore } from './sqlite.js';

const record = (id: string, side: 'a' | 'b' = 'a'): RecordKey => ({ side, entity: 'Customer', id });
const link = (aId: string, bId: string): Link => ({
  pair: 'customer',
  aId,
  bId,
  base: null,
  state: 'live',
  pending: null,
});
const problem = (message: string): SyncProblem => ({
  pair: 'customer',
  side: 'a',
  recordId: '1',
  field: null,
  message,
});
const intent = (id: string): CreateIntent => ({
  pair: 'customer',
  from: 'a',
  id,
  key: `key ${id}`,
  fields: {},
  values: {},
  problems: [],
  sentAt: 7,
});

/** What a store holds after `act`: as the same process sees it, and where there is a file, as the next one does. */
const STORES: [string, (act: (store: SyncStore) => void) => SyncStore][] = [
  [
    'in memory',
    (act) => {
      const store = createMemoryStore();
      act(store);
      return store;
    },
  ],
  [
    'in a file that is opened again',
    (act) => {
      const path = join(mkdtempSync(join(tmpdir(), 'store-')), 'sync.db');
      const store = createSqliteStore(path);
      act(store);
      store.close();
      return createSqliteStore(path);
    },
  ],
];

describe.each(STORES)('a store %s', (_name, after) => {
  test('keeps a watermark for each feed of each entity on each side', () => {
    const store = after((one) => {
      one.setWatermark('a', 'Customer', 'changes', 1);
      one.setWatermark('a', 'Customer', 'deletions', 2);
      one.setWatermark('b', 'Customer', 'changes', 3);
      one.setWatermark('a', 'Customer', 'changes', 4);
    });

    expect(store.watermark('a', 'Customer', 'changes')).toBe(4);
    expect(store.watermark('a', 'Customer', 'deletions')).toBe(2);
    expect(store.watermark('b', 'Customer', 'changes')).toBe(3);
    expect(store.watermark('a', 'Order', 'changes')).toBeNull();
  });

  test('gives work oldest first, and of one time in the order in which it came', () => {
    const store = after((one) => {
      one.markDirty(record('late'), 9);
      one.markDirty(record('first'), 5);
      one.markDirty(record('second'), 5);
    });

    expect(store.dirty().map((entry) => entry.id)).toEqual(['first', 'second', 'late']);
    expect(store.dirty()[0]).toMatchObject({
      side: 'a',
      entity: 'Customer',
      since: 5,
      attempts: 0,
      notBefore: 0,
      waiting: false,
    });
  });

  test('a record marked again keeps the time of its first mark, and starts its attempts anew', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 5);
      one.postpone(record('1'), one.dirty()[0]?.mark ?? 0, 3, 99);
      one.markDirty(record('1'), 8);
    });

    expect(store.dirty()).toHaveLength(1);
    expect(store.dirty()[0]).toMatchObject({ since: 5, attempts: 0, notBefore: 0 });
  });

  test('work that is settled is gone; settling an older mark does nothing', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 1);
      one.markDirty(record('2'), 1);
      const [first, second] = one.dirty();
      one.markDirty(record('2'), 2);
      one.settleDirty(record('1'), first?.mark ?? 0);
      one.settleDirty(record('2'), second?.mark ?? 0);
      one.settleDirty(record('nothing'), 1);
    });

    expect(store.dirty().map((entry) => entry.id)).toEqual(['2']);
  });

  test('no mark is given twice', () => {
    const marks: number[] = [];
    after((one) => {
      for (let round = 0; round < 3; round++) {
        one.markDirty(record('1'), round);
        const mark = one.dirty()[0]?.mark ?? 0;
        marks.push(mark);
        one.settleDirty(record('1'), mark);
      }
    });

    expect(marks).toEqual([1, 2, 3]);
  });

  test('postpones work, but not work that was marked again', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 1);
      one.markDirty(record('2'), 1);
      const [first, second] = one.dirty();
      one.markDirty(record('2'), 2);
      one.postpone(record('1'), first?.mark ?? 0, 2, 77);
      one.postpone(record('2'), second?.mark ?? 0, 2, 77);
    });

    expect(store.dirty().map(({ attempts, notBefore }) => [attempts, notBefore])).toEqual([
      [2, 77],
      [0, 0],
    ]);
  });

  test('what waits for a record is woken by it, and by nothing else', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 1);
      one.markDirty(record('2'), 1);
      const [first, second] = one.dirty();
      one.waitFor(record('1'), first?.mark ?? 0, ['customer a 7', 'product a 8']);
      one.waitFor(record('2'), second?.mark ?? 0, ['customer a 9']);
      one.postpone(record('nothing'), 1, 1, 1);
    });
    const waiting = () => store.dirty().map((entry) => entry.waiting);

    expect(waiting()).toEqual([true, true]);
    expect(store.wake('customer a 8')).toBe(0);
    expect(store.wake('product a 8')).toBe(1);
    expect(waiting()).toEqual([false, true]);
    expect(store.wake('product a 8')).toBe(0);
  });

  test('work that waits and is marked again waits no longer', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 1);
      one.waitFor(record('1'), one.dirty()[0]?.mark ?? 0, ['customer a 7']);
      one.markDirty(record('1'), 2);
    });

    expect(store.dirty()[0]?.waiting).toBe(false);
    expect(store.wake('customer a 7')).toBe(0);
  });

  test('an older mark is not set aside, and what is settled is not woken', () => {
    const store = after((one) => {
      one.markDirty(record('1'), 1);
      const mark = one.dirty()[0]?.mark ?? 0;
      one.markDirty(record('1'), 2);
      one.waitFor(record('1'), mark, ['customer a 7']);
      one.markDirty(record('2'), 3);
      const second = one.dirty()[1]?.mark ?? 0;
      one.waitFor(record('2'), second, ['customer a 7']);
      one.settleDirty(record('2'), second);
    });

    expect(store.dirty().map((entry) => entry.waiting)).toEqual([false]);
    expect(store.wake('customer a 7')).toBe(0);
  });

  test('finds records by their match keys, those of now', () => {
    const store = after((one) => {
      one.remember(record('1'), 'digest', ['email x', 'phone y']);
      one.remember(record('2'), 'digest', ['email x']);
      one.remember(record('3', 'b'), 'digest', ['email x']);
      one.remember(record('1'), 'newer', ['phone y', 'email z']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['2']);
    expect(store.findByMatchKey('a', 'Customer', 'phone y')).toEqual(['1']);
    expect(store.findByMatchKey('a', 'Customer', 'email z')).toEqual(['1']);
    expect(store.findByMatchKey('b', 'Customer', 'email x')).toEqual(['3']);
    expect(store.findByMatchKey('a', 'Order', 'email x')).toEqual([]);
    expect([store.digest(record('1')), store.digest(record('9'))]).toEqual(['newer', null]);
  });

  test('a record is found once under a key, however often it is remembered', () => {
    const store = after((one) => {
      one.remember(record('1'), 'one', ['email x', 'email x']);
      one.remember(record('1'), 'two', ['email x', 'email x']);
      one.remember(record('1'), 'three', ['email x']);
      one.remember(record('1'), 'four', ['email y']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual([]);
    expect(store.findByMatchKey('a', 'Customer', 'email y')).toEqual(['1']);
  });

  test('a record that is forgotten is not found any more', () => {
    const store = after((one) => {
      one.remember(record('1'), 'digest', ['email x']);
      one.remember(record('2'), 'digest', ['email x']);
      one.forget(record('1'));
      one.forget(record('9'));
    });

    expect(store.digest(record('1'))).toBeNull();
    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['2']);
  });

  test('what a caller does to a list of records does not reach the store', () => {
    const store = after((one) => one.remember(record('1'), 'digest', ['email x']));

    store.findByMatchKey('a', 'Customer', 'email x').push('2');

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['1']);
  });

  test('links are found from both sides, replaced, and dropped', () => {
    const store = after((one) => {
      one.putLink(link('1', 'x'));
      one.putLink(link('2', 'y'));
      one.putLink({ ...link('1', 'x'), state: 'b-gone' });
      one.dropLink('customer', '2');
      one.dropLink('customer', '9');
    });

    expect(store.linkOf('customer', 'b', 'x')).toEqual({ ...link('1', 'x'), state: 'b-gone' });
    expect(store.linkOf('customer', 'a', '2')).toBeNull();
    expect(store.linkOf('customer', 'b', 'y')).toBeNull();
    expect(store.linkOf('order', 'a', '1')).toBeNull();
    expect(store.links()).toHaveLength(1);
  });

  test('neither side of a link may be linked to another record; dropped, it may', () => {
    const store = after((one) => one.putLink(link('1', 'x')));

    expect(() => store.putLink(link('1', 'y'))).toThrow(StoreError);
    expect(() => store.putLink(link('2', 'x'))).toThrow(
      'customer: 2 or x is linked to another record. Drop that link first.',
    );
    store.dropLink('customer', '1');
    store.putLink(link('2', 'x'));
    expect(store.linkOf('customer', 'b', 'x')?.aId).toBe('2');
  });

  test('an intent to create is kept until it is dropped', () => {
    const store = after((one) => {
      one.putCreateIntent(intent('1'));
      one.putCreateIntent(intent('2'));
      one.dropCreateIntent('customer', 'a', '2');
    });

    expect(store.createIntent('customer', 'a', '1')).toEqual(intent('1'));
    expect(store.createIntent('customer', 'a', '2')).toBeNull();
    expect(store.createIntent('customer', 'b', '1')).toBeNull();
  });

  test('what is reported of a record is replaced, and taken back by nothing', () => {
    const store = after((one) => {
      one.setProblems('customer', 'a', '1', [problem('old')]);
      one.setProblems('customer', 'a', '1', [problem('one'), problem('two')]);
      one.setProblems('customer', 'a', '2', [problem('gone')]);
      one.setProblems('customer', 'a', '2', []);
    });

    expect(store.problems()).toEqual([problem('one'), problem('two')]);
  });

  test('deliveries are known for each side, until they are pruned', () => {
    const store = after((one) => {
      one.noteDelivery('a', 'd1', 10);
      one.noteDelivery('a', 'd2', 20);
      one.pruneDeliveries(20);
    });

    expect(store.noteDelivery('a', 'd2', 30)).toBe(false);
    expect(store.noteDelivery('b', 'd2', 30)).toBe(true);
    expect(store.noteDelivery('a', 'd1', 30)).toBe(true);
  });

  test('a deletion is remembered, and taken back', () => {
    const store = after((one) => {
      one.setDeleted(record('1'), 5);
      one.setDeleted(record('2'), 5);
      one.setDeleted(record('2'), null);
      one.setDeleted(record('3'), 0);
    });

    expect(['1', '2', '3', '4'].map((id) => store.isDeleted(record(id)))).toEqual([true, false, true, false]);
  });

  test('the holder may prolong its lease, another may take it once it ends or is given back', () => {
    const store = after((one) => void one.takeLease('one', 0, 100));

    expect(store.takeLease('one', 50, 150)).toBe(true);
    expect(store.takeLease('two', 149, 200)).toBe(false);
    store.releaseLease('two');
    expect(store.takeLease('two', 149, 200)).toBe(false);
    expect(store.takeLease('two', 150, 250)).toBe(true);
    store.releaseLease('two');
    expect(store.takeLease('one', 151, 250)).toBe(true);
  });

  test('facts are kept by name', () => {
    const store = after((one) => one.setFact('rounds', 0));

    expect([store.fact('rounds'), store.fact('other')]).toEqual([0, null]);
  });

  test('a transaction that fails takes back what it set, changed and deleted', () => {
    const store = after((one) => {
      one.setFact('rounds', 1);
      one.putLink(link('1', 'x'));
    });

    expect(() =>
      store.atomic(() => {
        store.setFact('rounds', 2);
        store.setFact('rounds', 3);
        store.setFact('fresh', 1);
        store.dropLink('customer', '1');
        throw new Error('stop');
      }),
    ).toThrow('stop');

    expect([store.fact('rounds'), store.fact('fresh')]).toEqual([1, null]);
    expect(store.linkOf('customer', 'b', 'x')?.aId).toBe('1');
    store.setFact('rounds', 9);
    expect(store.fact('rounds')).toBe(9);
  });

  test('a transaction within another fails with it, and gives its result', () => {
    const store = after(() => undefined);

    expect(store.atomic(() => store.atomic(() => 'result'))).toBe('result');
    expect(() =>
      store.atomic(() => {
        store.atomic(() => store.setFact('inner', 1));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.fact('inner')).toBeNull();
  });
});
