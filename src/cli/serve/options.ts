import { resolve } from 'node:path';
import { readList, readOne } from '../options.js';
import { UsageError } from '../usage-error.js';

export type ServeOptions = {
  documentPath: string | null;
  profilePath: string | null;
  /** A system's key or `sync`; null: all three. */
  only: string | null;
  host: string;
  port: number;
  /** Base URLs of systems that run elsewhere, by key. */
  urls: Map<string, string>;
  webhooksTo: string | null;
  db: string | null;
  data: string | null;
  pollMs: number;
  scanMs: number;
  fault: number | null;
  /** Where a profile for what is served goes; null: none is written. */
  writeProfile: string | null;
  json: boolean;
};

const MOST_POLL_MS = 86_400_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Reads the words of `syncproof serve`. Errors: `UsageError`. */
export function readServeOptions(document: string | null, given: Record<string, unknown>): ServeOptions {
  const one = (name: string, key = name) => readOne(name, given[key]);
  const path = (name: string) => {
    const text = one(name);
    return text === null ? null : resolve(text);
  };
  const host = one('host') ?? '127.0.0.1';
  if (!isLoopback(host) && given['allowRemote'] !== true)
    throw new UsageError(
      `--host ${host} can be reached by other machines`,
      'an address of this machine alone, such as 127.0.0.1',
      'add --allow-remote if that is meant, with credentials of your own in the environment',
    );
  const only = one('only');
  const urls = new Map(readList(given['url']).map(readNamedUrl));
  const webhooksTo = one('webhooks-to', 'webhooksTo');
  if (only !== 'sync' && urls.size > 0)
    throw new UsageError(
      '--url without --only sync',
      '--url tells the sync where systems are',
      'leave it out',
    );
  if (webhooksTo !== null && (only === null || only === 'sync'))
    throw new UsageError(
      '--webhooks-to without --only and a system',
      'a system alone is told where its events go',
      'leave it out: a system that is served with the sync sends its events there',
    );
  const writeProfile = one('write-profile', 'writeProfile');
  if (writeProfile !== null && only !== null)
    throw new UsageError(
      `--write-profile with --only ${only}`,
      'both systems and the sync in one process, since the profile tells where all three are',
      'leave out --only, or write the entry "remote" by hand as docs/remote.md shows',
    );
  return {
    documentPath: document,
    profilePath: one('profile'),
    only,
    host,
    port: readNumber('port', one('port'), 65_533, 4010),
    urls,
    webhooksTo: webhooksTo === null ? null : readUrl('webhooks-to', webhooksTo),
    db: path('db'),
    data: path('data'),
    pollMs: readNumber('poll', one('poll'), MOST_POLL_MS, 2000),
    scanMs: readNumber('scan', one('scan'), MOST_POLL_MS, 0),
    fault: one('fault') === null ? null : readNumber('fault', one('fault'), 9999, 0),
    writeProfile: writeProfile === null ? null : resolve(writeProfile),
    json: given['json'] === true,
  };
}

function readNumber(name: string, text: string | null, most: number, fallback: number): number {
  if (text === null) return fallback;
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`--${name} ${text} is no such number`, `0 to ${most}`, 'see syncproof serve --help');
}

function readNamedUrl(text: string): [string, string] {
  const [, key, url] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  if (key !== undefined && url !== undefined) return [key, readUrl('url', url)];
  throw new UsageError(
    `--url ${text} names no system`,
    'key=url, such as webshop=http://127.0.0.1:4010',
    'put the key of the system before the URL',
  );
}

function readUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return text.replace(/\/+$/, '');
  throw new UsageError(
    `--${option} holds no usable URL`,
    'http:// or https:// with host and port, and no credentials in it',
    'such as http://127.0.0.1:4012; credentials come from the environment',
  );
}
