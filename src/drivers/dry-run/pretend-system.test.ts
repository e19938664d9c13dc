import { expect, test } from 'vitest';
import type { ApiDescription, SystemContract } from '../../contract/api-description.js';
import { CRM_API, REST_API, WEBSHOP_API } from '../../contract/conventions.js';
import type { EntityContract } from '../../contract/field.js';
import { httpSystem } from '../http-system.js';
import type { System } from '../ports.js';
import { pretendSystem } from './pretend-system.js';

const text = (path: string) => ({ path, type: { kind: 'string' as const, maxLength: 80 } });
const ENTITY: EntityContract = {
  name: 'Customer',
  collection: 'customers',
  idKind: 'string',
  fields: [text('name'), text('address.city'), { ...text('email'), normalises: 'lower-case' }],
};

let now = Date.UTC(2026, 0, 15);

function systemWith(api: ApiDescription, entity: Partial<EntityContract> = {}): System {
  const contract: SystemContract = { key: 'one', name: 'One', api, entities: [{ ...ENTITY, ...entity }] };
  const credentials = { key: 'k', clientId: 'i', clientSecret: 's' };
  return httpSystem(
    'a',
    contract,
    pretendSystem(contract, () => (now += 1000)),
    credentials,
  );
}

const APIS: [string, ApiDescription][] = [
  ['the webshop', WEBSHOP_API],
  ['the CRM', CRM_API],
  ['a plain REST API', REST_API],
  [
    'one with an envelope',
    { ...REST_API, record: { ...REST_API.record, one: 'data', many: 'data.items', send: 'data' } },
  ],
  [
    'one that takes a login',
    {
      ...REST_API,
      auth: {
        kind: 'login',
        path: '/login',
        userField: 'user',
        passwordField: 'password',
        token: 'data.token',
      },
    },
  ],
  [
    'one with pages by offset below a path',
    {
      ...REST_API,
      baseUrl: 'http://127.0.0.1/api/v2',
      paging: { kind: 'offset', offsetParam: 'skip', sizeParam: 'take', size: 2 },
    },
  ],
];

test.each(APIS)(
  '%s: a record is made, read, changed, listed and removed as its description says',
  async (_name, api) => {
    const system = systemWith(api);

    const made = await system.create('Customer', { name: 'Ann', email: 'Ann@Example.org' });
    const changed = await system.update('Customer', made.id, { 'address.city': 'Ystad' });
    await system.create('Customer', { name: 'Bea' });
    await system.create('Customer', { name: 'Cia' });

    expect(made.fields).toMatchObject({ name: 'Ann', email: 'ann@example.org' });
    expect(changed.fields).toMatchObject({ name: 'Ann', address: { city: 'Ystad' } });
    expect((await system.get('Customer', made.id))?.fields).toEqual(changed.fields);
    expect((await system.list('Customer')).map(({ fields }) => fields['name'])).toEqual([
      'Ann',
      'Bea',
      'Cia',
    ]);
    await system.remove('Customer', made.id);
    expect(await system.get('Customer', made.id)).toBeNull();
  },
);

test('a listing leaves out what changed before the time that is asked for', async () => {
  const system = systemWith(WEBSHOP_API);
  await system.create('Customer', { name: 'Ann' });
  const since = now + 1;
  await system.create('Customer', { name: 'Bea' });

  expect((await system.list('Customer', since)).map(({ fields }) => fields['name'])).toEqual(['Bea']);
});

test('ids are numbers where the contract says so', async () => {
  const system = systemWith(WEBSHOP_API, { idKind: 'integer' });

  expect((await system.create('Customer', { name: 'Ann' })).id).toMatch(/^\d+$/);
});

test('a property that is written elsewhere than it is read comes back where it is read', async () => {
  const system = systemWith(REST_API, { fields: [{ ...text('owner.id'), writePath: 'owner_id' }] });

  expect((await system.create('Customer', { owner: { id: '7' } })).fields).toMatchObject({
    owner: { id: '7' },
  });
});

test('what was removed is brought back under its id where there is a route for it', async () => {
  const system = systemWith(CRM_API);
  const made = await system.create('Customer', { name: 'Ann' });
  await system.remove('Customer', made.id);

  await system.restore('Customer', made.id);

  expect((await system.get('Customer', made.id))?.fields['name']).toBe('Ann');
});

test('a call that no route of the description names is refused', async () => {
  const contract: SystemContract = { key: 'one', name: 'One', api: REST_API, entities: [ENTITY] };
  const { wireRequest } = await import('../../contract/wire.js');

  const answer = await pretendSystem(
    contract,
    () => now,
  )(wireRequest('http://127.0.0.1/invoices', { method: 'GET' }));

  expect(answer.status).toBe(405);
});
