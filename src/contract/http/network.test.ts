import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { wireRequest } from '../wire.js';
import { hostOf } from './host-of.js';
import { networkFetchWithin } from './network.js';
import { readJson } from './read-json.js';

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

const ask = (url: string, limits: { answerMs?: number; maxBytes?: number } = {}, hosts = [hostOf(url)]) =>
  networkFetchWithin({ hosts, ...limits })(wireRequest(url, { method: 'GET' }));

test('gives status, headers and text of an answer', async () => {
  const url = await serve((_request, response) => response.writeHead(201, { etag: '"7"' }).end('{"id":1}'));

  const answer = await ask(url);

  expect([answer.status, answer.headers.get('ETag'), await answer.text()]).toEqual([201, '"7"', '{"id":1}']);
});

test('a host that the profile does not name is never called', async () => {
  let calls = 0;
  const url = await serve((_request, response) => response.end(String((calls += 1))));

  await expect(ask(url, {}, ['shop.example:443'])).rejects.toMatchObject({ fault: 'host-not-allowed' });
  expect(calls).toBe(0);
});

test('a refused connection is named', async () => {
  const url = await serve(() => undefined);
  servers.pop()?.close();

  await expect(ask(url)).rejects.toMatchObject({ fault: 'refused' });
});

test('an answer that never comes ends in time', async () => {
  const url = await serve(() => undefined);

  await expect(ask(url, { answerMs: 50 })).rejects.toMatchObject({ fault: 'answer-timeout' });
});

test('a body beyond the bound is not read to its end', async () => {
  const url = await serve((_request, response) => response.end('x'.repeat(200_000)));

  await expect(ask(url, { maxBytes: 1000 })).rejects.toMatchObject({ fault: 'body-too-large' });
});

test('a packed body counts with its unpacked size', async () => {
  const packed = gzipSync('x'.repeat(200_000));
  const url = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
  );

  await expect(ask(url, { maxBytes: 10_000 })).rejects.toMatchObject({ fault: 'body-too-large' });
});

test('a redirect to another host is refused, with the credential unsent', async () => {
  let calls = 0;
  const other = await serve((_request, response) => response.end(String((calls += 1))));
  const url = await serve((_request, response) => response.writeHead(302, { location: other }).end());

  await expect(ask(url, {}, [hostOf(url), hostOf(other)])).rejects.toMatchObject({ fault: 'redirect' });
  expect(calls).toBe(0);
});

test('a redirect on the same host is followed for a read', async () => {
  const url = await serve((request, response) =>
    request.url === '/'
      ? response.writeHead(302, { location: '/there' }).end()
      : response.end(`"${request.url ?? ''}"`),
  );

  expect(await (await ask(`${url}/`)).json()).toBe('/there');
});

test('an answer that breaks off is named', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"id":');
    setTimeout(() => response.destroy(), 20);
  });

  await expect(ask(url)).rejects.toMatchObject({ fault: 'connection-lost' });
});

test('plain HTTP behind an https URL is a TLS fault', async () => {
  const url = await serve((_request, response) => response.end('{}'));

  await expect(ask(url.replace('http:', 'https:'))).rejects.toMatchObject({ fault: 'tls' });
});

const noHeaders = { get: () => null };

test.each([
  ['<!doctype html><p>Log in', 'html-instead-of-json'],
  ['{"customers": [{"id": 1', 'truncated-json'],
  ['OK', 'no-json'],
])('%s is named as %s', (text, fault) => {
  expect(() => readJson(text, noHeaders)).toThrow(expect.objectContaining({ fault }));
});
