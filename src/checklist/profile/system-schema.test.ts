import { expect, test } from 'vitest';
import { WEBSHOP_API } from '../../contract/conventions.js';
import { resolveSystem } from './resolve-system.js';
import { parseProfile } from './load.js';

const profile = (lines: string[]) =>
  parseProfile(
    [
      'systems:',
      '  shop:',
      '    names: [Shop]',
      ...lines.map((one) => `    ${one}`),
      '  crm: { names: [CRM] }',
      '',
    ].join('\n'),
    'p.yaml',
  );
const own = { key: 'shop', name: 'Shop', api: WEBSHOP_API, entities: [] };

test('an API is described over a preset by data alone', () => {
  const loaded = profile([
    'contract: profile',
    'api:',
    '  baseUrl: http://127.0.0.1:9000/admin/',
    '  auth: { kind: basic, userEnv: SHOP_KEY }',
    '  routes: { update: "POST /{collection}/{id}", remove: none }',
    '  paging: { kind: offset, size: 50 }',
    '  changedSince: { param: "updated_at[$gte]" }',
    'entities:',
    '  Customer:',
    '    collection: customers',
    '    record: { one: customer, many: customers }',
    '    fields: { email: { type: string, format: email, required: true } }',
  ]);
  const [shop] = Object.values(loaded.profile.systems);
  if (shop === undefined) throw new Error('no system');

  const { api, entities, origin } = resolveSystem(own, shop, (path) => `p.yaml:${path.join('.')}`);

  expect(api.baseUrl).toBe('http://127.0.0.1:9000/admin');
  expect(api.routes).toMatchObject({ update: { method: 'POST' }, remove: null, get: { method: 'GET' } });
  expect(api.changedSince).toEqual({ param: 'updated_at[$gte]', format: 'iso' });
  expect(entities).toEqual([
    {
      name: 'Customer',
      collection: 'customers',
      idKind: 'string',
      fields: [{ path: 'email', type: { kind: 'string', maxLength: 255, format: 'email' }, required: true }],
      api: { record: { one: 'customer', many: 'customers' } },
    },
  ]);
  expect(origin).toBe('p.yaml:api');
});

const URL_LINE = '  baseUrl: http://127.0.0.1:9000';

test.each([
  ['a cursor without next', ['api:', URL_LINE, '  paging: { kind: cursor }'], /needs "next"/, 'p.yaml:6'],
  ['no place', ['api: { preset: rest }'], /exactly one of baseUrl and baseUrlEnv/, 'p.yaml:4'],
  [
    'a secret in place of a name',
    ['api:', URL_LINE, '  auth: { kind: bearer, tokenEnv: sk-live-1 }'],
    /NAME of an environment variable/,
    'p.yaml:6',
  ],
  ['a user in the URL', ['api:', '  baseUrl: http://me:pw@127.0.0.1'], /no user or password/, 'p.yaml:5'],
  [
    'a route without verb',
    ['api:', URL_LINE, '  routes: { list: /customers }'],
    /a verb and a path/,
    'p.yaml:6',
  ],
  [
    'an enum without values',
    ['contract: profile', 'entities:', '  C: { fields: { s: { type: enum } } }'],
    /needs "values"/,
    'p.yaml:6',
  ],
  ['an unknown key of a system', ['adaptor: ./a.ts'], /adaptor/, 'p.yaml:4'],
])('%s is refused with its line', (_name, lines, message, where) => {
  expect(() => profile(lines)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message) as string, where }),
  );
});
