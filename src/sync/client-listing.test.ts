import { expect, test } from 'vitest';
import { REST_API, WEBSHOP_API } from '../contract/conventions.js';
import { wireHeaders } from '../contract/wire.js';
import { Client } from './client.js';
import { clientOf, ENTITY, ids } from './testing/client-of.js';
import type { Transport } from './transport.js';

const MOST_PAGES = 10_000;

test('changes are asked for since a time on the clock of the system, whatever its distance from ours', async () => {
  const { client, asked, transport } = clientOf(
    { changedSince: { param: 'since', format: 'epoch-ms', alsoParams: ['created'] } },
    { body: [] },
    { body: [] },
  );
  transport.skewMs = 500;

  await client.changed(ENTITY, 1000, true);
  await client.changed(ENTITY, null, true);

  expect(asked.map((one) => one.query)).toEqual([{ since: '1000', created: '1000' }, {}]);
});

const PAGES = { paging: { kind: 'offset' as const, offsetParam: 'at', sizeParam: 'n', size: 2 } };
const page = (...records: [id: number, at: number][]) => ({
  body: records.map(([id, at]) => ({ id, updated_at: new Date(at).toISOString() })),
});
const PAGED = { ...PAGES, record: WEBSHOP_API.record };

test('all pages are read, and read again until nothing new is seen', async () => {
  const { client, asked } = clientOf(
    PAGED,
    page([1, 1], [2, 2]),
    page([3, 3]),
    page([2, 2], [3, 3]),
    page([4, 4]),
    page([1, 1], [2, 2]),
    page([3, 3], [4, 4]),
    page(),
  );

  expect(ids((await client.changed(ENTITY, null, true)).found)).toEqual(['1', '2', '3', '4']);
  expect(asked.map((one) => one.query['at'])).toEqual(['0', '2', '0', '2', '0', '2', '4']);
});

test('a record that changed between two passes is news', async () => {
  const { client, asked } = clientOf(
    PAGED,
    page([1, 1], [2, 2]),
    page(),
    page([1, 9], [2, 2]),
    page(),
    page([1, 9], [2, 2]),
    page(),
  );

  const { found } = await client.changed(ENTITY, null, true);

  expect([found[0]?.updatedAt, asked.length]).toEqual([9, 6]);
});

test('a listing of one page is read once, and so is any where rereading is off', async () => {
  const one = clientOf(PAGED, page([1, 1]));
  const off = clientOf(PAGED, page([1, 1], [2, 2]), page());

  await one.client.changed(ENTITY, null, true);
  await off.client.changed(ENTITY, null, false);

  expect([one.asked.length, off.asked.length]).toEqual([1, 2]);
});

test('a listing that never comes to rest is read eight times', async () => {
  const passes = Array.from({ length: 20 }, (_, at) => [page([1, at], [2, at]), page()]).flat();
  const { client, asked } = clientOf(PAGED, ...passes);

  await client.changed(ENTITY, null, true);

  expect(asked).toHaveLength(16);
});

test('what is no record in a listing is passed over and counted; a listing that is no array is a failure', async () => {
  const { found, unusable } = await clientOf({}, { body: [{ id: 1 }, 'text', {}] }).client.changed(
    ENTITY,
    null,
    true,
  );

  expect([ids(found), unusable]).toEqual([['1'], 2]);
  await expect(
    clientOf({}, { body: { things: [] } }).client.changed(ENTITY, null, true),
  ).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('the list of Thing holds no array') as string,
  });
});

test('a page that fails for now is asked for again', async () => {
  const { client } = clientOf({}, { status: 503 }, { body: [{ id: 1 }] });

  expect(ids((await client.changed(ENTITY, null, true)).found)).toEqual(['1']);
});

test('a listing that leads to another host is a failure, not followed', async () => {
  const link = { link: '<https://evil.test/things?page=2>; rel="next"' };
  const { client, asked } = clientOf(
    { paging: { kind: 'link', sizeParam: 'n', size: 1 } },
    { body: [], headers: link },
  );

  await expect(client.changed(ENTITY, null, true)).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('another host') as string,
  });
  expect(asked).toHaveLength(1);
});

test('a listing that has no end is a failure: what is left out of it would count as read', async () => {
  const paging = { kind: 'cursor' as const, cursorParam: 'at', next: 'next', sizeParam: 'n', size: 1 };
  const api = { ...REST_API, paging, record: { ...REST_API.record, many: 'items' } };
  let pages = 0;
  const send = async () => {
    if (pages > MOST_PAGES) throw new Error('asked too often');
    return { status: 200, headers: wireHeaders(), body: { items: [], next: (pages += 1) } };
  };
  const client = new Client({ key: 'api', name: 'Api', api, entities: [ENTITY] }, {
    send,
  } as unknown as Transport);

  await expect(client.changed(ENTITY, null, false)).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('the list of Thing does not end after 10000 pages') as string,
  });
  expect(pages).toBe(MOST_PAGES);
});

