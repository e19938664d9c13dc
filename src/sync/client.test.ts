import { expect, test } from 'vitest';
import type { ApiDescription } from '../contract/api-description.js';
import { CRM_API, REST_API, WEBSHOP_API } from '../contract/conventions.js';
import type { EntityContract, Json } from '../contract/field.js';
import { wireResponse, type WireRequest } from '../contract/wire.js';
import { Client, type Remote } from './client.js';
import { Transport } from './transport.js';

const NOW = Date.UTC(2026, 0, 1);
const ENTITY: EntityContract = { name: 'Thing', collection: 'things', idKind: 'string', fields: [] };
type Asked = {
  method: string;
  path: string;
  query: Record<string, string>;
  body: Json;
  headers: WireRequest['headers'];
};
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** A client of an API that answers with these replies in turn; notes what was asked. */
function clientOf(api: Partial<ApiDescription>, ...replies: Reply[]) {
  const asked: Asked[] = [];
  const own = { ...REST_API, ...api, auth: { kind: 'none' as const }, baseUrl: 'https://api.test' };
  const contract = { key: 'api', name: 'Api', api: own, entities: [ENTITY] };
  const fetch = async (request: WireRequest) => {
    const url = new URL(request.url);
    const text = await request.text();
    const body = text === '' ? null : (JSON.parse(text) as Json);
    const { method, headers } = request;
    asked.push({ method, path: url.pathname, query: Object.fromEntries(url.searchParams), body, headers });
    const {
      status = 200,
      body: answer = null,
      headers: given = {},
    } = replies[asked.length - 1] ?? { status: 418 };
    return wireResponse(answer === null ? '' : JSON.stringify(answer), status, given);
  };
  const clock = { now: () => NOW, sleep: async () => undefined };
  const credentials = { webhookSecret: '', account: '', key: '', clientId: '', clientSecret: '' };
  const transport = new Transport(contract, credentials, fetch, clock);
  return { client: new Client(contract, transport), asked, transport };
}
const ids = (remotes: Remote[]) => remotes.map((one) => one.id);
const remote = (fields: Remote['fields'], version: string | null = null): Remote => ({
  id: '7',
  fields,
  stamp: 0,
  createdAt: null,
  updatedAt: 0,
  version,
  fieldTimes: null,
});

test('a record is read out of its envelope', async () => {
  const { client, asked } = clientOf(CRM_API, {
    body: {
      id: 7,
      properties: { name: 'x' },
      version: 3,
      createdAt: 300,
      updatedAt: 500,
      propertyTimes: { name: 400 },
    },
  });

  expect(await client.get(ENTITY, '7')).toEqual({
    id: '7',
    fields: { name: 'x' },
    version: '3',
    stamp: 500,
    createdAt: 300,
    updatedAt: 500,
    fieldTimes: { name: 400 },
  });
  expect(asked[0]).toMatchObject({ method: 'GET', path: '/objects/things/7' });
});

test('times are told on our clock', async () => {
  const { client, transport } = clientOf(CRM_API, {
    body: {
      id: 7,
      properties: {},
      version: 1,
      createdAt: 3500,
      updatedAt: 5000,
      propertyTimes: { name: 4000 },
    },
  });
  transport.skewMs = 3000;

  expect(await client.get(ENTITY, '7')).toMatchObject({
    createdAt: 500,
    updatedAt: 2000,
    fieldTimes: { name: 1000 },
  });
});

test('the time of creation stands in for a missing one; without any there is none', async () => {
  const record = { ...WEBSHOP_API.record };
  const created = { id: 7, created_at: '1970-01-01T00:00:05Z', updated_at: null };
  const { client } = clientOf({ record }, { body: created });
  const { client: untold } = clientOf({}, { body: { id: 7 } });

  expect((await client.get(ENTITY, '7'))?.updatedAt).toBe(5000);
  expect(await untold.get(ENTITY, '7')).toMatchObject({ updatedAt: 0, fieldTimes: null });
});

test('a record that is missing is null, any other failure is one', async () => {
  expect(await clientOf({}, { status: 404 }).client.get(ENTITY, '7')).toBeNull();
  await expect(clientOf({}, { status: 400 }).client.get(ENTITY, '7')).rejects.toMatchObject({
    kind: 'permanent',
  });
});

test('what a read of the entity needs goes with every read, and with no write', async () => {
  const entity = { ...ENTITY, api: { readQuery: { expand: 'all' } } };
  const { client, asked } = clientOf({}, { body: { id: 7 } }, { body: [] }, { body: { id: 8 } });

  await client.get(entity, '7');
  await client.changed(entity, null, true);
  await client.create(entity, {}, 'key');

  expect(asked.map((one) => one.query)).toEqual([{ expand: 'all' }, { expand: 'all' }, {}]);
});

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

const FEED = {
  routes: { ...REST_API.routes, deleted: { method: 'GET' as const, path: '/gone' } },
  deletions: { param: 'since', format: 'epoch-ms' as const, id: 'ref.id', at: 'on' },
  record: { ...REST_API.record, timeFormat: 'epoch-ms' as const },
};

test('deletions are asked for and told in times on the clock of the system', async () => {
  const { client, asked, transport } = clientOf(FEED, { body: [{ ref: { id: 5 }, on: 900 }] });
  transport.skewMs = 100;

  expect(await client.deleted(ENTITY, 50)).toEqual([{ id: '5', at: 900 }]);
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
  await expect(clientOf(FEED, { body: {} }).client.deleted(ENTITY, null)).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('the deletions of Thing hold no array') as string,
  });
});

