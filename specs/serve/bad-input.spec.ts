import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { syncproof } from '../cli/syncproof.js';
import { endAll, freshFolder, startServe } from './served.js';

afterEach(endAll);

const serve = (args: string[]) => syncproof(freshFolder(), ['serve', ...args]);

test.each([
  ['an unknown fault', ['--fault', '9999'], 'the catalogue holds no fault 9999'],
  ['a fault that is no number', ['--fault', 'x'], '--fault x is no such number'],
  ['an unknown role', ['--only', 'erp'], '--only erp is no role'],
  ['a sync that is told of no system', ['--only', 'sync'], 'the sync is not told where webshop is'],
  ['a URL without a key', ['--only', 'sync', '--url', 'http://127.0.0.1:1'], 'names no system'],
  ['a URL of a stranger', ['--only', 'sync', '--url', 'erp=http://127.0.0.1:1'], '--url erp names no system'],
  ['a URL without a sync', ['--url', 'crm=http://127.0.0.1:1'], '--url without --only sync'],
  ['a host that others reach', ['--host', '0.0.0.0'], '--host 0.0.0.0 can be reached by other machines'],
  ['a port that is none', ['--port', '70000'], '--port 70000 is no such number'],
  ['a document that is not there', ['missing.rst'], 'missing.rst'],
])('%s is one clear error', (_what, args, message) => {
  const { code, out, err } = serve(args);

  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err).toContain('remedy:');
  expect(err).not.toContain('    at ');
  expect(out).toBe('');
});

test('a URL with a password is refused and the password not shown', () => {
  const { code, err } = serve(['--only', 'sync', '--url', 'webshop=http://me:hush@127.0.0.1:1']);

  expect(code).toBe(2);
  expect(err).not.toContain('hush');
});

test('a host that others reach needs credentials of its own', () => {
  const { code, err } = serve(['--host', '0.0.0.0', '--allow-remote', '--port', '0']);

  expect(code).toBe(2);
  expect(err).toContain('SYNCPROOF_WEBSHOP_KEY');
});

test('a port in use is an error of the environment', async () => {
  const { urls } = await startServe(['--only', 'webshop', '--port', '0']);

  const { code, err } = serve(['--only', 'crm', '--port', new URL(urls['webshop'] ?? '').port]);

  expect(code).toBe(4);
  expect(err).toMatch(/^error: port \d+ on 127\.0\.0\.1 is in use$/m);
  expect(err).toContain('--port 0');
});

test('a damaged store is one clear error', () => {
  const path = join(freshFolder(), 'sync.db');
  writeFileSync(path, 'no database'.repeat(500));

  const { code, err } = serve(['--port', '0', '--db', path]);

  expect(code).toBe(2);
  expect(err).toContain('cannot be used as a store');
});

test('a store in a folder that is not there is one clear error', () => {
  const { code, err } = serve(['--port', '0', '--db', join(freshFolder(), 'none', 'sync.db')]);

  expect(code).toBe(2);
  expect(err).toContain('cannot be used as a store');
});

test.each([
  ['of another kind', '{"a":1}\n', 'this is no file of a served twin'],
  ['of the other system', '{"format":"syncproof-twin/1","system":"crm","idsGiven":0}\n', 'records of crm'],
  ['damaged', '{"format":"syncproof-twin/1","system":"webshop","idsGiven":0}\n{"co\n', 'line 2 is damaged'],
])('records %s are one clear error', (_what, text, message) => {
  const path = join(freshFolder(), 'shop.jsonl');
  writeFileSync(path, text);

  const { code, err } = serve(['--only', 'webshop', '--port', '0', '--data', path]);

  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('records that cannot be written are one clear error', () => {
  const path = join(freshFolder(), 'folder');
  mkdirSync(path);

  const { code, err } = serve(['--only', 'webshop', '--port', '0', '--data', path]);

  expect(code).toBe(2);
  expect(err).toContain('cannot be written');
});
