import type { ApiDescription } from '../../contract/api-description.js';
import { REST_API } from '../../contract/conventions.js';
import type { EntityContract, Json } from '../../contract/field.js';
import { wireResponse, type WireRequest } from '../../contract/wire.js';
import { Client, type Remote } from '../client.js';
import { Transport } from '../transport.js';

export const NOW = Date.UTC(2026, 0, 1);
export const ENTITY: EntityContract = { name: 'Thing', collection: 'things', idKind: 'string', fields: [] };
type Asked = {
  method: string;
  path: string;
  query: Record<string, string>;
  body: Json;
  headers: WireRequest['headers'];
};
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** A client of an API that answers with these replies in turn; notes what was asked. */
export function clientOf(api: Partial<ApiDescription>, ...replies: Reply[]) {
  const asked: Asked[] = [];
  const own = { ...REST_API, ...api, auth: { kind: 'none' as const }, baseUrl: 'https://api.test' };
  const contract = { key: 'api', name: 'Api', api: own, entities: [ENTITY] };
  const fetch = async (request: WireRequest) => {
    const url = new URL(request.url);
    const text = await request.text();
    const body = text === '' ? null : (JSON.parse(text) as Json);
    const { method, headers } = request;
    asked.push({ method, path: url.pathname, query: Object.fromEntries(url.searchParams), body, headers });
    const {
      status = 200,
      body: answer = null,
      headers: given = {},
    } = replies[asked.length - 1] ?? { status: 418 };
    return wireResponse(answer === null ? '' : JSON.stringify(answer), status, given);
  };
  const clock = { now: () => NOW, sleep: async () => undefined };
  const credentials = { webhookSecret: '', account: '', key: '', clientId: '', clientSecret: '' };
  const transport = new Transport(contract, credentials, fetch, clock);
  return { client: new Client(contract, transport), asked, transport };
}
export const ids = (remotes: Remote[]) => remotes.map((one) => one.id);
/** A record as read before it is written. */
export const remote = (fields: Remote['fields'], version: string | null = null): Remote => ({
  id: '7',
  fields,
  stamp: 0,
  createdAt: null,
  updatedAt: 0,
  version,
  fieldTimes: null,
});