test('a create bears its key in a header, in the body, or not at all', async () => {
  const made = { status: 201, body: { id: 9, name: 'x' } };
  const header = clientOf({ idempotency: { kind: 'header', name: 'Key' } }, made);
  const body = clientOf({ idempotency: { kind: 'body', path: 'key' } }, made);
  const none = clientOf({}, made);

  for (const { client } of [header, body, none])
    expect((await client.create(ENTITY, { name: 'x' }, 'k1')).id).toBe('9');

  expect([header, body, none].map(({ asked }) => [asked[0]?.headers.get('key'), asked[0]?.body])).toEqual([
    ['k1', { name: 'x' }],
    [null, { name: 'x', key: 'k1' }],
    [null, { name: 'x' }],
  ]);
});

test('a create whose answer holds no record failed', async () => {
  await expect(clientOf({}, { status: 201, body: [] }).client.create(ENTITY, {}, 'k')).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringContaining('holds no record') as string,
  });
});

const CHANGES = new Map<string, Json>([
  ['address.city', 'Oslo'],
  ['phones[].number', '1'],
]);
const HELD = { name: 'x', address: { city: 'Bergen', zip: '5' }, phones: [{ number: '0', kind: 'home' }] };

test('where an update replaces, the whole record is sent with what changed in it', async () => {
  const { client, asked } = clientOf(
    { updateMode: 'replace', concurrency: { kind: 'etag' } },
    { body: { id: 7 } },
  );

  await client.update(ENTITY, remote(HELD, '"3"'), CHANGES);

  expect(asked[0]?.body).toEqual({
    name: 'x',
    address: { city: 'Oslo', zip: '5' },
    phones: [{ number: '1', kind: 'home' }],
  });
  expect(asked[0]?.headers.get('if-match')).toBe('"3"');
  expect(HELD.address.city).toBe('Bergen');
});

test('where it merges, only what changed is sent, lists as a whole', async () => {
  const { client, asked } = clientOf(
    { concurrency: { kind: 'version', path: 'version' } },
    { body: { id: 7 } },
  );

  await client.update(ENTITY, remote(HELD, '3'), CHANGES);

  expect(asked[0]?.body).toEqual({
    address: { city: 'Oslo' },
    phones: [{ number: '1', kind: 'home' }],
    version: 3,
  });
  expect(asked[0]?.headers.has('if-match')).toBe(false);
});

test.each<[string | null, Json]>([
  ['a3', { name: 'y', version: 'a3' }],
  ['3a', { name: 'y', version: '3a' }],
  ['1234567890123456', { name: 'y', version: '1234567890123456' }],
  [null, { name: 'y' }],
])('a version %s is sent as it was read', async (version, body) => {
  const { client, asked } = clientOf(
    { concurrency: { kind: 'version', path: 'version' } },
    { body: { id: 7 } },
  );

  await client.update(ENTITY, remote({}, version), new Map([['name', 'y']]));

  expect(asked[0]?.body).toEqual(body);
});

test('without a version an update is not guarded, and without an answer the record is read again', async () => {
  const { client, asked } = clientOf(
    { concurrency: { kind: 'etag' } },
    { status: 204 },
    { body: { id: 7, name: 'y' }, headers: { etag: '"4"' } },
  );

  const updated = await client.update(ENTITY, remote({}), new Map([['name', 'y']]));

  expect(updated.fields).toEqual({ name: 'y' });
  expect([asked[0]?.headers.has('if-match'), asked[1]?.method]).toEqual([false, 'GET']);
});

test('a record is removed where the system has a call for it', async () => {
  const { client, asked } = clientOf({}, { status: 204 });
  const without = clientOf({ routes: { ...REST_API.routes, remove: null } });

  await client.remove(ENTITY, '7');
  await without.client.remove(ENTITY, '7');

  expect(asked[0]).toMatchObject({ method: 'DELETE', path: '/things/7' });
  expect(without.asked).toEqual([]);
});

test('times of single fields are those in the record, else the latest of each field among its revisions', async () => {
  const { client, transport } = clientOf(WEBSHOP_API, {
    body: [
      { at: '1970-01-01T00:00:09Z', changed: ['name', 'city'] },
      { at: '1970-01-01T00:00:05Z', changed: ['name'] },
      { at: '1970-01-01T00:00:07Z', changed: 'name' },
      { changed: ['zip'] },
    ],
  });
  transport.skewMs = 2000;

  expect(await client.fieldTimes(ENTITY, { ...remote({}), fieldTimes: { name: 3 } })).toEqual({ name: 3 });
  expect(await client.fieldTimes(ENTITY, remote({}))).toEqual({ name: 7000, city: 7000, zip: 0 });
});

test('a system without revisions tells no times; one whose answer holds none gave none', async () => {
  expect(await clientOf({}).client.fieldTimes(ENTITY, remote({}))).toEqual({});
  await expect(clientOf(WEBSHOP_API, { body: {} }).client.fieldTimes(ENTITY, remote({}))).rejects.toThrow(
    'the revisions of Thing 7 are no list',
  );
});

test('an answer to reading a record must hold that record, its fields and its version', async () => {
  const reads = (api: Partial<ApiDescription>, body: unknown) =>
    clientOf(api, { body }).client.get(ENTITY, '7');

  await expect(reads({}, [])).rejects.toThrow('holds no record');
  await expect(reads({}, { id: 8 })).rejects.toThrow('holds the record 8');
  await expect(reads(CRM_API, { id: 7, version: 1 })).rejects.toThrow('holds no properties');
  await expect(reads(CRM_API, { id: 7, properties: {} })).rejects.toThrow('names no version');
  await expect(reads({ concurrency: { kind: 'etag' } }, { id: 7 })).rejects.toThrow('names no version');
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
