import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanUp as cleanUpHere } from '../../src/cli/remote/clean-up.js';
import { openPlayground, type Playground } from './playground.js';
import { runCli } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';
import { told } from './told.js';

const CREATE = ['--only', 'customer/sync-every/webshop-to-crm/create'];
const QUICK = ['settleMs: 5000', 'absenceMs: 200', 'quietMs: 100', 'pollMs: 50'];

let playground: Playground;
let profile: string;
/** The head of the ledger of a run that ended well. */
let head: string;
let tag: string;

beforeAll(async () => {
  playground = await openPlayground({ pollMs: 0, hasEvents: false });
  profile = profileIn(playground.folder);
  const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
  await runCli(playground.folder, [...args, ...CREATE], HARNESS_ENV);
  const [name = ''] = readdirSync(join(playground.folder, 'reports')).filter((one) =>
    one.startsWith('ledger-'),
  );
  [head = ''] = readFileSync(join(playground.folder, 'reports', name), 'utf8').split('\n');
  tag = (JSON.parse(head) as { tag: string }).tag;
}, 60_000);

afterAll(() => playground.close());

function profileIn(folder: string, more: Partial<Parameters<typeof writeProfile>[1]> = {}): string {
  const { webshop, crm, sync } = playground;
  return writeProfile(folder, { webshop, crm, sync, more: QUICK, ...more });
}

const fresh = () => mkdtempSync(join(playground.folder, 'cleanup-'));

/** A ledger with the head of a real run and lines of its own; gives its path. */
function ledger(lines: string[], first = head): string {
  const path = join(fresh(), `ledger-${tag}.jsonl`);
  writeFileSync(path, [first, ...lines, ''].join('\n'));
  return path;
}

const cleanUp = (args: string[], env: Record<string, string> = HARNESS_ENV) =>
  runCli(playground.folder, ['cleanup', ...args], env);

const shop = (path: string, init: RequestInit = {}) =>
  fetch(`${playground.webshop}${path}`, {
    ...init,
    headers: { 'x-api-key': HARNESS_ENV.SHOP_KEY, 'content-type': 'application/json' },
  });

async function makeCustomer(email: string): Promise<string> {
  const answer = await shop('/customers', { method: 'POST', body: JSON.stringify({ email }) });
  return String(((await answer.json()) as { id: number }).id);
}

const isThere = async (id: string) => (await shop(`/customers/${id}`)).status === 200;
const made = (id: string) =>
  JSON.stringify({ event: 'made', side: 'a', entity: 'Customer', tag: `${tag}aaaaaa`, id });
const MAKING = () => JSON.stringify({ event: 'making', side: 'a', entity: 'Customer', tag: `${tag}aaaaaa` });

