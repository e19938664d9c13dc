import type { Json } from '../../contract/field.js';
import { wireRequest, type WireFetch } from '../../contract/wire.js';
import { SystemError, type SyncLink, type SyncStatus } from '../ports.js';
import { currentExchanges } from './guard.js';
import { SharedQuestion } from './shared-question.js';
import type { SyncAccess } from './settings.js';

/** What the harness may ask of a deployed sync. */
export type SyncDoor = {
  /** Makes it work, once for all who ask at the same time; counts the turns that have ended. */
  nudge(): Promise<void>;
  turns(): number;
  status?(): Promise<SyncStatus>;
  links?(): Promise<SyncLink[]>;
};

/** The sync behind its trigger, status and links URLs. Errors: `SystemError` of the system "the sync". */
export function openSyncDoor(access: SyncAccess, fetch: WireFetch): SyncDoor {
  let turns = 0;
  const call = async (method: string, url: string): Promise<Json> => {
    const body = method === 'GET' ? null : '{}';
    const headers = { ...access.headers, ...(body === null ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(wireRequest(url, { method, headers, body }));
    if (!answer.ok)
      throw new SystemError('the sync', method, url, answer.status, (await answer.text()).slice(0, 400));
    const text = await answer.text();
    return text === '' ? null : (JSON.parse(text) as Json);
  };
  const turn = new SharedQuestion(async () => {
    await call(access.method, access.url ?? '');
    turns += 1;
  });
  const { status, links } = access;
  const ask = <T>(put: () => Promise<T>) => {
    const question = new SharedQuestion(() => currentExchanges.exit(put));
    return () => question.ask();
  };
  return {
    nudge: async () => (access.url === null ? undefined : currentExchanges.exit(() => turn.ask())),
    turns: () => turns,
    ...(status === null ? {} : { status: ask(async () => statusOf(await call('GET', status), status)) }),
    ...(links === null ? {} : { links: ask(async () => linksOf(await call('GET', links), links)) }),
  };
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const STATES = ['ok', 'degraded', 'error'] as const;

function statusOf(body: Json, url: string): SyncStatus {
  const state = isObject(body) ? STATES.find((one) => one === body['state']) : undefined;
  const listed = isObject(body) ? body['problems'] : undefined;
  if (state === undefined || !Array.isArray(listed))
    throw new SystemError(
      'the sync',
      'GET',
      url,
      200,
      'no status: {state: ok, degraded or error, problems: []}',
    );
  const problems = listed.filter(isObject).map((one) => ({
    pair: String(one['pair'] ?? ''),
    side: one['side'] === 'b' ? ('b' as const) : ('a' as const),
    recordId: String(one['recordId'] ?? ''),
    field: typeof one['field'] === 'string' ? one['field'] : null,
    message: String(one['message'] ?? ''),
  }));
  return { state, problems };
}

function linksOf(body: Json, url: string): SyncLink[] {
  if (!Array.isArray(body))
    throw new SystemError('the sync', 'GET', url, 200, 'no list of links: [{pair, aId, bId}]');
  return body.filter(isObject).map((one) => ({
    pair: String(one['pair'] ?? ''),
    aId: String(one['aId'] ?? ''),
    bId: String(one['bId'] ?? ''),
  }));
}
