import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, type Ended } from './processes.js';
import { writeProfile } from './profile-file.js';

/** Secrets that must appear nowhere. */
const CANARIES = {
  SHOP_KEY: 'canary-shop-key-7f3a91',
  CRM_CLIENT: 'canary-crm-client-28bd10',
  CRM_SECRET: 'canary-crm-secret-c0ffee55',
};
/** Whom a careless system names in its errors. */
const SOMEBODY = { name: 'Kari Nordmann', email: 'kari.nordmann@example.com', phone: '+47 912 34 567' };
const MORE = ['settleMs: 1500', 'absenceMs: 300', 'quietMs: 100', 'pollMs: 50', 'outageMs: 500'];

const json = (status: number, body: string, headers: Record<string, string> = {}): RequestListener => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
};

/** A system gone bad, and what must be said of it. */
const WORLDS: Record<string, { answer: RequestListener | string; said: RegExp }> = {
  'a wrong host': { answer: 'http://no-such-host.invalid', said: /no-such-host\.invalid is not known/ },
  'a refused connection': { answer: 'http://127.0.0.1:2', said: /127\.0\.0\.1:2 refuses the connection/ },
  'a broken TLS connection': { answer: 'tls', said: /no safe connection to 127\.0\.0\.1/ },
  'HTML in place of JSON': {
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html><body>Please log in</body></html>');
    },
    said: /its answer is no JSON, or is cut off: text\/html/,
  },
  '401 for every call': { answer: echo(401), said: /answered 401/ },
  '403 for every call': { answer: echo(403), said: /answered 403/ },
  '404 for every route': {
    answer: json(404, '{"code":"not_found"}'),
    said: /there is no such collection; see baseUrl/,
  },
  'a storm of 429': { answer: json(429, '{}', { 'retry-after': '1' }), said: /answered 429/ },
  'an answer that never comes': { answer: () => undefined, said: /no answer from .* within 600 ms/ },
  'JSON that is cut off': {
    answer: json(200, '[{"id": 1, "email": "kari@ex'),
    said: /its answer is no JSON, or is cut off/,
  },
  'a redirect to another host': {
    answer: (_request, response) => {
      response.writeHead(302, { location: 'http://198.51.100.7/elsewhere' });
      response.end();
    },
    said: /redirects to 198\.51\.100\.7, which is not followed/,
  },
  'a body of 50 MB': {
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(50_000_000, 'x'));
    },
    said: /its answer is longer than 5000000 bytes/,
  },
};

/** Says back what it was sent, as careless systems do in their errors. */
function echo(status: number): RequestListener {
  return (request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        message: `refused, call ${SOMEBODY.phone}`,
        received: request.headers,
        contact: SOMEBODY.email,
        owner: { full_name: SOMEBODY.name, phone: '91234567' },
      }),
    );
  };
}

const folder = mkdtempSync(join(tmpdir(), 'syncproof-bad-'));
const servers: Server[] = [];
const found = new Map<string, Ended & { files: string }>();

beforeAll(async () => {
  const waiting = Object.entries(WORLDS);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, { answer }] = next;
      const requestMs = name === 'an answer that never comes' ? 600 : 20_000;
      found.set(name, await judge(name.replaceAll(/\W+/g, '-'), answer, requestMs));
    }
  };
  await Promise.all([work(), work(), work()]);
}, 120_000);

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

async function judge(
  name: string,
  answer: RequestListener | string,
  requestMs: number,
): Promise<Ended & { files: string }> {
  const cwd = mkdtempSync(join(folder, `${name}-`));
  const url = await urlOf(answer);
  const profile = writeProfile(cwd, {
    webshop: url,
    crm: url,
    sync: null,
    more: [...MORE, `requestMs: ${requestMs}`],
  });
  const ended = await runCli(
    cwd,
    [
      'run',
      '--profile',
      profile,
      '--target',
      'remote',
      '--no-allure',
      '--only',
      'customer',
      '--out',
      'reports',
    ],
    CANARIES,
  );
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'profile.yaml')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  return { ...ended, files };
}

async function urlOf(answer: RequestListener | string): Promise<string> {
  if (typeof answer === 'string' && answer !== 'tls') return answer;
  const server = createServer(typeof answer === 'string' ? json(200, '[]') : answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `${answer === 'tls' ? 'https' : 'http'}://127.0.0.1:${port}`;
}

test.each(Object.keys(WORLDS))('%s ends in a clear error, and no secret is shown', (name) => {
  const ended = found.get(name);
  const shown = `${ended?.out ?? ''}${ended?.err ?? ''}${ended?.files ?? ''}`;

  expect(ended?.code).toBe(4);
  expect(ended?.err).toMatch(WORLDS[name]?.said ?? /never/);
  expect(ended?.err).toContain('remedy: ');
  expect(ended?.err).not.toMatch(/^\s+at /m);
  for (const secret of Object.values(CANARIES)) expect(shown).not.toContain(secret);
  for (const personal of [...Object.values(SOMEBODY), '91234567']) expect(shown).not.toContain(personal);
});

const remote = ['run', '--profile', 'profile.yaml', '--target', 'remote', '--no-allure'];

test('a secret that is not set is named, with the line of the profile', async () => {
  const cwd = mkdtempSync(join(folder, 'unset-'));
  writeProfile(cwd, { webshop: 'http://127.0.0.1:2', crm: 'http://127.0.0.1:2', sync: null });

  const ended = await runCli(cwd, remote, { SHOP_KEY: 'x' });

  expect(ended.code).toBe(2);
  expect(ended.err).toMatch(/environment variable CRM_CLIENT is not set[\s\S]*profile\.yaml:\d+/);
});

test('a system marked as production is refused', async () => {
  const cwd = mkdtempSync(join(folder, 'production-'));
  writeProfile(cwd, {
    webshop: 'http://127.0.0.1:2',
    crm: 'http://127.0.0.1:2',
    sync: null,
    production: true,
    more: MORE,
  });

  const refused = await runCli(cwd, remote, CANARIES);
  const allowed = await runCli(cwd, [...remote, '--allow-production'], CANARIES);

  expect(refused.code).toBe(2);
  expect(refused.err).toContain('the Webshop is marked as production');
  expect(allowed.code).toBe(4);
  expect(allowed.err).toContain('refuses the connection');
});

test('a profile without remote, and a target that is none, are refused', async () => {
  const cwd = mkdtempSync(join(folder, 'usage-'));

  const without = await runCli(cwd, ['run', '--target', 'remote']);
  const unknown = await runCli(cwd, ['run', '--target', 'moon']);

  expect(without.code).toBe(2);
  expect(without.err).toContain('does not say where the deployed systems are');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('one of reference, remote');
});
