import { expect, test } from 'vitest';
import type { ApiDescription, SystemContract } from '../../contract/api-description.js';
import { REST_API } from '../../contract/conventions.js';
import { wireRequest, wireResponse, type WireFetch, type WireRequest } from '../../contract/wire.js';
import { isMarkedRepeatable, withIdempotency } from './idempotency.js';
import { isOf } from './request-kind.js';

const shop = (api: Partial<ApiDescription>): SystemContract => ({
  key: 'shop',
  name: 'Shop',
  api: { ...REST_API, baseUrl: 'https://shop.example/api', ...api },
  entities: [
    { name: 'Customer', collection: 'customers', idKind: 'string', fields: [] },
    {
      name: 'Order',
      collection: 'orders',
      idKind: 'string',
      fields: [],
      api: { routes: { create: { method: 'PUT', path: '/sales/{collection}/new' } } },
    },
  ],
});
const request = (method: string, path: string) =>
  wireRequest(`https://shop.example/api${path}`, { method, body: '{"customer":{"name":"Ada"}}' });

test.each([
  ['POST', '/customers', true],
  ['POST', '/customers?api_key=k', true],
  ['PUT', '/sales/orders/new', true],
  ['POST', '/orders', false],
  ['POST', '/customers/7', false],
  ['GET', '/customers', false],
])('%s %s creates a record: %s', (method, path, expected) => {
  expect(isOf('create', shop({}), request(method, path))).toBe(expected);
});

test.each([
  ['header', { kind: 'header', name: 'Idempotency-Key' }],
  ['body', { kind: 'body', path: 'meta.key' }],
] as const)(
  'a create bears a key in its %s, inside the object around it, and may be repeated',
  async (_where, idempotency) => {
    const sent: WireRequest[] = [];
    const inner: WireFetch = async (one) => {
      sent.push(one);
      return wireResponse('{}', 201, {});
    };
    const contract = shop({ idempotency, record: { ...REST_API.record, send: 'customer' } });

    await withIdempotency(contract, inner, () => 'key-1')(request('POST', '/customers'));
    await withIdempotency(contract, inner, () => 'key-2')(request('PATCH', '/customers/1'));

    const [create, update] = sent;
    const body = JSON.parse((await create?.text()) ?? '') as unknown;
    expect(
      create?.headers.get('idempotency-key') ?? (body as { customer: { meta: unknown } }).customer.meta,
    ).toEqual(idempotency.kind === 'header' ? 'key-1' : { key: 'key-1' });
    expect(sent.map(isMarkedRepeatable)).toEqual([true, false]);
    expect(await update?.text()).toBe('{"customer":{"name":"Ada"}}');
  },
);
