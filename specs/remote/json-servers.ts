import { createRequire } from 'node:module';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledProfiles, packageRoot } from '../../src/cli/package-root.js';

type JsonServer = {
  create(): RequestListener & {
    use(handler: unknown): void;
    listen(port: number, host: string, ready: () => void): Server;
  };
  defaults(options: { logger: boolean }): unknown;
  router(data: Record<string, unknown[]>): unknown;
};

export type JsonServerUp = {
  url: string;
  /** What it holds now, by collection. */
  data: Record<string, { id: string }[]>;
  close(): Promise<void>;
};

const COLLECTIONS = ['customers', 'products', 'orders'];

/**
 * json-server of the registry on a free port. Each collection begins with one record of others, whose id is a text:
 * json-server then makes texts of its own, and gives no id twice.
 */
export async function startJsonServer(): Promise<JsonServerUp> {
  const jsonServer = createRequire(import.meta.url)('json-server') as JsonServer;
  const data = Object.fromEntries(COLLECTIONS.map((name) => [name, [{ id: 'of-others' }]]));
  const app = jsonServer.create();
  app.use(jsonServer.defaults({ logger: false }));
  app.use(jsonServer.router(data));
  const server = await new Promise<Server>((resolve) => {
    const up = app.listen(0, '127.0.0.1', () => resolve(up));
  });
  // A connection that is closed for idling just when a create is sent would be an outage, which is not meant here.
  server.keepAliveTimeout = 600_000;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The checks of paging make two pages full of records and one more. */
const SMALL_PAGES = 'size: 40';

/** json-server keeps ids of its own making, and keeps texts as they are sent. */
const ENTITIES = {
  webshop: ['Customer', 'Product', 'Order'].map((name) => `      ${name}: { idKind: string }`),
  crm: [
    '      Customer: { omit: [companyName], fields: { company_name: { type: string, maxLength: 80, format: company } } }',
  ],
};

export type PairProfile = {
  /** More lines of `policies`. */
  policies?: string[];
  /** The CRM is reached as the API that `renamed-adapter.ts` makes of it. */
  isCrmAdapted?: boolean;
};

const RENAMED = [
  ["routes: { update: 'PUT /{collection}/{id}' }", ''],
  ['  auth:', `  routes: { ${renamedRoutes()} }\n  record: { one: data, many: data }\n  auth:`],
] as const;

function renamedRoutes(): string {
  const one = '/v2/{collection}/{id}';
  const routes = { list: 'GET /v2/{collection}', create: 'POST /v2/{collection}', get: `GET ${one}` };
  return Object.entries({ ...routes, update: `POST ${one}`, remove: `DELETE ${one}` })
    .map(([name, route]) => `${name}: '${route}'`)
    .join(', ');
}

/** The bundled profile with both systems described by the template `json-server`; gives its path. */
export function writeJsonServerProfile(folder: string, sync: string, own: PairProfile = {}): string {
  const template = readFileSync(join(packageRoot(), 'fixtures', 'templates', 'json-server.yaml'), 'utf8');
  const api = template.slice(template.indexOf('api:')).trimEnd().replace('size: 100', SMALL_PAGES);
  const renamed = RENAMED.reduce((text, [from, to]) => text.replace(from, to), api);
  copyFileSync(join(import.meta.dirname, 'renamed-adapter.ts'), join(folder, 'crm-adapter.ts'));
  const describe = (key: 'webshop' | 'crm', text: string, more: string[] = []) =>
    [
      `    contract: ${key}`,
      ...more,
      ...text
        .replaceAll('SYSTEM_', `${key.toUpperCase()}_`)
        .split('\n')
        .map((line) => `    ${line}`),
      '    entities:',
      ...ENTITIES[key],
    ].join('\n');
  const bundled = readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8')
    .replace('    contract: webshop', describe('webshop', api))
    .replace(
      '    contract: crm',
      own.isCrmAdapted === true
        ? describe('crm', renamed, ['    adapter: ./crm-adapter.ts'])
        : describe('crm', api),
    )
    .replace('target: companyName', 'target: company_name')
    .replace('policies:', ['policies:', ...(own.policies ?? []).map((line) => `  ${line}`)].join('\n'));
  const remote = [
    'remote:',
    `  sync: { kind: none, status: '${sync}/status', links: '${sync}/links' }`,
    '  settleMs: 180000',
    '  absenceMs: 3000',
    '  latencyMs: 180000',
    '  quietMs: 500',
    '  pollMs: 300',
    '  concurrency: 60',
    '  connections: 4',
    '  requestsPerSecond: 500',
  ];
  const path = join(folder, 'profile.yaml');
  writeFileSync(path, `${bundled}\n${remote.join('\n')}\n`);
  return path;
}
