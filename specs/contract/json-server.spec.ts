import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RequestListener, Server } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import type { ContractOutcome } from '../../src/contract-checks/run.js';
import { runCli } from './run-cli.js';

type JsonServer = {
  create(): RequestListener & {
    set(name: 'env', value: string): void;
    use(handler: unknown): void;
    listen(port: number, host: string, ready: () => void): Server;
  };
  defaults(options: { logger: boolean }): unknown;
  bodyParser: unknown;
  router(data: Record<string, unknown[]>): unknown;
};

const outcomes: ContractOutcome[] = [];
let server: Server | null = null;
let code: number | null = null;
const told: string[] = [];

beforeAll(async () => {
  const say = vi.spyOn(console, 'error').mockImplementation((line: unknown) => void told.push(String(line)));
  const jsonServer = createRequire(import.meta.url)('json-server') as JsonServer;
  const app = jsonServer.create();
  app.set('env', 'development');
  app.use(jsonServer.defaults({ logger: false }));
  app.use(jsonServer.router({ customers: [] }));
  await new Promise<void>((ready) => (server = app.listen(0, '127.0.0.1', ready)));
  const { port } = (server as unknown as Server).address() as AddressInfo;
  const profile = join(packageRoot(), 'examples', 'json-server', 'profile.yaml');
  const answer = await runCli(
    ['contract', 'check', '--profile', profile, '--system', 'json-server', '--json'],
    {
      JSON_SERVER_URL: `http://127.0.0.1:${port}`,
    },
  );
  code = answer.code;
  outcomes.push(...(JSON.parse(answer.stdout) as ContractOutcome[]));
  say.mockRestore();
}, 120_000);

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

  expect(code).toBe(1);
  expect(bad.map((one) => `${one.id}: ${one.reason ?? ''}`)).toEqual([
    'json-server/customer/create/malformed: a malformed body is answered with 500, expected 400',
  ]);
  expect(told.map((line) => line.split(' in JSON')[0])).toEqual(['SyntaxError: Unterminated string']);
});
