import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import type { RunRecord } from '../../src/run/record.js';
import { syncproof } from '../cli/syncproof.js';
import { runCli } from '../remote/processes.js';
import { endAll, freshFolder, startServe } from './served.js';

afterEach(endAll);

const DEFAULTS = {
  SYNCPROOF_WEBSHOP_KEY: 'playground-webshop-harness-key',
  SYNCPROOF_CRM_CLIENT_ID: 'playground-crm-harness-client-id',
  SYNCPROOF_CRM_CLIENT_SECRET: 'playground-crm-harness-client-secret',
};
const CREATE = 'customer/sync-every/webshop-to-crm/create';
const FORMS = join(packageRoot(), 'fixtures', 'dataflows', 'forms');

/** Serves from a folder and gives the profile that was written. */
async function profileOf(folder: string): Promise<string> {
  const served = await startServe(['--port', '0', '--poll', '0', '--write-profile', 'p.yaml'], {}, folder);
  await served.end('SIGTERM');
  return readFileSync(join(folder, 'p.yaml'), 'utf8');
}

async function judge(folder: string, args: string[], env: Record<string, string>) {
  const { code, err } = await runCli(
    folder,
    ['run', ...args, '--target', 'remote', '--profile', 'p.yaml', '--no-allure'],
    env,
  );
  const path = join(folder, 'reports', 'run.json');
  const checks = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunRecord).checks : [];
  return { code, err, verdicts: checks.map(({ id, verdict }) => [id, verdict]) };
}

test('what is served is judged by the profile that it wrote', async () => {
  const folder = freshFolder();
  await startServe(['--port', '0', '--poll', '100', '--write-profile', join(folder, 'p.yaml')]);

  expect(await judge(folder, ['--only', CREATE], DEFAULTS)).toMatchObject({
    code: 0,
    verdicts: [[CREATE, 'verified']],
  });
});

test('the profile is written anew each time, and is not taken for one of the user', async () => {
  const folder = freshFolder();
  const first = await profileOf(folder);
  const second = await profileOf(folder);

  expect(first).not.toBe(second);
  expect(second.split('\n')[0]).toMatch(/^# Written by syncproof serve/);
});

test('it holds names of variables and never what they hold', async () => {
  const folder = freshFolder();
  const path = join(folder, 'p.yaml');
  const { log } = await startServe(['--port', '0', '--write-profile', path], {
    SYNCPROOF_WEBSHOP_KEY: 'canary-secret',
  });

  expect(readFileSync(path, 'utf8')).toContain('key: SYNCPROOF_WEBSHOP_KEY');
  expect(`${readFileSync(path, 'utf8')}${log()}`).not.toMatch(/canary|playground-/);
});

test('a document without a profile gets one that names its systems', async () => {
  const folder = freshFolder();
  const document = join(FORMS, 'properties.rst');
  const created = 'client-to-account/sync-every/harbor-desk-to-ledgerly';
  const [create, sparse] = [`${created}/create`, `${created}/create-sparse`];
  await startServe([document, '--port', '0', '--poll', '100', '--write-profile', join(folder, 'p.yaml')]);

  const judged = await judge(folder, [document, '--only', create, '--only', sparse], {
    SYNCPROOF_HARBOR_DESK_KEY: 'playground-harbor-desk-harness-key',
    SYNCPROOF_LEDGERLY_CLIENT_ID: 'playground-ledgerly-harness-client-id',
    SYNCPROOF_LEDGERLY_CLIENT_SECRET: 'playground-ledgerly-harness-client-secret',
  });

  expect(judged.code).toBe(0);
  expect(Object.fromEntries(judged.verdicts)).toEqual({ [create]: 'verified', [sparse]: 'verified' });
});

const SYSTEMS =
  'systems: { webshop: { names: [Webshop], contract: webshop }, crm: { names: [CRM], contract: crm } }';

test.each([
  ['one role', {}, ['--only', 'webshop'], '--write-profile with --only webshop'],
  ['a file of the user', { 'p.yaml': 'mine: true\n' }, [], 'p.yaml exists already'],
  [
    'a profile with an entry "remote"',
    { 'q.yaml': `${SYSTEMS}\nremote: {}\n` },
    ['--profile', 'q.yaml'],
    'the profile has an entry "remote" already, at q.yaml:2',
  ],
  [
    'a profile that describes an API',
    { 'q.yaml': SYSTEMS.replace('contract: crm', "contract: crm, api: { baseUrl: 'http://127.0.0.1:9' }") },
    ['--profile', 'q.yaml'],
    'the profile describes an API of CRM at q.yaml:1',
  ],
  ['a document whose rows carry no text', {}, [join(FORMS, 'empty-table.rst')], 'no section carries a text'],
])('%s is refused with one clear error', (_what, files: Record<string, string>, args, message) => {
  const folder = freshFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

  const { code, out, err } = syncproof(folder, [
    'serve',
    '--port',
    '0',
    '--write-profile',
    'p.yaml',
    ...args,
  ]);

  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err).toContain('remedy:');
  expect(out).toBe('');
  expect(existsSync(join(folder, 'p.yaml'))).toBe('p.yaml' in files);
});

test('a place that cannot be written to is one clear error', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'p.yaml'));

  const { code, err } = syncproof(folder, ['serve', '--port', '0', '--write-profile', 'p.yaml']);

  expect(code).toBe(2);
  expect(err).toContain('the profile cannot be written to p.yaml: EISDIR');
});
