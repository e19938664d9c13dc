import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { RequestListener, Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemContract } from '../../src/contract/api-description.js';
import { WEBSHOP_API } from '../../src/contract/conventions.js';
import { capable, findCapabilities } from '../../src/contract-checks/find-capabilities.js';
import { liveTarget } from '../../src/contract-checks/live-target.js';
import { contractChecks, runContractCheck, type ContractOutcome } from '../../src/contract-checks/run.js';

type JsonServer = {
  create(): RequestListener & {
    use(handler: unknown): void;
    listen(port: number, host: string, ready: () => void): Server;
  };
  defaults(options: { logger: boolean }): unknown;
  bodyParser: unknown;
  router(data: Record<string, unknown[]>): unknown;
};

const SEED = 1;
const NO_SECRETS = { key: '', clientId: '', clientSecret: '' };
const outcomes: ContractOutcome[] = [];
let server: Server | null = null;

/** json-server 0.17 as data: what its documentation says of routes, paging and filters, and nothing else. */
const contractAt = (baseUrl: string): SystemContract => ({
  key: 'json-server',
  name: 'JSON Server',
  api: {
    ...WEBSHOP_API,
    baseUrl,
    auth: { kind: 'none' },
    routes: {
      ...WEBSHOP_API.routes,
      update: { method: 'PATCH', path: '/{collection}/{id}' },
      revisions: null,
      deleted: null,
    },
    updateMode: 'merge',
    record: { ...WEBSHOP_API.record, createdAt: null, updatedAt: null, absent: 'empty' },
    concurrency: null,
    idempotency: null,
    paging: {
      kind: 'page',
      pageParam: '_page',
      sizeParam: '_limit',
      size: 20,
      totalHeader: 'X-Total-Count',
    },
    changedSince: null,
    filterByField: true,
    webhooks: null,
  },
  entities: [
    {
      name: 'Customer',
      collection: 'customers',
      idKind: 'integer',
      fields: [
        { path: 'email', type: { kind: 'string', maxLength: 120 }, required: true, unique: true },
        { path: 'name', type: { kind: 'string', maxLength: 80 } },
        { path: 'credit', type: { kind: 'integer', min: 0, max: 1_000_000 } },
        { path: 'active', type: { kind: 'boolean' } },
        { path: 'address.city', type: { kind: 'string', maxLength: 60, format: 'city' } },
      ],
    },
  ],
});

beforeAll(async () => {
  const jsonServer = createRequire(import.meta.url)('json-server') as JsonServer;
  const app = jsonServer.create();
  app.use(jsonServer.defaults({ logger: false }));
  app.use(jsonServer.router({ customers: [] }));
  await new Promise<void>((ready) => (server = app.listen(0, '127.0.0.1', ready)));
  const { port } = (server as unknown as Server).address() as AddressInfo;
  const open = liveTarget(contractAt(`http://127.0.0.1:${port}`), NO_SECRETS);
  const capabilities = await findCapabilities(open, SEED);
  const able = capable(open, capabilities);
  for (const check of contractChecks(contractAt('')))
    outcomes.push(await runContractCheck(check, able, SEED));
}, 60_000);

afterAll(() => void server?.close());

const idsOf = (verdict: ContractOutcome['verdict']) =>
  outcomes.filter((one) => one.verdict === verdict).map((one) => one.id.replace('json-server/', ''));

test('what json-server offers is verified', () => {
  expect(idsOf('verified')).toEqual(
    expect.arrayContaining([
      'customer/create/returns-the-record',
      'customer/create/stores-what-was-sent',
      'customer/get/missing',
      'customer/update/keeps-the-rest',
      'customer/update/credit-writable',
      'customer/list/pages',
      'customer/list/exact-pages',
      'customer/list/total',
      'customer/list/by-field',
      'customer/delete/removes',
    ]),
  );
});

test('what it lacks is not testable, with the reason that the probe found', () => {
  const lacking = outcomes.filter((one) => one.verdict === 'not-testable');
  const reasonOf = (topic: string) => lacking.find((one) => one.id.endsWith(topic))?.reason ?? '';

  expect(reasonOf('credit-wrong-type')).toContain('validates nothing');
  expect(reasonOf('create/duplicate')).toContain('the same email');
  expect(reasonOf('update/stale-version')).toContain('false If-Match');
  expect(reasonOf('create/same-key')).toContain('two records');
  expect(reasonOf('list/equal-timestamps')).toContain('no filter by update time');
  expect(reasonOf('listDeleted/tells')).toContain('no listing of deletions');
  expect(reasonOf('receiveChange/signed')).toContain('no events');
  expect(reasonOf('authentication/missing')).toContain('no credential');
  expect(lacking.every((one) => one.remedy !== null && one.remedy !== '')).toBe(true);
});

test('the one thing that fails is a defect of json-server: it answers a malformed body with 500', () => {
  const bad = outcomes.filter((one) => one.verdict === 'failed' || one.verdict === 'error');

  expect(bad.map((one) => `${one.id}: ${one.reason ?? ''}`)).toEqual([
    'json-server/customer/create/malformed: a malformed body is answered with 500, expected 400',
  ]);
});
