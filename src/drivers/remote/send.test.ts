import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { wireRequest } from '../../contract/wire.js';
import { networkSend, NoAnswer } from './send.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (
  url: string,
  init: { method?: string; body?: string } = {},
  requestMs = 5000,
  largestBody = 1000,
) =>
  networkSend({ requestMs, largestBody })(
    wireRequest(url, { method: init.method ?? 'GET', headers: { 'x-key': 'k' }, body: init.body ?? null }),
  );
const failure = (work: Promise<unknown>): Promise<NoAnswer> =>
  work.then(
    () => Promise.reject(new Error('it was answered')),
    (error: unknown) => (error instanceof NoAnswer ? error : Promise.reject(error as Error)),
  );

test('method, headers and body go out, status, headers and text come back', async () => {
  const url = await serve((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const said = `${request.method ?? ''} ${String(request.headers['x-key'])} ${text}`;
      response.writeHead(201, { etag: '"7"' }).end(said);
    });
  });

  const answer = await send(url, { method: 'POST', body: '{"a":1}' });

  expect([answer.status, answer.headers.get('ETag'), await answer.text()]).toEqual([
    201,
    '"7"',
    'POST k {"a":1}',
  ]);
});

test('a redirect is an answer, not followed', async () => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls += 1;
    response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });

  expect((await send(url)).status).toBe(302);
  expect(calls).toBe(1);
});

test('a refused connection surely never reached the system, and may pass', async () => {
  const url = await serve(() => undefined);
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));

  const error = await failure(send(url));

  expect([error.reached, error.passing]).toEqual([false, true]);
  expect(error.message).toContain('refuses the connection');
});

test('an answer that does not come in time may have been acted upon', async () => {
  const url = await serve(() => undefined);

  const error = await failure(send(url, {}, 50));

  expect([error.reached, error.passing]).toEqual([true, true]);
  expect(error.message).toContain('within 50 ms');
});

test('a connection that breaks may have been acted upon', async () => {
  const url = await serve((request) => request.socket.destroy());

  const error = await failure(send(url, { method: 'POST', body: '{}' }));

  expect([error.reached, error.passing]).toEqual([true, true]);
});

test('a body beyond the bound is not read to its end, and is not asked for again', async () => {
  const url = await serve((_request, response) => response.end('x'.repeat(50_000)));

  const error = await failure(send(url));

  expect([error.reached, error.passing]).toEqual([true, false]);
  expect(error.message).toContain('longer than 1000 bytes');
});

test('a server that closes idle connections at once gets each create exactly once', async () => {
  let arrived = 0;
  const url = await serve((request, response) => {
    if (request.method === 'POST') arrived += 1;
    response.on('finish', () => setTimeout(() => request.socket.destroy(), 1));
    response.writeHead(200, { 'keep-alive': 'timeout=60' }).end('{}');
  });

  const answers: number[] = [];
  for (let nth = 0; nth < 100; nth++) {
    await send(url).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, nth % 3));
    answers.push((await send(url, { method: 'POST', body: '{}' })).status);
  }

  expect(answers).toEqual(Array.from({ length: 100 }, () => 200));
  expect(arrived).toBe(100);
});

test('no write goes over a connection that was used before', async () => {
  const ports: number[] = [];
  const url = await serve((request, response) => {
    ports.push(request.socket.remotePort ?? 0);
    response.end('{}');
  });

  await send(url);
  for (const method of ['POST', 'PATCH', 'PUT', 'POST']) await send(url, { method, body: '{}' });

  expect(new Set(ports).size).toBe(5);
});
