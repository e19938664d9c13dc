import { expect, test } from 'vitest';
import type { ApiAuth, SystemContract } from '../api-description.js';
import { REST_API } from '../conventions.js';
import { wireHeaders, wireResponse, type WireFetch, type WireRequest } from '../wire.js';
import { Authoriser } from './authoriser.js';
import { credentialsFromEnv, shownUrl } from './credentials.js';

const ENV = { KEY: 'k-1', USER: 'ada', PASS: 'p:w', TOKEN: 't-1', ID: 'id-1', SECRET: 's&1' };
const system = (auth: ApiAuth): SystemContract => ({
  key: 'shop',
  name: 'Shop',
  api: { ...REST_API, auth },
  entities: [],
  origin: 'p.yaml:4',
});

async function authorised(auth: ApiAuth, fetch: WireFetch = () => Promise.reject(new Error('no call'))) {
  const contract = system(auth);
  const headers = wireHeaders();
  const authoriser = new Authoriser(contract, credentialsFromEnv(contract, ENV), fetch);
  const url = await authoriser.authorise('http://127.0.0.1/items', headers);
  return { url, authorization: headers.get('authorization'), headers, authoriser };
}

/** Issues `token-1`, `token-2` and so on, and keeps what it was asked. */
function issuer(wrap: (token: string) => unknown) {
  const asked: { request: WireRequest; body: string }[] = [];
  const fetch: WireFetch = async (request) => {
    asked.push({ request, body: await request.text() });
    return wireResponse(JSON.stringify(wrap(`token-${asked.length}`)), 200, {});
  };
  return { fetch, asked };
}

test('an API key travels in a header, with its prefix', async () => {
  const { headers } = await authorised({
    kind: 'api-key-header',
    header: 'X-Key',
    prefix: 'Token ',
    keyEnv: 'KEY',
  });

  expect(headers.get('x-key')).toBe('Token k-1');
});

test('an API key in the query is hidden when the URL is shown', async () => {
  const auth: ApiAuth = { kind: 'api-key-query', param: 'api_key', keyEnv: 'KEY' };

  const { url } = await authorised(auth);

  expect(url).toBe('http://127.0.0.1/items?api_key=k-1');
  expect(shownUrl(auth, url)).toBe('http://127.0.0.1/items?api_key=REDACTED');
});

test('basic authentication, with and without a password', async () => {
  const both = await authorised({ kind: 'basic', userEnv: 'USER', passwordEnv: 'PASS' });
  const user = await authorised({ kind: 'basic', userEnv: 'USER' });

  expect(both.authorization).toBe(`Basic ${btoa('ada:p:w')}`);
  expect(user.authorization).toBe(`Basic ${btoa('ada:')}`);
});

test('a static bearer token', async () => {
  expect((await authorised({ kind: 'bearer', tokenEnv: 'TOKEN' })).authorization).toBe('Bearer t-1');
});

test('a login gives a token, once', async () => {
  const { fetch, asked } = issuer((token) => ({ data: { token } }));
  const { authorization, authoriser } = await authorised(
    {
      kind: 'login',
      path: '/login',
      userField: 'email',
      passwordField: 'secret',
      token: 'data.token',
      userEnv: 'USER',
      passwordEnv: 'PASS',
    },
    fetch,
  );
  await authoriser.authorise('http://127.0.0.1/items', wireHeaders());

  expect(authorization).toBe('Bearer token-1');
  expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ email: 'ada', secret: 'p:w' }]);
});

test('client credentials go as a form, and a refused token is renewed', async () => {
  const { fetch, asked } = issuer((token) => ({ access_token: token }));
  const { authoriser } = await authorised(
    {
      kind: 'client-credentials',
      tokenPath: '/oauth/token',
      format: 'form',
      scope: 'read write',
      clientIdEnv: 'ID',
      clientSecretEnv: 'SECRET',
    },
    fetch,
  );
  const headers = wireHeaders();

  expect(authoriser.renew()).toBe(true);
  await authoriser.authorise('http://127.0.0.1/items', headers);

  expect(headers.get('authorization')).toBe('Bearer token-2');
  expect(asked[0]?.body).toBe(
    'grant_type=client_credentials&client_id=id-1&client_secret=s%261&scope=read+write',
  );
});

test('a variable that is not set is named with its place, not its value', () => {
  const contract = system({ kind: 'bearer', tokenEnv: 'SHOP_TOKEN' });

  expect(() => credentialsFromEnv(contract, ENV)).toThrow(
    'the environment variable SHOP_TOKEN named in systems.shop.api.auth.tokenEnv is not set',
  );
});
