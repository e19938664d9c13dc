import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { wireResponse, type WireHeaders, type WireResponse } from '../wire.js';
import { hostOf } from './host-of.js';
import { NetworkError } from './network-error.js';

export type OnceLimits = { connectMs: number; answerMs: number; maxBytes: number };
export type OnceRequest = { method: string; url: string; headers: WireHeaders; body: string | null };

const SHARES_CONNECTIONS = new Set(['GET', 'HEAD']);

/**
 * Sends one request over the network, without following redirects. A write has a connection of its own: one that waits
 * in a pool may be closed by the server at any time, and then nobody knows whether the write got there.
 * Errors: `NetworkError`.
 */
export function exchangeOnce(request: OnceRequest, limits: OnceLimits): Promise<WireResponse> {
  const { method, url, body } = request;
  const host = hostOf(url);
  const options: RequestOptions = { method, headers: headersOf(request) };
  if (!SHARES_CONNECTIONS.has(method)) options.agent = false;
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const outgoing = send(url, options);
    const stop = (error: NetworkError) => {
      clearTimeout(connecting);
      clearTimeout(answering);
      outgoing.destroy();
      reject(error);
    };
    const connecting = setTimeout(
      () => stop(timeout('connect-timeout', `no connection to ${host}`, limits.connectMs)),
      limits.connectMs,
    );
    const answering = setTimeout(
      () => stop(timeout('answer-timeout', `no whole answer of ${host}`, limits.answerMs)),
      limits.answerMs,
    );
    const ready = url.startsWith('https:') ? 'secureConnect' : 'connect';
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) clearTimeout(connecting);
      else socket.once(ready, () => clearTimeout(connecting));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => stop(connectionError(host, error)));
    outgoing.on('response', (incoming) => {
      clearTimeout(connecting);
      readText(incoming, limits.maxBytes, host).then((text) => {
        clearTimeout(answering);
        resolve(wireResponse(text, incoming.statusCode ?? 0, headerRecord(incoming)));
      }, stop);
    });
    outgoing.end(body ?? undefined);
  });
}

function headersOf({ headers: given, body }: OnceRequest): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'identity' };
  given.forEach((value, name) => (headers[name] = value));
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body));
  return headers;
}

function headerRecord({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** Reads in pieces and stops at the bound, also for a body that grows when unpacked. */
async function readText(incoming: IncomingMessage, maxBytes: number, host: string): Promise<string> {
  const coding = incoming.headers['content-encoding'] ?? 'identity';
  const unpack =
    coding === 'br' ? createBrotliDecompress() : /gzip|deflate/.test(coding) ? createUnzip() : null;
  if (unpack !== null) incoming.on('error', (error) => unpack.destroy(error)).pipe(unpack);
  const source: Readable = unpack ?? incoming;
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maxBytes)
        throw new NetworkError(
          'body-too-large',
          `the answer of ${host} is larger than ${maxBytes} bytes`,
          `at most ${maxBytes} bytes`,
          'use smaller pages (paging.size), or check that the route is the right one',
        );
      pieces.push(piece);
    }
  } catch (error) {
    incoming.destroy();
    throw error instanceof NetworkError
      ? error
      : lost(host, `after ${size} bytes of the answer`, codeOf(error));
  }
  if (!incoming.complete) throw lost(host, `after ${size} bytes of the answer`, 'ECONNRESET');
  return Buffer.concat(pieces).toString('utf8');
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const lost = (host: string, when: string, code: string) =>
  new NetworkError(
    'connection-lost',
    `the connection to ${host} broke ${when}`,
    'a whole answer',
    'look at the provider or a proxy in between; run again',
    code,
  );

const timeout = (fault: 'connect-timeout' | 'answer-timeout', what: string, ms: number) =>
  new NetworkError(
    fault,
    `${what} within ${ms} ms`,
    `an answer within ${ms} ms`,
    'check that the system is up',
  );

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|ERR_OSSL|HOSTNAME_MISMATCH)/;

function connectionError(host: string, error: NodeJS.ErrnoException): NetworkError {
  const code = error.code ?? '';
  if (TLS.test(code))
    return new NetworkError(
      'tls',
      `no secure connection to ${host}: ${code}`,
      'a certificate that this machine trusts, and TLS on that port',
      'correct the base URL, or name the certificate authority in NODE_EXTRA_CA_CERTS',
      code,
    );
  if (code === 'ECONNREFUSED')
    return new NetworkError(
      'refused',
      `${host} refused the connection`,
      'a server',
      'start it, or correct the base URL',
      code,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new NetworkError(
      'unknown-host',
      `the host ${host} is unknown`,
      'a host',
      'correct the base URL',
      code,
    );
  return lost(host, `before an answer (${code === '' ? 'unknown cause' : code})`, code);
}