const FEED = {
  routes: { ...REST_API.routes, deleted: { method: 'GET' as const, path: '/gone' } },
  deletions: { param: 'since', format: 'epoch-ms' as const, id: 'ref.id', at: 'on' },
  record: { ...REST_API.record, timeFormat: 'epoch-ms' as const },
};

test('deletions are asked for and told in times on the clock of the system', async () => {
  const gone = [
    { ref: { id: 5 }, on: 900 },
    { ref: { id: 'x6' }, on: 950 },
  ];
  const { client, asked, transport } = clientOf(FEED, { body: gone });
  transport.skewMs = 100;

  expect(await client.deleted(ENTITY, 50)).toEqual([
    { id: '5', at: 900 },
    { id: 'x6', at: 950 },
  ]);
  expect(asked[0]).toMatchObject({ path: '/gone', query: { since: '50' } });
});

test.each([{ ref: {} }, { ref: { id: null } }, 'text'])(
  'a deletion of nothing, %j, is no answer',
  async (item) => {
    await expect(clientOf(FEED, { body: [item] }).client.deleted(ENTITY, 50)).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('a deletion of Thing names no record') as string,
    });
  },
);

test('all deletions are asked for from the beginning of time, whatever the clocks', async () => {
  const { client, asked, transport } = clientOf(FEED, { body: [{ ref: { id: 5 } }] });
  transport.skewMs = 100;

  expect(await client.deleted(ENTITY, null)).toEqual([{ id: '5', at: 0 }]);
  expect(asked[0]?.query).toEqual({ since: '0' });
});

test('a system without a feed of deletions cannot tell them; one that answers otherwise failed', async () => {
  expect(await clientOf({}).client.deleted(ENTITY, null)).toBeNull();
  expect(await clientOf({ ...FEED, deletions: undefined }).client.deleted(ENTITY, null)).toBeNull();
  expect(await clientOf({ ...FEED, routes: REST_API.routes }).client.deleted(ENTITY, null)).toBeNull();
  await expect(clientOf(FEED, { body: {} }).client.deleted(ENTITY, null)).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('the deletions of Thing hold no array') as string,
  });
});

test('records are asked for by the value of a property where the system can filter', async () => {
  const { client, asked } = clientOf({ filterByField: true }, { body: [{ id: 1 }] });

  expect(ids((await client.having(ENTITY, 'email', 'a@b.c')) ?? [])).toEqual(['1']);
  expect(asked[0]?.query).toEqual({ email: 'a@b.c' });
  expect(await clientOf({}).client.having(ENTITY, 'email', 'a@b.c')).toBeNull();
});

test('all records are those of a listing in which each item is one', async () => {
  expect(ids(await clientOf({}, { body: [{ id: 1 }] }).client.all(ENTITY))).toEqual(['1']);
  await expect(clientOf({}, { body: [{ id: 1 }, {}] }).client.all(ENTITY)).rejects.toThrow(
    '1 items of the list of Thing',
  );
});

test('a poll that brings nothing new is not read again', async () => {
  const { client } = clientOf(PAGED, page([1, 1]), page([1, 1]), page([1, 2]));
  const poll = async () => (await client.changed(ENTITY, null, false)).found[0];

  const [first, same, other] = [await poll(), await poll(), await poll()];

  expect(same).toBe(first);
  expect([other === first, other?.updatedAt]).toEqual([false, 2]);
});

test('a poll that brings nothing new is read again when the distance of the clocks changed', async () => {
  const { client, transport } = clientOf(PAGED, page([1, 9000]), page([1, 9000]));
  const poll = async () => (await client.changed(ENTITY, null, false)).found[0]?.updatedAt;
  const before = await poll();
  transport.skewMs = 5000;

  expect([before, await poll()]).toEqual([9000, 4000]);
});

test('an error that repeats the text of an answer is an error', async () => {
  const { client } = clientOf(PAGED, page([1, 1]), { ...page([1, 1]), status: 403 });
  await client.changed(ENTITY, null, false);

  await expect(client.changed(ENTITY, null, false)).rejects.toThrow('403');
});

test('all records are read until no page brings news, as one may have moved over to a page that was read', async () => {
  const { client, asked } = clientOf(
    PAGED,
    page([1, 1], [2, 2]),
    page(),
    page([2, 2], [3, 3]),
    page(),
    page([2, 2], [3, 3]),
    page(),
  );

  expect(ids(await client.all(ENTITY))).toEqual(['1', '2', '3']);
  expect(asked).toHaveLength(6);
});

test('a poll reads the whole listing when it is the first, or where changes cannot be asked for', () => {
  const changedSince = { param: 'since', format: 'epoch-ms' as const };
  const telling = clientOf({ changedSince, nullUntilUpdate: 'no' }).client;
  const untold = clientOf({ changedSince: null }).client;

  expect([telling.readsWhole(ENTITY, null), telling.readsWhole(ENTITY, 5)]).toEqual([true, false]);
  expect([untold.readsWhole(ENTITY, null), untold.readsWhole(ENTITY, 5)]).toEqual([true, true]);
});
