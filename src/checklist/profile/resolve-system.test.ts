import { expect, test } from 'vitest';
import type { SystemContract } from '../../contract/api-description.js';
import { CRM_API, REST_API, WEBSHOP_API } from '../../contract/conventions.js';
import type { InputError } from '../../document/input-error.js';
import { resolveSystem } from './resolve-system.js';
import { systemSchema } from './system-schema.js';

const OWN: SystemContract = {
  key: 'shop',
  name: 'Shop',
  api: WEBSHOP_API,
  entities: [
    {
      name: 'Customer',
      collection: 'customers',
      idKind: 'integer',
      fields: [
        { path: 'email', type: { kind: 'string', maxLength: 40 } },
        { path: 'phone', type: { kind: 'untyped' } },
      ],
    },
    { name: 'Order', collection: 'orders', idKind: 'integer', fields: [] },
  ],
};
const BASE = { baseUrl: 'http://127.0.0.1:9000' };
const locate = (path: PropertyKey[]) => `p.yaml:${path.map(String).join('.')}`;
const resolve = (system: object) =>
  resolveSystem(OWN, systemSchema.parse({ names: ['Shop'], ...system }), locate);
const apiOf = (api: object) => resolve({ api: { ...BASE, ...api } }).api;
function refusal(system: object): InputError {
  try {
    resolve(system);
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was resolved');
}

test('without a word about the API or the entities the contract is as it was', () => {
  expect(resolve({})).toStrictEqual(OWN);
});

test.each([
  ['webshop', WEBSHOP_API],
  ['crm', CRM_API],
  ['rest', REST_API],
])('the preset %s is the convention of that name', (preset, convention) => {
  expect(apiOf({ preset })).toStrictEqual({ ...convention, ...BASE });
});

test('an address stands without slashes at its end, or is a name of the environment', () => {
  expect(apiOf({ baseUrl: 'http://127.0.0.1:9000/admin//' }).baseUrl).toBe('http://127.0.0.1:9000/admin');
  expect(resolve({ api: { baseUrlEnv: 'SHOP_URL' } }).api).toMatchObject({
    baseUrlEnv: 'SHOP_URL',
    baseUrl: 'http://unset.invalid',
  });
  expect(resolve({ api: BASE }).origin).toBe('p.yaml:api');
});

test.each<[object, object]>([
  [{ auth: { kind: 'bearer', tokenEnv: 'T' } }, { auth: { kind: 'bearer', tokenEnv: 'T' } }],
  [{ headers: { 'X-Version': '2' } }, { headers: { 'X-Version': '2' } }],
  [{ preset: 'crm', concurrency: 'none' }, { concurrency: null }],
  [{ preset: 'crm', concurrency: 'etag' }, { concurrency: { kind: 'etag' } }],
  [{ concurrency: { version: 'rev' } }, { concurrency: { kind: 'version', path: 'rev' } }],
  [{ preset: 'crm', idempotency: 'none' }, { idempotency: null }],
  [{ idempotency: { header: 'Key' } }, { idempotency: { kind: 'header', name: 'Key' } }],
  [{ idempotency: { body: 'key' } }, { idempotency: { kind: 'body', path: 'key' } }],
  [{ preset: 'crm', webhooks: 'none' }, { webhooks: null }],
  [{ missingStatuses: [403] }, { missingStatuses: [403] }],
  [{ rateLimit: { perSecond: 3 } }, { rateLimit: { perSecond: 3 } }],
  [{ bumpsOnNoChange: 'no' }, { bumpsOnNoChange: 'no' }],
  [{ nullUntilUpdate: 'yes' }, { nullUntilUpdate: 'yes' }],
  [{ updateMode: 'replace' }, { updateMode: 'replace' }],
  [{ preset: 'crm', paging: { kind: 'none' } }, { paging: { kind: 'none' } }],
  [
    { paging: { kind: 'page' } },
    {
      paging: {
        kind: 'page',
        pageParam: 'page',
        sizeParam: 'per_page',
        size: 50,
        first: 1,
        totalHeader: null,
      },
    },
  ],
  [{ preset: 'crm', changedSince: 'none' }, { changedSince: null }],
  [{ changedSince: { param: 'since' } }, { changedSince: { param: 'since', format: 'iso' } }],
  [
    { changedSince: { param: ['since', 'created'], format: 'epoch-s' } },
    { changedSince: { param: 'since', format: 'epoch-s', alsoParams: ['created'] } },
  ],
  [{ preset: 'webshop', filter: 'none' }, { filterByField: false }],
  [{ filter: 'f[{field}]' }, { filterByField: true, filterParam: 'f[{field}]' }],
])('%j makes of the preset %j', (given, changed) => {
  const preset = 'preset' in given ? given.preset : 'rest';
  const convention = preset === 'crm' ? CRM_API : preset === 'webshop' ? WEBSHOP_API : REST_API;

  expect(apiOf(given)).toEqual({ ...convention, ...BASE, ...changed });
});

test('a scheme of events is taken as it is given', () => {
  expect(apiOf({ webhooks: { ...WEBSHOP_API.webhooks } }).webhooks).toEqual(WEBSHOP_API.webhooks);
});

test('routes and the record are changed entry by entry', () => {
  const { routes, record } = apiOf({
    preset: 'crm',
    routes: { update: 'POST /u/{id}', remove: 'none' },
    record: { many: 'none', send: 'none', one: 'data' },
  });

  expect(routes).toEqual({ ...CRM_API.routes, update: { method: 'POST', path: '/u/{id}' }, remove: null });
  expect(record).toEqual({ ...CRM_API.record, many: null, send: '', one: 'data' });
});

test('deletions show in a feed, or in what the listing lacks; then there is no feed', () => {
  const feed = { param: 'since', format: 'iso', id: 'id', at: 'at' } as const;
  const told = apiOf({ routes: { deleted: 'GET /gone' }, deletions: feed });
  const untold = apiOf({ preset: 'webshop', deletions: 'never' });

  expect(told).toMatchObject({
    deletions: feed,
    deletionsShow: 'feed',
    routes: { deleted: { path: '/gone' } },
  });
  expect(untold).toMatchObject({ deletionsShow: 'never', routes: { deleted: null } });
  expect(untold).not.toHaveProperty('deletions');
  expect(apiOf({ preset: 'webshop', routes: { deleted: 'none' } })).not.toHaveProperty('deletions');
  expect(apiOf({ preset: 'webshop' }).deletions).toEqual(WEBSHOP_API.deletions);
});

test('an entity of the contract is changed in what is given, the others stay', () => {
  const { entities } = resolve({
    entities: {
      Customer: {
        collection: '/people/',
        idKind: 'string',
        omit: ['phone'],
        fields: { email: { required: true }, city: { type: 'string' } },
        updateMode: 'replace',
        readQuery: { expand: 'all' },
      },
    },
  });

  expect(entities).toEqual([
    {
      name: 'Customer',
      collection: 'people',
      idKind: 'string',
      fields: [
        { path: 'email', type: { kind: 'string', maxLength: 40 }, required: true },
        { path: 'city', type: { kind: 'string', maxLength: 255 } },
      ],
      api: { updateMode: 'replace', readQuery: { expand: 'all' } },
    },
    OWN.entities[1],
  ]);
});

test('an entity without a word about its API has none of its own', () => {
  expect(resolve({ entities: { Order: {} } }).entities[1]).toEqual(OWN.entities[1]);
});

test('where the profile gives all entities, those of the contract are gone, and collections are named after them', () => {
  const { entities } = resolve({
    contract: 'profile',
    entities: {
      'Sales - Order': { fields: { no: { type: 'integer' } } },
      Customer: { collection: '//c/of/shop//' },
    },
  });

  expect(
    entities.map(({ name, collection, idKind, fields }) => [name, collection, idKind, fields.length]),
  ).toEqual([
    ['Sales - Order', 'sales-orders', 'string', 1],
    ['Customer', 'c/of/shop', 'string', 0],
  ]);
});

test('an entity that the contract does not hold is refused, with the nearest one', () => {
  expect(refusal({ entities: { Custmer: {} } })).toMatchObject({
    code: 'unknown-entity',
    message: 'the contract of Shop holds no entity Custmer',
    where: 'p.yaml:entities.Custmer',
    expected: 'Customer, Order',
    found: 'Custmer',
    remedy: 'did you mean "Customer"?',
  });
  expect(refusal({ entities: { Warehouse: {} } }).remedy).toContain('set "contract: profile"');
});

test('a property to leave out must be there', () => {
  expect(refusal({ entities: { Customer: { omit: ['email', 'fax'] } } })).toMatchObject({
    code: 'unknown-property',
    where: 'p.yaml:entities.Customer.omit.1',
    expected: 'email, phone',
    found: 'fax',
  });
  expect(refusal({ entities: { Order: { omit: ['fax'] } } }).expected).toBe('a property of the entity');
});

test('a property that is new needs a type', () => {
  expect(refusal({ entities: { Customer: { fields: { city: { required: true } } } } })).toMatchObject({
    code: 'field-without-type',
    message: 'the property city has no type',
    where: 'p.yaml:entities.Customer.fields.city',
    found: 'city',
  });
});
