import { describe, expect, test } from 'vitest';
import { MalformedAnswer } from './malformed-answer.js';
import { catchUp, entitiesOf, noteRead, pollChanges, pollDeletions } from './poll.js';
import { AT, listed, pollingEngine, SHARED, STALL } from './testing/polling-engine.js';

const key = (id: string) => ({ side: 'a' as const, entity: 'Stall', id });

test('an entity that several pairs share is polled once', () => {
  const { engine } = pollingEngine({}, SHARED);

  expect([entitiesOf(engine, 'a'), entitiesOf(engine, 'b')]).toEqual([['Stall'], ['Parcel', 'Crate']]);
});

describe('a record that is read while it is worked on', () => {
  test('is known as it was read, and no news where no other pair looks at its entity', () => {
    const { engine, store, dirty } = pollingEngine({});

    noteRead(engine, STALL, 'a', listed('1', { name: 'x' }));

    expect(store.digest(key('1'))).toBe('{"name":"x"}');
    expect(dirty()).toEqual([]);
  });

  test('is news for another pair that looks at its entity, unless it is as it was known', () => {
    const { engine, store, dirty } = pollingEngine({}, SHARED);
    store.remember(key('1'), '{"name":"x"}', []);

    noteRead(engine, STALL, 'a', listed('1', { name: 'x' }));
    noteRead(engine, STALL, 'a', listed('2', { name: 'y' }));
    noteRead(engine, STALL, 'b', listed('3', { name: 'z' }));

    expect(dirty()).toEqual(['a Stall 2']);
  });

  test('is not taken in where the answer lacks what was known of it', () => {
    const { engine, store } = pollingEngine({});
    store.remember(key('1'), '{"name":"x","city":"y"}', []);

    noteRead(engine, STALL, 'a', listed('1', { name: 'z' }));

    expect(store.digest(key('1'))).toBe('{"name":"x","city":"y"}');
  });
});

describe('changes of a listing', () => {
  test('are news, and the watermark moves to the newest time that was seen', async () => {
    const found = [listed('1', { name: 'x' }, 500), listed('2', { name: 'y' }, 400)];
    const { engine, store, since, dirty } = pollingEngine({ a: { found } });
    store.setWatermark('a', 'Stall', 'changes', 300);

    const polled = await pollChanges(engine, 'a', 'Stall');

    expect(polled).toEqual({ unusable: 0, isBlind: false });
    expect(since).toEqual([300]);
    expect(dirty()).toEqual(['a Stall 1', 'a Stall 2']);
    expect(store.watermark('a', 'Stall', 'changes')).toBe(500);
  });

  test('never move the watermark back, nor beyond the time of the provider', async () => {
    const old = pollingEngine({ a: { found: [listed('1', {}, 200)] } });
    old.store.setWatermark('a', 'Stall', 'changes', 300);
    const ahead = pollingEngine({ a: { found: [listed('1', {}, AT + 1)] } });

    await pollChanges(old.engine, 'a', 'Stall');
    await pollChanges(ahead.engine, 'a', 'Stall');

    expect(old.store.watermark('a', 'Stall', 'changes')).toBe(300);
    expect(ahead.store.watermark('a', 'Stall', 'changes')).toBe(AT);
  });

  test('are all asked for where the whole listing is wanted, and none move the watermark of an empty one', async () => {
    const { engine, store, since } = pollingEngine({});

    await pollChanges(engine, 'a', 'Stall');
    store.setWatermark('a', 'Stall', 'changes', 300);
    await pollChanges(engine, 'a', 'Stall', new Set(), true);

    expect(since).toEqual([null, null]);
    expect(store.watermark('a', 'Stall', 'changes')).toBe(300);
  });

  test('that cannot be read leave the watermark where it was, so that they are asked for again', async () => {
    const { engine, store, dirty } = pollingEngine({ a: { found: [listed('1', {}, 500)], unusable: 1 } });
    store.setWatermark('a', 'Stall', 'changes', 300);

    const polled = await pollChanges(engine, 'a', 'Stall');

    expect(polled).toEqual({ unusable: 1, isBlind: false });
    expect(dirty()).toEqual(['a Stall 1']);
    expect(store.watermark('a', 'Stall', 'changes')).toBe(300);
  });

  test('of which none can be read tell nothing', async () => {
    const { engine } = pollingEngine({ a: { unusable: 2 } });

    const polled = await pollChanges(engine, 'a', 'Stall');

    expect(polled).toEqual({ unusable: 2, isBlind: true });
    expect(engine.polled.size).toBe(0);
  });

  test('bring a record back that counted as deleted', async () => {
    const { engine, store } = pollingEngine({ a: { found: [listed('1', { name: 'x' })] } });
    store.setDeleted(key('1'), 5);

    await pollChanges(engine, 'a', 'Stall');

    expect(store.isDeleted(key('1'))).toBe(false);
  });

  test('write neither a watermark nor a deletion where there is none to write', async () => {
    const found = [listed('1', { name: 'x' })];
    const { engine, store } = pollingEngine({ b: { found } });
    const written: string[] = [];
    engine.store = {
      ...store,
      setWatermark: (side) => void written.push(`${side} watermark`),
      setDeleted: (key) => void written.push(`${key.side} deletion`),
    };

    await pollChanges(engine, 'a', 'Stall');
    await pollDeletions(engine, 'a', 'Stall');
    await pollChanges(engine, 'b', 'Parcel');

    expect(written).toEqual(['b watermark']);
  });

  test('that are none are told only of records as they were when they were last brought together', async () => {
    const { engine, store, dirty } = pollingEngine({
      a: { found: [listed('1', { n: 1 }), listed('2', { n: 2 })] },
    });
    for (const [id, digest] of [
      ['1', '{"n":1}'],
      ['2', '{"n":2}'],
    ] as const)
      store.remember(key(id), digest, []);
    engine.reconciled.set('a Stall 1', '{"n":1}');
    const unchanged = new Set<string>();

    await pollChanges(engine, 'a', 'Stall', unchanged);

    expect([...unchanged]).toEqual(['a Stall 1']);
    expect(dirty()).toEqual([]);
  });
});

