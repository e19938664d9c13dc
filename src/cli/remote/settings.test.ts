import { describe, expect, test } from 'vitest';
import { parseProfile } from '../../checklist/profile/load.js';
import { bundledDocument } from '../package-root.js';
import { prepare } from '../prepare.js';
import { remoteSettings, secretsOf } from './settings.js';

const SHOP = "{ baseUrl: 'https://shop.example/api', auth: { kind: bearer, tokenEnv: SHOP_TOKEN } }";
const CRM = '{ baseUrlEnv: CRM_URL, auth: { kind: basic, userEnv: CRM_USER, passwordEnv: CRM_PASS } }';
const ENV = {
  SHOP_TOKEN: 'shop-token-1',
  CRM_URL: 'http://127.0.0.1:9/',
  CRM_USER: 'ada',
  CRM_PASS: 'hunter2',
};

type Given = { shop?: string; crm?: string; remote?: string[]; env?: Record<string, string> };

async function settingsOf({ shop = `api: ${SHOP}`, crm = `api: ${CRM}`, remote = [], env = ENV }: Given) {
  const text = [
    'systems:',
    `  webshop:\n    names: [Webshop]\n    contract: webshop\n    ${shop}`,
    `  crm:\n    names: [CRM]\n    contract: crm\n    ${crm}`,
    'remote:',
    '  runTag: zqabcdef',
    ...remote.map((line) => `  ${line}`),
  ].join('\n');
  const profile = parseProfile(text, 'p.yaml');
  const { compiled } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
    profile,
  });
  return remoteSettings(profile, compiled.plan, {
    allowProduction: false,
    env,
    runTag: null,
    adapters: new Map(),
  });
}

test('base URL and credentials come from where the profile describes the API', async () => {
  const { systems } = await settingsOf({});

  expect([systems.a.baseUrl, systems.a.credentials.token]).toEqual([
    'https://shop.example/api',
    'shop-token-1',
  ]);
  expect([systems.b.baseUrl, systems.b.credentials.user]).toEqual(['http://127.0.0.1:9', 'ada']);
});

test('every form in which a secret travels is kept out of reports', async () => {
  const secrets = secretsOf(await settingsOf({}));

  expect(secrets).toEqual(expect.arrayContaining(['shop-token-1', 'hunter2', btoa('ada:hunter2')]));
});

test('a profile that names base URLs and credentials for the run alone still works', async () => {
  const { systems } = await settingsOf({
    shop: 'entities: {}',
    remote: ["systems: { webshop: { baseUrl: 'http://127.0.0.1:7', credentials: { key: SHOP_TOKEN } } }"],
  });

  expect([systems.a.baseUrl, systems.a.credentials.key]).toEqual(['http://127.0.0.1:7', 'shop-token-1']);
});

test('the strictest of the bounds of run, system and provider counts', async () => {
  const { systems } = await settingsOf({
    shop: `api: ${SHOP.replace(' }', ' }, rateLimit: { perSecond: 3 } ').replace(' , rate', ', rate')}`,
    remote: ['requestsPerSecond: 50', 'systems: { webshop: { connections: 2, requestsPerSecond: 9 } }'],
  });

  expect(systems.a.limits).toEqual({ connections: 2, requestsPerSecond: 3 });
  expect(systems.b.limits).toEqual({ connections: 8, requestsPerSecond: 50 });
});

describe('is one clear error with its line', () => {
  test.each<[string, Given, string, string]>([
    [
      'a base URL in two places',
      { remote: ["systems: { webshop: { baseUrl: 'http://127.0.0.1:7' } }"] },
      'two-places',
      'remove baseUrl and credentials from remote.systems.webshop',
    ],
    [
      'a system that nothing says where it is',
      { shop: 'entities: {}' },
      'no-remote-system',
      'describe its API as docs/systems.md shows; syncproof init --template offers beginnings',
    ],
    [
      'a host out of the environment that the profile does not name',
      { env: { ...ENV, CRM_URL: 'https://crm.example' } },
      'host-not-named',
      'add the host to remote.systems.crm.hosts if it is a system for tests',
    ],
    [
      'a variable that is not set',
      { env: { ...ENV, SHOP_TOKEN: '' } },
      'missing-environment-variable',
      'set SHOP_TOKEN and run again',
    ],
    [
      'a system for production',
      { remote: ['systems: { crm: { production: true } }'] },
      'production',
      'run against another one, or give --allow-production when you are sure',
    ],
    [
      'a system in which nothing can be deleted',
      { shop: `api: ${SHOP.replace('{ base', '{ routes: { remove: none }, base')}` },
      'cannot-clean-up',
      'name the route, or give an adapter that does what comes next to deleting, such as cancelling',
    ],
  ])('%s', async (_what, given, code, remedy) => {
    const refused = await settingsOf(given).catch((error: unknown) => error);

    expect(refused).toMatchObject({ code, remedy, where: expect.stringMatching(/^p\.yaml:\d+$/) as string });
  });
});

test('a named host is taken from the environment', async () => {
  const { systems } = await settingsOf({
    env: { ...ENV, CRM_URL: 'https://crm.example' },
    remote: ['systems: { crm: { hosts: [crm.example] } }'],
  });

  expect(systems.b.baseUrl).toBe('https://crm.example');
});
