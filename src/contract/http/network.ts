import type { WireFetch } from '../wire.js';
import { exchangeOnce } from './exchange-once.js';
import { hostOf } from './host-of.js';
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
      const answer = await exchangeOnce(
        { method: request.method, headers: request.headers, url, body },
        settings,
      );
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
