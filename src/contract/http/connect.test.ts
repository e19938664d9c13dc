import { expect, test } from 'vitest';
import type { ApiAuth, ApiDescription, SystemContract } from '../api-description.js';
import { REST_API } from '../conventions.js';
import { wireRequest, wireResponse, type WireFetch } from '../wire.js';
import { connectApi } from './connect.js';
import { urlsOf } from './token-url.js';

const system = (api: Partial<ApiDescription>): SystemContract => ({
  key: 'shop',
  name: 'Shop',
  api: { ...REST_API, baseUrl: 'http://127.0.0.1:1', ...api },
  entities: [],
  origin: 'p.yaml:4',
});
const get = (url: string) => wireRequest(url, { method: 'GET' });
const answering: WireFetch = async () => wireResponse('[]', 200, {});

test('credentials and the base URL are read from the variables that the description names', () => {
  const described = system({ baseUrlEnv: 'SHOP_URL', auth: { kind: 'bearer', tokenEnv: 'SHOP_TOKEN' } });

  const { contract, credentials } = connectApi(described, {
    SHOP_URL: 'http://127.0.0.1:9/api/',
    SHOP_TOKEN: 't-1',
  });

  expect([contract.api.baseUrl, credentials.token]).toEqual(['http://127.0.0.1:9/api', 't-1']);
});

test('a base URL that is none is refused without being shown', () => {
  const described = system({ baseUrlEnv: 'SHOP_URL' });
  const connect = () => connectApi(described, { SHOP_URL: 'http://user:hunter2@shop.example' });

  expect(connect).toThrow('the environment variable SHOP_URL holds no base URL');
  expect(connect).not.toThrow(/hunter2/);
});

test('another host than that of the base URL is never called', async () => {
  const { fetch } = connectApi(system({}), {});

  await expect(fetch(get('http://127.0.0.1:2/items'))).rejects.toMatchObject({ fault: 'host-not-allowed' });
});

test('a token that is issued by another host makes that one a host of the system', () => {
  const auth: ApiAuth = { kind: 'client-credentials', tokenPath: 'https://login.example/token' };

  expect(urlsOf({ ...REST_API, baseUrl: 'http://127.0.0.1:1', auth })).toEqual([
    'http://127.0.0.1:1',
    'https://login.example/token',
  ]);
});

test('calls keep to the rate of the provider', async () => {
  let now = 0;
  const starts: number[] = [];
  const fetch: WireFetch = async (request) => {
    starts.push(now);
    return answering(request);
  };
  const pace = { now: () => now, sleep: async (ms: number) => void (now += ms) };
  const connected = connectApi(system({ rateLimit: { perSecond: 4 } }), {}, { fetch, pace });

  for (let call = 0; call < 3; call++) await connected.fetch(get('http://127.0.0.1:1/items'));

  expect(starts).toEqual([0, 250, 500]);
});

test('no more calls are under way than the provider takes', async () => {
  const open: (() => void)[] = [];
  let most = 0;
  const fetch: WireFetch = async (request) => {
    most = Math.max(most, open.length + 1);
    await new Promise<void>((done) => open.push(done));
    return answering(request);
  };
  const connected = connectApi(system({ rateLimit: { concurrent: 2 } }), {}, { fetch });

  const calls = [1, 2, 3, 4, 5].map(() => connected.fetch(get('http://127.0.0.1:1/items')));
  for (let done = 0; done < 5; done++) {
    while (open.length === 0) await Promise.resolve();
    open.shift()?.();
  }
  await Promise.all(calls);

  expect(most).toBe(2);
});