describe('a gap in a listing', () => {
  const linked = (told: Parameters<typeof pollingEngine>[0]) => {
    const made = pollingEngine(told);
    made.store.putLink({ pair: 'stall', aId: '1', bId: 'b1', base: null, state: 'live', pending: null });
    return made;
  };

  test('is a deletion where deletions show by nothing else and the whole listing was read', async () => {
    const { engine, store } = linked({ a: { deletionsShow: 'listing-gap', readsWhole: true } });

    await pollChanges(engine, 'a', 'Stall');

    expect(store.isDeleted(key('1'))).toBe(true);
  });

  test.each([
    ['deletions have a feed', { deletionsShow: 'feed', readsWhole: true }],
    ['only changes were read', { deletionsShow: 'listing-gap', readsWhole: false }],
    ['a record could not be read', { deletionsShow: 'listing-gap', readsWhole: true, unusable: 1 }],
  ] as const)('is none where %s', async (_why, told) => {
    const { engine, store } = linked({ a: told });

    await pollChanges(engine, 'a', 'Stall');

    expect(store.isDeleted(key('1'))).toBe(false);
  });
});

describe('before a record is matched', () => {
  const RECORD = listed('1', { name: 'x' });
  const known = (told: Parameters<typeof pollingEngine>[0] = {}) => {
    const made = pollingEngine(told);
    made.store.remember(key('1'), '{"name":"x"}', []);
    return made;
  };

  test('the other side is read, unless it was read after the record was', async () => {
    const { engine, asked } = known();

    await catchUp(engine, STALL, 'a', RECORD);
    await catchUp(engine, STALL, 'a', RECORD);
    await pollChanges(engine, 'a', 'Stall');
    await catchUp(engine, STALL, 'a', RECORD);

    expect(asked).toEqual(['b changed Parcel', 'a changed Stall', 'b changed Parcel']);
  });

  test('a record that is newer than the last poll has the other side read in any case', async () => {
    const { engine, asked } = known();
    await pollChanges(engine, 'a', 'Stall');
    await pollChanges(engine, 'b', 'Parcel');

    await catchUp(engine, STALL, 'a', listed('1', { name: 'newer' }));

    expect(asked.slice(2)).toEqual(['b changed Parcel']);
  });

  test('a listing of the other side in which nothing can be read is no ground to decide on', async () => {
    const { engine } = known({ b: { unusable: 1 } });

    await expect(catchUp(engine, STALL, 'a', RECORD)).rejects.toThrow(
      new MalformedAnswer('nothing in the list of Parcel is a record', null),
    );
  });
});

describe('deletions of a feed', () => {
  test('are news once, and the watermark moves to the newest of them', async () => {
    const gone = [
      { id: '1', at: 500 },
      { id: '2', at: 400 },
    ];
    const { engine, store, since, dirty } = pollingEngine({ a: { gone } });
    store.setWatermark('a', 'Stall', 'deletions', 300);
    store.remember(key('1'), '{"name":"x"}', ['text']);
    store.setDeleted(key('2'), 350);

    await pollDeletions(engine, 'a', 'Stall');

    expect(since).toEqual([300]);
    expect(dirty()).toEqual(['a Stall 1']);
    expect([store.isDeleted(key('1')), store.digest(key('1'))]).toEqual([true, null]);
    expect(store.watermark('a', 'Stall', 'deletions')).toBe(500);
  });

  test('never move the watermark beyond the time of the provider, and none leave it unset', async () => {
    const ahead = pollingEngine({ a: { gone: [{ id: '1', at: AT + 1 }] } });
    const none = pollingEngine({});

    await pollDeletions(ahead.engine, 'a', 'Stall');
    await pollDeletions(none.engine, 'a', 'Stall');

    expect(ahead.store.watermark('a', 'Stall', 'deletions')).toBe(AT);
    expect(none.store.watermark('a', 'Stall', 'deletions')).toBeNull();
  });

  test.each([
    ['listing-gap', ['a deleted Stall', 'a all Stall'], true],
    ['feed', ['a deleted Stall'], false],
  ] as const)('that the provider does not have: %s', async (deletionsShow, calls, isDeleted) => {
    const { engine, store, asked } = pollingEngine({ a: { gone: null, deletionsShow } });
    store.putLink({ pair: 'stall', aId: '1', bId: 'b1', base: null, state: 'live', pending: null });

    await pollDeletions(engine, 'a', 'Stall');

    expect(asked).toEqual(calls);
    expect(store.isDeleted(key('1'))).toBe(isDeleted);
  });
});
