import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPlayground, type Playground } from './playground.js';

const CREATE = 'customer/sync-every/webshop-to-crm/create';
/** One request at a time, so that none is under way when the shop closes. */
const ONE_BY_ONE = ['settleMs: 15000', 'absenceMs: 300', 'quietMs: 150', 'pollMs: 100'];

type Refusal = { status: number; headers: () => Record<string, string>; forMs: number };

let playground: Playground;
let front: Server;
let frontUrl: string;
let refusal: Refusal;
/** Refusals that are still to come, each before the next request that creates. */
let left = 0;
let closedUntil = 0;
let refused = 0;
let tooEarly = 0;
let keys: string[] = [];

beforeAll(async () => {
  playground = await openPlayground();
  front = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (Date.now() < closedUntil) tooEarly += 1;
      if (request.method === 'POST') keys.push(String(request.headers['idempotency-key']));
      if (request.method === 'POST' && left > 0) {
        left -= 1;
        refused += 1;
        closedUntil = Date.now() + refusal.forMs;
        response
          .writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers() })
          .end('{}');
        return;
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(
          ([name]) => !['host', 'connection', 'content-length'].includes(name),
        ),
      ) as Record<string, string>;
      const body = parts.length === 0 ? null : Buffer.concat(parts);
      void fetch(`${playground.webshop}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers,
        body,
      }).then(
        async (answer) => {
          const kept = ['content-type', 'etag', 'link'].flatMap((name) => {
            const value = answer.headers.get(name);
            return value === null ? [] : [[name, value] as const];
          });
          response.writeHead(answer.status, Object.fromEntries(kept)).end(await answer.text());
        },
        () => response.writeHead(502).end(),
      );
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  frontUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [left, closedUntil, refused, tooEarly, keys] = [0, 0, 0, 0, []];
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await playground.close();
});

const judge = () =>
  playground.judge([CREATE], [...ONE_BY_ONE], {}, undefined, { webshop: frontUrl, connections: 1 });

test.each<[string, Refusal]>([
  ['429 with seconds to wait', { status: 429, headers: () => ({ 'retry-after': '1' }), forMs: 1000 }],
  [
    '429 with a date to wait for',
    {
      status: 429,
      headers: () => ({ 'retry-after': new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000).toUTCString() }),
      forMs: 1000,
    },
  ],
  ['429 without a time', { status: 429, headers: () => ({}), forMs: 900 }],
  ['503 with seconds to wait', { status: 503, headers: () => ({ 'retry-after': '1' }), forMs: 1000 }],
])(
  '%s, twice, then all is well: the check passes, and nothing is sent while it should wait',
  async (_name, given) => {
    refusal = given;
    left = 2;

    const run = await judge();

    expect(run.finished[0]?.outcome?.verdict).toBe('verified');
    expect(refused).toBe(2);
    expect(tooEarly).toBe(0);
    expect(new Set(keys).size).toBe(1);
    expect(run.problems).toEqual([]);
  },
);

test('a shop that never stops refusing is an error of the environment within the budget', async () => {
  refusal = { status: 429, headers: () => ({ 'retry-after': '30' }), forMs: 0 };
  left = 1000;

  const run = await judge();

  expect(run.finished[0]?.outcome?.verdict).toBe('error');
  expect(run.finished[0]?.outcome?.reason).toMatch(/Webshop: POST .*\/customers answered 429/);
  expect(refused).toBe(1);
});
