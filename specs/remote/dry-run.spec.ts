import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { DryRun } from '../../src/cli/remote/dry-run.js';
import type { RecordedExchange } from '../../src/drivers/recorded/recording-fetch.js';
import { writeJsonServerProfile } from './json-servers.js';
import { openPlayground } from './playground.js';
import { runCli } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

const folder = mkdtempSync(join(tmpdir(), 'syncproof-dry-run-'));
const NOWHERE = { webshop: 'http://shop.invalid', crm: 'http://crm.invalid', sync: 'http://sync.invalid' };
const CREATE = ['--only', 'customer/sync-every/webshop-to-crm/create'];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Notes every socket that is opened and every name that is looked up, in a file. */
function watchSockets(): { env: Record<string, string>; opened: () => string } {
  const log = join(folder, `opened-${Math.random()}.txt`);
  const script = join(folder, 'watch.mjs');
  writeFileSync(
    script,
    `import net from 'node:net';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { appendFileSync } from 'node:fs';
const note = (what) => appendFileSync(process.env.OPENED, what + '\\n');
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) { note('socket'); return connect.apply(this, args); };
const { lookup } = dns;
dns.lookup = (...args) => { note('lookup'); return lookup(...args); };
syncBuiltinESMExports();
`,
  );
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(script).href}`, OPENED: log };
  return { env, opened: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

test('every request is shown with method, URL and body, and no socket is opened', async () => {
  const profile = writeProfile(folder, { ...NOWHERE, production: true });
  const { env, opened } = watchSockets();

  const { code, out, err } = await runCli(
    folder,
    ['run', '--profile', profile, '--dry-run', ...CREATE, '--out', 'reports'],
    env,
  );

  expect(err).toBe('');
  expect(code).toBe(0);
  expect(opened()).toBe('');
  expect(out).toMatch(/^customer\/sync-every\/webshop-to-crm\/create$/m);
  expect(out).toMatch(/^ {2}POST http:\/\/shop\.invalid\/customers \{"email":"[^"]*zqdryrun/m);
  expect(out).toMatch(/^ {2}DELETE http:\/\/shop\.invalid\/customers\/1$/m);
  expect(out).toMatch(/for 1 checks; 0 not testable, 0 not known to the end$/m);
  expect(existsSync(join(folder, 'reports'))).toBe(false);
});

test('a run that is no dry one does open sockets, as the same watch shows', async () => {
  const profile = writeProfile(folder, {
    ...NOWHERE,
    webshop: 'http://127.0.0.1:2',
    more: ['outageMs: 300'],
  });
  const { env, opened } = watchSockets();
  const args = ['run', '--profile', profile, '--target', 'remote', ...CREATE, '--out', 'reports'];

  await runCli(folder, args, { ...env, ...HARNESS_ENV });

  expect(opened()).toContain('socket');
});

test('what is shown is what a real run makes: the same records, with the same values', async () => {
  const playground = await openPlayground();
  const only = ['create', 'match/email', 'match-any-case/email'].flatMap((name) => [
    '--only',
    `customer/sync-every/webshop-to-crm/${name}`,
  ]);
  try {
    const profile = writeProfile(folder, {
      webshop: playground.webshop,
      crm: playground.crm,
      sync: playground.sync,
      more: ['runTag: zqsametag', 'settleMs: 5000', 'absenceMs: 500', 'quietMs: 150', 'pollMs: 100'],
    });
    const args = ['run', '--profile', profile, ...only, '--no-allure', '--out', 'reports'];
    const dry = await runCli(folder, [...args, '--dry-run', '--json']);
    const real = await runCli(folder, [...args, '--target', 'remote', '--record', 'kept'], HARNESS_ENV);

    const shown = (JSON.parse(dry.out) as DryRun).checks.flatMap(({ requests }) => requests);
    const made = readFileSync(join(folder, 'kept', 'exchanges.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedExchange);

    expect(real.code).toBe(0);
    expect(creates(shown.map(({ method, url, body }) => ({ method, url, body })))).toEqual(
      creates(made.map(({ method, url, request }) => ({ method, url, body: request }))),
    );
    expect(creates(shown.map(({ method, url, body }) => ({ method, url, body }))).length).toBeGreaterThan(2);
  } finally {
    await playground.close();
  }
});

type Asked = { method: string; url: string; body: unknown };

/** Keys by which a create is known again are made up for each one. */
function creates(asked: Asked[]): string[] {
  return asked
    .filter(({ method, url }) => method === 'POST' && url.endsWith('/customers'))
    .map(({ url, body }) => {
      const { idempotencyKey: _key, ...rest } = body as Record<string, unknown>;
      return `${url} ${JSON.stringify(rest)}`;
    })
    .toSorted();
}

test('systems that the profile describes are asked as it says, and an adapter is told of', async () => {
  const own = mkdtempSync(join(folder, 'described-'));
  const profile = writeJsonServerProfile(own, 'http://127.0.0.1:5', { isCrmAdapted: true });
  const env = { WEBSHOP_URL: 'http://127.0.0.1:3', CRM_URL: 'http://127.0.0.1:4' };

  const { code, out, err } = await runCli(own, ['run', '--profile', profile, '--dry-run', ...CREATE], env);

  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}POST http:\/\/127\.0\.0\.1:3\/customers \{"email"/m);
  expect(out).toMatch(/^ {2}GET http:\/\/127\.0\.0\.1:4\/v2\/customers/m);
  expect(out).toMatch(/^The adapter of crm makes calls of its own/m);
});

test('a check whose requests are not known to their end makes it exit with 3', async () => {
  const profile = writeProfile(folder, { ...NOWHERE, more: ['settleMs: 1'] });

  const { code, out } = await runCli(folder, ['run', '--profile', profile, '--dry-run', ...CREATE]);

  expect(code).toBe(3);
  expect(out).toMatch(/^not known to the end: customer\/sync-every\/webshop-to-crm\/create: .+/m);
});

test.each([
  [['--dry-run', '--record', 'kept2'], /--record and --dry-run are given together/],
  [['--dry-run', '--only', 'erp'], /no check matches --only erp/],
])('run %j is one clear error', async (args, said) => {
  const profile = writeProfile(folder, NOWHERE);

  const { code, err } = await runCli(folder, ['run', '--profile', profile, ...args]);

  expect(code).toBe(2);
  expect(err).toMatch(said);
  expect(err).toContain('remedy:');
});

test('a profile that does not say where the systems are is one clear error', async () => {
  const { code, err } = await runCli(mkdtempSync(join(folder, 'bare-')), ['run', '--dry-run']);

  expect(code).toBe(2);
  expect(err).toMatch(/the profile does not say where the deployed systems are[\s\S]*remedy:/);
});