test('a record that was made, and one whose answer never came, are removed; others stay', async () => {
  const known = await makeCustomer('lost-its-tag@example.org');
  const unknown = await makeCustomer(`ann.${tag}aaaaaa@example.org`);
  const bystander = await makeCustomer('bystander@example.org');
  const path = ledger([MAKING(), made(known), MAKING()]);

  const { code, out, err } = await cleanUp(['--ledger', path]);

  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain(`run ${tag}: 2 records removed, 0 left`);
  expect([await isThere(known), await isThere(unknown), await isThere(bystander)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(readFileSync(path, 'utf8').trim().split('\n').at(-1)).toContain('"event":"clean"');
});

test('a last line that a crash cut off is passed over', async () => {
  const id = await makeCustomer('cut-off@example.org');
  const path = ledger([MAKING(), made(id)]);
  appendFileSync(path, '{"event":"mak');

  const { code, out } = await cleanUp(['--ledger', path]);

  expect(code).toBe(0);
  expect(out).toContain('1 records removed, 0 left');
});

test('once clean, a second cleanup finds nothing to do', async () => {
  const path = ledger([]);
  await cleanUp(['--ledger', path]);

  const { code, out } = await cleanUp(['--out', join(path, '..')]);

  expect(code).toBe(0);
  expect(out).toContain('nothing to clean up: 1 ledgers');
});

test('a folder without ledgers holds nothing to clean up', async () => {
  const { code, out } = await cleanUp(['--out', fresh()]);

  expect(code).toBe(0);
  expect(out).toContain('nothing to clean up: 0 ledgers');
});

test('a record that the system does not let go makes it exit with 4, and is named', async () => {
  const id = await makeCustomer('ordered@example.org');
  const path = ledger([MAKING(), made(id)]);
  const dead = profileIn(fresh(), { webshop: 'http://127.0.0.1:2', more: [...QUICK, 'outageMs: 200'] });
  const first = head.replaceAll(playground.webshop, 'http://127.0.0.1:2');
  writeFileSync(path, readFileSync(path, 'utf8').replace(head, first));

  const { code, err } = await cleanUp(['--ledger', path, '--profile', dead]);

  expect(code).toBe(4);
  expect(err).toMatch(/refuses the connection[\s\S]*remedy: start the system, then again: syncproof cleanup/);
  expect(await isThere(id)).toBe(true);
});

test.each<[string, () => string[], RegExp]>([
  [
    'a ledger that is not there',
    () => ['--ledger', 'nowhere.jsonl'],
    /nowhere\.jsonl:1[\s\S]*found: no such file/,
  ],
  ['a folder in its place', () => ['--ledger', '.'], /is no ledger of a run[\s\S]*EISDIR/],
  [
    'a file of something else',
    () => ['--ledger', profile],
    /profile\.yaml:1[\s\S]*found: no head of a ledger/,
  ],
  ['an empty file', () => ['--ledger', ledger([], '')], /found: no head of a ledger/],
  [
    'a head that was cut off',
    () => {
      const path = join(fresh(), 'ledger.jsonl');
      writeFileSync(path, head.slice(0, 40));
      return ['--ledger', path];
    },
    /found: a line that is cut off/,
  ],
  [
    'a line damaged in the middle',
    () => ['--ledger', ledger([MAKING(), '{"event":"mad', made('1')])],
    /ledger-.*\.jsonl:3[\s\S]*found: \{"event":"mad/,
  ],
  [
    'a line of an event that it does not know',
    () => ['--ledger', ledger(['{"event":"sold","side":"a"}'])],
    /\.jsonl:2/,
  ],
  [
    'a run against other systems than the profile names',
    () => ['--ledger', ledger([], head.replaceAll(playground.crm, 'http://crm.example.org'))],
    /other systems than the profile names[\s\S]*expected: CRM http:\/\/crm\.example\.org[\s\S]*remedy: give the profile of that run/,
  ],
  [
    'a profile whose systems lie elsewhere',
    () => ['--ledger', ledger([]), '--profile', profileIn(fresh(), { webshop: 'http://198.51.100.7' })],
    /other systems than the profile names[\s\S]*found: Webshop http:\/\/198\.51\.100\.7/,
  ],
  [
    'a profile that is gone',
    () => ['--ledger', ledger([], head.replaceAll(profile, `${profile}.gone`))],
    /profile\.yaml\.gone/,
  ],
  [
    'a system marked as production',
    () => ['--ledger', ledger([]), '--profile', profileIn(fresh(), { production: true })],
    /is marked as production[\s\S]*--allow-production/,
  ],
])('%s is one clear error', async (_name, args, said) => {
  Object.assign(process.env, HARNESS_ENV);
  const { '--ledger': path = '', '--profile': own = null } = pairsOf(args());
  const options = { ledgers: [path], outDir: fresh(), profilePath: own, allowProduction: false };

  const { code, err } = await told(() => cleanUpHere(options));

  expect(code).toBe(2);
  expect(err).toMatch(said);
  expect(err).toContain('remedy:');
});

test('a ledger whose systems lie at a host that the profile does not name is refused, and nothing is asked', async () => {
  const away = 'http://shop.example.org';
  const id = await makeCustomer('behind-a-name@example.org');
  const path = ledger([MAKING(), made(id)], head.replaceAll(playground.webshop, away));
  const own = webshopByVariable(fresh());

  const { code, out, err } = await cleanUp(['--ledger', path, '--profile', own], {
    ...HARNESS_ENV,
    SHOP_URL: away,
  });

  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err.match(/^error/gm)).toHaveLength(1);
  expect(err).toMatch(/the base URL in SHOP_URL lies at a host that the profile does not name/);
  expect(err).toMatch(/profile\.yaml:\d+[\s\S]*found: shop\.example\.org/);
  expect(err).toContain('remedy: add the host to remote.systems.webshop.hosts if it is a system for tests');
  expect(await isThere(id)).toBe(true);
  expect(readFileSync(path, 'utf8')).not.toContain('"event":"clean"');
});

/** The profile with the webshop at the URL that the variable SHOP_URL holds; gives its path. */
function webshopByVariable(folder: string): string {
  const path = profileIn(folder);
  const auth = 'auth: { kind: api-key-header, header: X-Api-Key, keyEnv: SHOP_KEY }';
  const text = readFileSync(path, 'utf8')
    .replace(
      'contract: webshop\n',
      `contract: webshop\n    api: { preset: webshop, baseUrlEnv: SHOP_URL, ${auth} }\n`,
    )
    .replace(/^ {4}webshop: \{ baseUrl.*$/m, '    webshop: { production: false }');
  writeFileSync(path, text);
  return path;
}

const pairsOf = (args: string[]): Record<string, string> =>
  Object.fromEntries(args.flatMap((name, index) => (index % 2 === 0 ? [[name, args[index + 1] ?? '']] : [])));

test('a ledger that cannot be used ends the command with 2, and nothing is removed', async () => {
  const id = await makeCustomer('left-alone@example.org');
  const path = ledger([MAKING(), '{"event":"mad', made(id)]);

  const { code, out, err } = await cleanUp(['--ledger', path]);

  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('is no ledger of a run');
  expect(err).not.toMatch(/^\s+at /m);
  expect(await isThere(id)).toBe(true);
});

test('without its secrets it says which variable is missing', async () => {
  const { code, err } = await cleanUp(['--ledger', ledger([])], {});

  expect(code).toBe(2);
  expect(err).toMatch(/the environment variable SHOP_KEY is not set[\s\S]*remedy:/);
});
