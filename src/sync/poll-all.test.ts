import { expect, test } from 'vitest';
import { ClientError } from './client-error.js';
import { LISTING, pollAll } from './poll-all.js';
import { listed, pollingEngine, SHARED } from './testing/polling-engine.js';

const always = () => true;
const trouble = (error: Error) => () => {
  throw error;
};

test('both sides are read, changes before deletions', async () => {
  const { engine, asked } = pollingEngine({});

  const isReachable = await pollAll(engine, new Set(), always);

  expect(isReachable).toBe(true);
  expect(asked).toEqual(['a changed Stall', 'a deleted Stall', 'b changed Parcel', 'b deleted Parcel']);
});

test('a listing that shows deletions by its gaps is read whole instead', async () => {
  const { engine, store, asked, since } = pollingEngine({ a: { deletionsShow: 'listing-gap' } });
  store.setWatermark('a', 'Stall', 'changes', 300);

  await pollAll(engine, new Set(), always);

  expect(asked.filter((call) => call.startsWith('a'))).toEqual(['a changed Stall']);
  expect(since[0]).toBeNull();
});

test('nothing is read by a worker that has lost its lease', async () => {
  const { engine, asked } = pollingEngine({});

  const isReachable = await pollAll(engine, new Set(), () => false);

  expect([isReachable, asked]).toEqual([false, []]);
});

test('a side that cannot be read is passed over, and nothing is reported of it', async () => {
  const onChanged = trouble(new ClientError('transient', 'down', null));
  const { engine, store, asked } = pollingEngine({ a: { onChanged } });

  const isReachable = await pollAll(engine, new Set(), always);

  expect(isReachable).toBe(false);
  expect(asked).toEqual(['a changed Stall', 'b changed Parcel', 'b deleted Parcel']);
  expect(store.problems()).toEqual([]);
});

test('what is no error of the provider is not taken for one', async () => {
  const { engine } = pollingEngine({ a: { onChanged: trouble(new TypeError('a defect')) } });

  await expect(pollAll(engine, new Set(), always)).rejects.toThrow('a defect');
});

test('items that are no record are reported on each pair of their entity, until the listing is whole again', async () => {
  const told = { found: [listed('1')], unusable: 2 };
  const { engine, store } = pollingEngine({ a: told }, SHARED);
  const elsewhere = { pair: 'stall', side: 'b' as const, recordId: LISTING, field: null, message: 'other' };
  const record = { pair: 'stall', side: 'a' as const, recordId: '1', field: null, message: 'own' };
  store.setProblems('stall', 'a', '1', [record]);

  const isReachable = await pollAll(engine, new Set(), always);

  const message = 'unusable answer: 2 items of the list of Stall are no record';
  const reported = { side: 'a', recordId: LISTING, field: 'id', message };
  expect(isReachable).toBe(false);
  expect(store.problems()).toEqual([record, { pair: 'stall', ...reported }, { pair: 'shelf', ...reported }]);

  told.unusable = 1;
  await pollAll(engine, new Set(), always);
  expect(store.problems().filter((one) => one.recordId === LISTING)).toEqual(
    ['stall', 'shelf'].map((pair) => ({
      pair,
      ...reported,
      message: 'unusable answer: 1 items of the list of Stall are no record',
    })),
  );

  told.unusable = 0;
  store.setProblems('stall', 'b', LISTING, [elsewhere]);
  expect(await pollAll(engine, new Set(), always)).toBe(true);
  expect(store.problems()).toEqual([record]);
});

test('a listing is reported on no pair of another entity', async () => {
  const { engine, store } = pollingEngine({}, SHARED);
  Object.assign(engine.clients.b, {
    changed: async ({ name }: { name: string }) => ({ found: [], unusable: name === 'Crate' ? 1 : 0 }),
  });

  await pollAll(engine, new Set(), always);

  expect(store.problems().map(({ pair, side }) => `${pair} ${side}`)).toEqual(['shelf b']);
});

test('a report that says the same is not written again', async () => {
  const { engine, store } = pollingEngine({ a: { unusable: 2 } });
  store.setProblems('stall', 'a', '1', [
    { pair: 'stall', side: 'a', recordId: '1', field: null, message: 'of a record' },
  ]);
  let writes = 0;
  engine.store = { ...store, setProblems: (...given) => ((writes += 1), store.setProblems(...given)) };

  await pollAll(engine, new Set(), always);
  await pollAll(engine, new Set(), always);

  expect(writes).toBe(1);
});
