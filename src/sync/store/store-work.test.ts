import { describe, expect, test } from 'vitest';
import { record, STORES } from './testing/stores.js';

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

  test('of work of one time, what was marked again comes after the rest', () => {
    const store = after((one) => {
      one.markDirty(record('again'), 5);
      one.markDirty(record('once'), 5);
      one.markDirty(record('again'), 6);
    });

    expect(store.dirty().map(({ id, since }) => [id, since])).toEqual([
      ['once', 5],
      ['again', 5],
    ]);
  });

  test('work of records whose entity and id only read alike when joined is told apart', () => {
    const store = after((one) => {
      one.markDirty({ side: 'a', entity: 'Order', id: 's1' }, 1);
      one.markDirty({ side: 'a', entity: 'Orders', id: '1' }, 1);
    });

    expect(store.dirty().map(({ entity, id }) => `${entity} ${id}`)).toEqual(['Order s1', 'Orders 1']);
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
});
