import { expect, test } from 'vitest';
import { REST_API } from '../conventions.js';
import type { EntityContract } from '../field.js';
import { bodyOf, openRecord, unwrapOne } from './envelope.js';
import { retryAfterMs } from './retry-after.js';

const api = (record: Partial<typeof REST_API.record>) => ({
  ...REST_API,
  record: { ...REST_API.record, ...record },
});
const entity = (fields: EntityContract['fields']): EntityContract => ({
  name: 'Customer',
  collection: 'customers',
  idKind: 'string',
  fields,
});
const text = (path: string) => ({ path, type: { kind: 'string' as const, maxLength: 50 } });

test('a record is sent and read inside its object', () => {
  const described = api({ one: 'customer', send: 'customer' });

  expect(bodyOf(described, entity([text('name')]), { name: 'Ada' })).toEqual({ customer: { name: 'Ada' } });
  expect(
    openRecord(described, unwrapOne(described, { customer: { id: 7, name: 'Ada' } }), null),
  ).toMatchObject({
    id: '7',
    fields: { name: 'Ada' },
  });
});

test('read-only fields are not sent, others go to the path they are written at', () => {
  const fields = [
    text('name'),
    { ...text('total'), readOnly: true },
    { ...text('owner.id'), writePath: 'owner' },
  ];

  expect(bodyOf(REST_API, entity(fields), { name: 'Ada', total: '9', owner: { id: '3' } })).toEqual({
    name: 'Ada',
    owner: '3',
  });
});

test.each([
  ['iso', '2026-01-02T03:04:05.000Z'],
  ['epoch-ms', 1_767_323_045_000],
  ['epoch-s', 1_767_323_045],
] as const)('reads times written as %s', (timeFormat, at) => {
  const opened = openRecord(api({ updatedAt: 'at', timeFormat }), { id: 1, at }, null);

  expect(opened?.updatedAt).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
});

test('an update time that is null until the first update stays null', () => {
  const described = api({ createdAt: 'made', updatedAt: 'at' });

  expect(openRecord(described, { id: 1, made: '2026-01-01T00:00:00Z', at: null }, null)).toMatchObject({
    updatedAt: null,
    createdAt: Date.UTC(2026, 0, 1),
  });
});

test.each([
  ['3', 3000],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['soon', 0],
  ['999999', 120_000],
])('Retry-After %s is %d ms', (value, wait) => {
  const headers = { get: (name: string) => (name === 'retry-after' ? value : null) };

  expect(retryAfterMs(headers, Date.UTC(2026, 0, 1))).toBe(wait);
});
