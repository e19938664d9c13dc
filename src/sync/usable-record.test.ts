import { expect, test } from 'vitest';
import type { ApiDescription } from '../contract/api-description.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import type { Answer } from './transport.js';
import { hasFields, recordFrom, refuseLoss, type Remote } from './usable-record.js';

type Of = {
  fields?: string | null;
  absent?: 'missing' | 'null';
  concurrency?: { kind: 'version'; path: string } | { kind: 'etag' } | null;
};
const apiOf = ({ fields = null, absent = 'missing', concurrency = null }: Of = {}) =>
  ({ record: { id: 'key', fields, absent, one: null }, concurrency }) as unknown as ApiDescription;
const ENTITY = { name: 'Stall' } as EntityContract;
const remote = (more: Partial<Remote> = {}): Remote =>
  ({ id: 'r1', fields: {}, version: null, ...more }) as unknown as Remote;
const answer = (body: Json) => ({ body }) as unknown as Answer;

test('a record without the object of its fields holds none', () => {
  expect(hasFields(apiOf(), {})).toBe(true);
  expect(hasFields(apiOf({ fields: 'properties' }), { properties: {} })).toBe(true);
  expect(hasFields(apiOf({ fields: 'properties' }), {})).toBe(false);
  expect(hasFields(apiOf({ fields: 'properties' }), { properties: 'x' })).toBe(false);
});

test('the record that was asked for is given', () => {
  const own = remote({ version: '1' });

  expect(recordFrom(apiOf({ concurrency: { kind: 'etag' } }), ENTITY, 'r1', answer({}), own)).toBe(own);
  expect(recordFrom(apiOf(), ENTITY, 'r1', answer({}), remote())).toEqual(remote());
});

test.each<[string, Of, Remote | null, Json, string, string]>([
  ['no record', {}, null, {}, 'the answer to reading Stall r1 holds no record', 'key'],
  [
    'another record',
    {},
    remote({ id: 'r2' }),
    {},
    'the answer to reading Stall r1 holds the record r2',
    'key',
  ],
  [
    'no fields',
    { fields: 'properties' },
    remote(),
    {},
    'the answer to reading Stall r1 holds no properties',
    'properties',
  ],
  ['no version', { concurrency: { kind: 'version', path: 'rev' } }, remote(), {}, 'names no version', 'rev'],
  ['no tag', { concurrency: { kind: 'etag' } }, remote(), {}, 'names no version', 'ETag'],
])('an answer with %s cannot be used', (_what, api, read, body, message, field) => {
  const reading = () => recordFrom(apiOf(api), ENTITY, 'r1', answer(body), read);

  expect(reading).toThrow(message);
  expect(reading).toThrow(expect.objectContaining({ field, kind: 'transient' }));
});

const spec = (path: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path,
  type: { kind: 'string', maxLength: 5 },
  ...more,
});

test.each<[string, JsonObject, FieldSpec[], Of, string | null]>([
  ['a whole record', { name: 'Berg', city: null }, [spec('name'), spec('city')], {}, null],
  [
    'one that lacks a property',
    { name: 'Berg' },
    [spec('name'), spec('city')],
    {},
    'city of Stall r1 is missing',
  ],
  [
    'one of a provider that leaves out what is empty',
    { name: 'Berg' },
    [spec('name'), spec('city')],
    { absent: 'null' },
    null,
  ],
  [
    'one that lacks what cannot be written',
    { name: 'Berg' },
    [spec('name'), spec('at', { readOnly: true })],
    {},
    null,
  ],
  ['one that holds nonsense', { name: 7 }, [spec('name')], {}, 'name of Stall r1 holds what it cannot'],
  [
    'one whose required property is empty',
    { name: null },
    [spec('name', { required: true })],
    {},
    'name of Stall r1 holds what it cannot',
  ],
])('writing back %s', (_what, fields, specs, api, why) => {
  const writing = () =>
    refuseLoss(apiOf(api), { name: 'Stall', fields: specs } as EntityContract, remote({ fields }));

  if (why === null) expect(writing).not.toThrow();
  else expect(writing).toThrow(`${why}, and an update would store that`);
});
