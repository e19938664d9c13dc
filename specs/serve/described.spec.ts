import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../remote/processes.js';

const folder = mkdtempSync(join(tmpdir(), 'syncproof-described-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves with a profile whose webshop has the API given; the CRM needs nothing. */
async function serve(api: string, args: string[], more: string[] = [], env: Record<string, string> = {}) {
  const lines = [
    'systems:',
    '  webshop:',
    '    names: [Webshop]',
    '    contract: webshop',
    `    api: ${api}`,
    ...more,
    '  crm:',
    '    names: [CRM]',
    '    contract: crm',
    "    api: { baseUrl: 'http://127.0.0.1:9' }",
  ];
  writeFileSync(join(folder, 'p.yaml'), lines.join('\n'));
  return runCli(folder, ['serve', '--profile', 'p.yaml', '--port', '0', ...args], env);
}

const TOKEN = "{ baseUrl: 'http://127.0.0.1:9', auth: { kind: bearer, tokenEnv: SHOP_TOKEN } }";

test.each([
  [
    'a variable that is not set',
    TOKEN,
    ['--only', 'sync'],
    [],
    'the environment variable SHOP_TOKEN named in',
  ],
  [
    'a base URL that is none',
    '{ baseUrlEnv: SHOP_URL }',
    ['--only', 'sync'],
    [],
    'the environment variable SHOP_URL holds no base URL',
  ],
  [
    'an adapter that is not there',
    "{ baseUrl: 'http://127.0.0.1:9' }",
    ['--only', 'sync'],
    ['    adapter: ./none.ts'],
    'the adapter ./none.ts cannot be used',
  ],
  [
    'a stand-in of an API of its own',
    TOKEN,
    ['--only', 'webshop'],
    [],
    'no stand-in of webshop speaks the API',
  ],
])('%s is one clear error', async (_what, api, args, more, message) => {
  const { code, err } = await serve(api, args, more, { SHOP_URL: 'ftp://hunter2@shop' });

  expect([code, err.includes(message)]).toEqual([2, true]);
  expect(err).not.toMatch(/hunter2|\n +at /);
});
