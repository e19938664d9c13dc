import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { wireResponse, type WireFetch, type WireRequest, type WireResponse } from '../wire.js';
import { NetworkError } from './network-error.js';

export type NetworkLimits = {
  /** `host:port` of each base URL; a call to any other is refused. */
  hosts: string[];
  connectMs?: number;
  answerMs?: number;
  maxBytes?: number;
};

const DEFAULTS = { connectMs: 10_000, answerMs: 60_000, maxBytes: 5_000_000 };
const MOST_REDIRECTS = 5;

/** `host:port` of a URL, with the port spelt out. */
export function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

/**
 * A fetch for real systems: bounded in time and size, to the named hosts only. Redirects are followed for reads on
 * the same host and never elsewhere, since a credential would travel with them. Errors: `NetworkError`.
 */
export function networkFetchWithin(limits: NetworkLimits): WireFetch {
  const settings = { ...DEFAULTS, ...limits };
  return async (request) => {
    const body = request.body === null ? null : await request.text();
    let url = request.url;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      guardHost(url, settings.hosts);
      const answer = await once(request, url, body, settings);
      if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
      url = redirectTarget(request.method, url, answer.headers.get('location'));
    }
    throw redirectError(`${hostOf(url)} redirects again and again`);
  };
}

function guardHost(url: string, hosts: string[]): void {
  if (hosts.includes(hostOf(url))) return;
  throw new NetworkError(
    'host-not-allowed',
    `${hostOf(url)} is no host of the profile`,
    hosts.join(', '),
    'only the hosts of the two base URLs are ever called; correct the profile',
  );
}

const redirectError = (message: string) =>
  new NetworkError('redirect', message, 'an answer, not a redirect', 'set the base URL to where the API is');

function redirectTarget(method: string, from: string, location: string | null): string {
  if (location === null || !URL.canParse(location, from))
    throw redirectError(`${hostOf(from)} redirects to nowhere`);
  const target = new URL(location, from);
  const isSame = hostOf(target.href) === hostOf(from) && target.protocol === new URL(from).protocol;
  if (!isSame)
    throw redirectError(`${hostOf(from)} redirects to another host, ${target.protocol}//${target.host}`);
  if (method !== 'GET') throw redirectError(`${hostOf(from)} redirects a ${method}, which is not repeated`);
  return target.href;
}

type Settings = typeof DEFAULTS & NetworkLimits;

function once(
  request: WireRequest,
  url: string,
  body: string | null,
  settings: Settings,
): Promise<WireResponse> {
  const host = hostOf(url);
  const options: RequestOptions = { method: request.method, headers: headersOf(request, body) };
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
      () => stop(timeout('connect-timeout', `no connection to ${host}`, settings.connectMs)),
      settings.connectMs,
    );
    const answering = setTimeout(
      () => stop(timeout('answer-timeout', `no whole answer of ${host}`, settings.answerMs)),
      settings.answerMs,
    );
    const ready = url.startsWith('https:') ? 'secureConnect' : 'connect';
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) clearTimeout(connecting);
      else socket.once(ready, () => clearTimeout(connecting));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => stop(connectionError(host, error)));
    outgoing.on('response', (incoming) => {
      clearTimeout(connecting);
      readText(incoming, settings.maxBytes, host).then((text) => {
        clearTimeout(answering);
        resolve(wireResponse(text, incoming.statusCode ?? 0, headerRecord(incoming)));
      }, stop);
    });
    outgoing.end(body ?? undefined);
  });
}

function headersOf(request: WireRequest, body: string | null): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'identity' };
  request.headers.forEach((value, name) => (headers[name] = value));
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
    throw error instanceof NetworkError ? error : lost(host, `after ${size} bytes of the answer`);
  }
  if (!incoming.complete) throw lost(host, `after ${size} bytes of the answer`);
  return Buffer.concat(pieces).toString('utf8');
}

const lost = (host: string, when: string) =>
  new NetworkError(
    'connection-lost',
    `the connection to ${host} broke ${when}`,
    'a whole answer',
    'look at the provider or a proxy in between; run again',
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
    );
  if (code === 'ECONNREFUSED')
    return new NetworkError(
      'refused',
      `${host} refused the connection`,
      'a server',
      'start it, or correct the base URL',
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new NetworkError('unknown-host', `the host ${host} is unknown`, 'a host', 'correct the base URL');
  return lost(host, `before an answer (${code === '' ? 'unknown cause' : code})`);
}
