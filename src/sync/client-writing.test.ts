import { expect, test } from 'vitest';
import { REST_API } from '../contract/conventions.js';
import type { ApiDescription } from '../contract/api-description.js';
import type { Json } from '../contract/field.js';
import { clientOf, ENTITY, remote } from './testing/client-of.js';

test('what a read of the entity needs goes with every read, and with no write', async () => {
  const entity = { ...ENTITY, api: { readQuery: { expand: 'all' } } };
  const { client, asked } = clientOf({}, { body: { id: 7 } }, { body: [] }, { body: { id: 8 } });

  await client.get(entity, '7');
  await client.changed(entity, null, true);
  await client.create(entity, {}, 'key');

  expect(asked.map((one) => one.query)).toEqual([{ expand: 'all' }, { expand: 'all' }, {}]);
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
  ['12', { name: 'y', version: 12 }],
  ['a3', { name: 'y', version: 'a3' }],
  ['3a', { name: 'y', version: '3a' }],
  ['1234567890123456', { name: 'y', version: '1234567890123456' }],
  [null, { name: 'y' }],
])('a version %s is sent as it was read, as a number where it is a short one', async (version, body) => {
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

const NAMED = { ...ENTITY, fields: [{ path: 'name', type: { kind: 'string' as const, maxLength: 5 } }] };
const TO_Y = new Map<string, Json>([['name', 'y']]);

test('an update that replaces is refused where the record that was read would lose or break something', async () => {
  const replacing = clientOf({ updateMode: 'replace' }, { body: { id: 7, name: 'y' } });
  const merging = clientOf({ updateMode: 'merge' }, { body: { id: 7, name: 'y' } });
  const broken = remote({ name: 7 });

  await expect(replacing.client.update(NAMED, broken, TO_Y)).rejects.toThrow(
    'name of Thing 7 holds what it cannot, and an update would store that',
  );
  expect(replacing.asked).toEqual([]);
  expect((await merging.client.update(NAMED, broken, TO_Y)).fields).toEqual({ name: 'y' });
});

test.each<[string, Partial<ApiDescription>, Json]>([
  ['shows another record', {}, { id: 8, name: 'other' }],
  ['shows no fields', { record: { ...REST_API.record, fields: 'data' } }, { id: 7 }],
])('after an update whose answer %s the record is read again', async (_what, api, answer) => {
  const { client, asked } = clientOf(
    { concurrency: null, ...api },
    { body: answer },
    { body: { id: 7, name: 'y', data: { name: 'y' } } },
  );

  const updated = await client.update(ENTITY, remote({}), TO_Y);

  expect(updated.id).toBe('7');
  expect(asked.map(({ method, path }) => `${method} ${path}`).at(-1)).toBe('GET /things/7');
});

test('a record that is gone after its update is missing', async () => {
  const { client } = clientOf({ concurrency: null }, { status: 204 }, { status: 404 });

  await expect(client.update(ENTITY, remote({}), TO_Y)).rejects.toMatchObject({
    kind: 'missing',
    message: 'the record 7 is gone',
  });
});

test('without a scheme of versions nothing guards an update', async () => {
  const { client, asked } = clientOf({ concurrency: null }, { body: { id: 7, name: 'y' } });

  await client.update(ENTITY, remote({}, '3'), TO_Y);

  expect(asked[0]?.body).toEqual({ name: 'y' });
  expect(asked[0]?.headers.has('if-match')).toBe(false);
});

test('a status that means a missing record means so of calls about one record only', async () => {
  const forbidden = { missingStatuses: [403] };

  await expect(clientOf(forbidden, { status: 403 }).client.remove(ENTITY, '7')).rejects.toMatchObject({
    kind: 'missing',
  });
  await expect(clientOf(forbidden, { status: 403 }).client.create(ENTITY, {}, 'k')).rejects.toMatchObject({
    kind: 'permanent',
  });
});

test('what a read of the entity needs goes neither with a deletion nor with what is read of no record', async () => {
  const entity = { ...ENTITY, api: { readQuery: { expand: 'all' } } };
  const routes = { ...REST_API.routes, deleted: { method: 'GET' as const, path: '/gone' } };
  const deletions = { param: 'since', format: 'epoch-ms' as const, id: 'id', at: 'at' };
  const { client, asked } = clientOf({ routes, deletions }, { status: 204 }, { body: [] });

  await client.remove(entity, '7');
  await client.deleted(entity, null);

  expect(asked.map(({ query }) => query)).toEqual([{}, { since: '0' }]);
});
