import { expect, test } from 'vitest';
import { REST_API } from '../conventions.js';
import { wireRequest, wireResponse, type WireFetch, type WireRequest } from '../wire.js';
import { withAdapter, type Adapt } from './adapter.js';

const api = { ...REST_API, baseUrl: 'http://127.0.0.1:1' };
const get = (path: string) => wireRequest(`${api.baseUrl}${path}`, { method: 'GET' });

function provider() {
  const asked: WireRequest[] = [];
  const fetch: WireFetch = async (request) => {
    asked.push(request);
    return wireResponse('{"rows":[]}', 200, { etag: '"1"' });
  };
  return { asked, fetch };
}

test('an adapter may use the platform’s own Request and Response', async () => {
  const { asked, fetch } = provider();
  const adapt: Adapt = (inner) => async (request) => {
    const body = JSON.stringify({ q: request.url });
    const { status } = await inner(new Request(`${api.baseUrl}/query`, { method: 'POST', body }));
    return new Response('[1]', { status, headers: { etag: '"2"' } });
  };

  const answer = await withAdapter(api, adapt, fetch)(get('/items'));

  expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([200, '"2"', '[1]']);
  expect([await asked[0]?.text(), await asked[0]?.text()]).toEqual(
    Array(2).fill('{"q":"http://127.0.0.1:1/items"}'),
  );
});

test('what the network says comes through as it is', async () => {
  const refused = new TypeError('refused');
  const adapt: Adapt = (inner) => inner;

  await expect(withAdapter(api, adapt, () => Promise.reject(refused))(get('/items'))).rejects.toBe(refused);
});

test('an adapter that breaks is named, not taken for the network', async () => {
  const { fetch } = provider();
  const adapt: Adapt = () => async () => JSON.parse('{') as never;

  await expect(withAdapter(api, adapt, fetch)(get('/items'))).rejects.toMatchObject({
    name: 'AdapterError',
    message: expect.stringContaining('the adapter broke: ') as string,
  });
});

test.each([
  ['no function', (() => undefined) as unknown as Adapt, 'the adapter gives no function'],
  ['no answer', (() => async () => undefined) as unknown as Adapt, 'the adapter gave no answer to a call'],
])('an adapter that gives %s is refused', async (_what, adapt, message) => {
  const { fetch } = provider();

  await expect((async () => withAdapter(api, adapt, fetch)(get('/items')))()).rejects.toThrow(message);
});

test('a call for a token passes the adapter by', async () => {
  const { asked, fetch } = provider();
  const described = {
    ...api,
    auth: { kind: 'client-credentials' as const, tokenPath: '/oauth/token' },
  };
  const adapt: Adapt = () => async () => wireResponse(null, 404, {});

  await withAdapter(described, adapt, fetch)(get('/oauth/token'));

  expect(asked.map(({ url }) => url)).toEqual(['http://127.0.0.1:1/oauth/token']);
});

test('an adapter gets a request of the platform, whose headers and body may be passed on', async () => {
  const { asked, fetch } = provider();
  const adapt: Adapt = (inner) => async (request) => {
    const headers = new Headers(request.headers as Headers);
    return inner(new Request(request.url, { method: 'POST', headers, body: await request.text() }));
  };
  const patch = wireRequest(`${api.baseUrl}/items/1`, {
    method: 'PATCH',
    headers: { authorization: 'Basic c2s6' },
    body: '{"a":1}',
  });

  await withAdapter(api, adapt, fetch)(patch);

  expect([asked[0]?.method, asked[0]?.headers.get('authorization'), await asked[0]?.text()]).toEqual([
    'POST',
    'Basic c2s6',
    '{"a":1}',
  ]);
});
