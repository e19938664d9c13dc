import type { WireHeaders } from '../wire.js';

const LONGEST_MS = 120_000;

/** What an answer asks to wait, in ms and bounded: Retry-After in seconds or as an HTTP date; 0 for nothing. */
export function retryAfterMs(headers: Pick<WireHeaders, 'get'>, now: number): number {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (text === '') return 0;
  const seconds = Number(text);
  if (!Number.isNaN(seconds)) return Math.min(Math.max(seconds, 0) * 1000, LONGEST_MS);
  const at = Date.parse(text);
  const server = Date.parse(headers.get('date') ?? '');
  const wait = at - (Number.isNaN(server) ? now : server);
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), LONGEST_MS);
}
