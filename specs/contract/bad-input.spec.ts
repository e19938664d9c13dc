import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { runCli } from './run-cli.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'contract-'));
const OURS = join(packageRoot(), 'fixtures', 'openapi', 'webshop.openapi.json');
const servers: Server[] = [];

afterAll(() => servers.forEach((one) => one.close()));

function file(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs a contract command that must fail with one error, and gives that. */
async function errorOf(args: string[], code: number, env: Record<string, string> = {}): Promise<string> {
  const answer = await runCli(['contract', ...args], env);
  const errors = answer.stderr.match(/^error: /gm) ?? [];
  expect({ code: answer.code, errors: errors.length, text: answer.stderr }).toMatchObject({
    code,
    errors: 1,
  });
  expect(answer.stderr).not.toMatch(/^\s+at /m);
  return answer.stderr;
}

const KEY = { SYNCPROOF_KEY: 'the-key' };
const live = (url: string) => ['check', '--system', 'webshop', '--base-url', url];
const NO_FILE = join(FOLDER, 'no-such-file');
const HTML = file('page.json', '<html></html>');
const OTHER = file('other.json', '{"swagger": "2.0"}');
const BLOCK = file('a-file', '');
const DERIVED = file(
  'derived.yaml',
  'systems:\n  shop: { names: [Shop] }\n  crm: { names: [CRM], contract: crm }\n',
);

test.each<[string, string[], RegExp]>([
  ['export of an unknown system', ['export', '--system', 'erp'], /no contract of "erp"/],
  ['export of a missing document', ['export', '--document', `${NO_FILE}.rst`], /no-such-file.rst/],
  ['export with a file', ['export', OURS], /takes no files/],
  ['check of an unknown system', ['check', '--system', 'erp'], /no contract of "erp"/],
  ['check with a missing profile', ['check', '--profile', `${NO_FILE}.yaml`], /no-such-file.yaml/],
  [
    'check with a profile that needs a document',
    ['check', '--profile', DERIVED],
    /leaves the entities of Shop/,
  ],
  ['check of a URL that is none', live('ftp://127.0.0.1'), /no http or https URL/],
  ['check of a URL of no system', ['check', '--base-url', 'http://127.0.0.1:1'], /without a system/],
  ['check without a credential', live('http://127.0.0.1:1'), /credential of the provider is missing/],
  ['diff of one file', ['diff', OURS], /1 files given/],
  ['diff of a missing file', ['diff', OURS, `${NO_FILE}.json`], /no-such-file.json cannot be read/],
  ['diff of a page', ['diff', OURS, HTML], /page.json is no OpenAPI document/],
  ['diff of another format', ['diff', OTHER, OURS], /other.json is no OpenAPI document/],
  ['an unknown action', ['compare'], /unknown action "compare"/],
])('%s is wrong usage, told in one error', async (_name, args, message) => {
  expect(await errorOf(args, 2)).toMatch(message);
});

test('an export into a place that is a file is told in one error', async () => {
  expect(await errorOf(['export', '--out', join(BLOCK, 'in')], 4)).toMatch(/a-file/);
});

test('reports into a place that is a file are told in one error', async () => {
  const out = join(BLOCK, 'in');
  const answer = await runCli(['contract', 'check', '--system', 'sync', '--out', out]);

  expect(answer.code).toBe(4);
  expect(answer.stderr).toContain('a-file');
  expect(answer.stderr).not.toMatch(/^\s+at /m);
});

test('a provider that cannot be reached is an error of the environment', async () => {
  expect(await errorOf(live('http://127.0.0.1:1'), 4, KEY)).toMatch(/127.0.0.1:1 cannot be reached/);
});

test('a provider that lets nobody in is one error, and the secret is not in it', async () => {
  const url = await answering((_request, response) => response.writeHead(401).end('{}'));
  const text = await errorOf(live(url), 4, KEY);

  expect(text).toMatch(/lets nobody in with these credentials \(status 401\)/);
  expect(text).not.toContain('the-key');
});

test('a web page in place of the API is one error', async () => {
  const url = await answering((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
  );

  expect(await errorOf(live(url), 4, KEY)).toMatch(/HTML, not JSON/);
});

test('a run in which nothing was verified is no success', async () => {
  const url = await answering((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]'),
  );
  const answer = await runCli(['contract', ...live(url), '--json'], KEY);
  const verdicts = (JSON.parse(answer.stdout) as { verdict: string }[]).map((one) => one.verdict);

  expect(verdicts.length).toBeGreaterThan(200);
  expect(answer.code).not.toBe(0);
});

test('a reader that has seen enough ends in no trace', async () => {
  const { spawnSync } = await import('node:child_process');
  const line = `"${process.execPath}" bin/syncproof.mjs contract check --system sync | head -1; exit \${PIPESTATUS[0]}`;

  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: packageRoot(),
    encoding: 'utf8',
  });

  expect(`${status ?? ''} ${stdout}${stderr}`).toBe('0 Contracts of the stand-ins\n');
});
