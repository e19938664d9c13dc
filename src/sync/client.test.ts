import { expect, test } from 'vitest';
import type { ApiDescription } from '../contract/api-description.js';
import { CRM_API, WEBSHOP_API } from '../contract/conventions.js';
import { clientOf, ENTITY, remote } from './testing/client-of.js';

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

test('a time that is not told is none, whatever the distance of the clocks', async () => {
  const untold = clientOf({}, { body: { id: 7 } });
  const record = { ...WEBSHOP_API.record, updatedAt: null };
  const created = clientOf({ record }, { body: { id: 7, created_at: '1970-01-01T00:00:05Z' } });
  const revised = clientOf(WEBSHOP_API, { body: [{ changed: ['name'] }] });
  for (const { transport } of [untold, created, revised]) transport.skewMs = -3000;

  expect(await untold.client.get(ENTITY, '7')).toMatchObject({ createdAt: null, updatedAt: 0, stamp: 0 });
  expect(await created.client.get(ENTITY, '7')).toMatchObject({ createdAt: 8000, updatedAt: 0, stamp: 0 });
  expect(await revised.client.fieldTimes(ENTITY, remote({}))).toEqual({ name: 0 });
});

test('a record that is missing is null, any other failure is one', async () => {
  expect(await clientOf({}, { status: 404 }).client.get(ENTITY, '7')).toBeNull();
  await expect(clientOf({}, { status: 400 }).client.get(ENTITY, '7')).rejects.toMatchObject({
    kind: 'permanent',
  });
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
