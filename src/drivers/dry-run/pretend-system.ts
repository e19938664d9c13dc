import type { ApiDescription, Route, SystemContract } from '../../contract/api-description.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { apiFor } from '../../contract/http/entity-api.js';
import { readTime } from '../../contract/http/time.js';
import { tokenSource } from '../../contract/http/token-url.js';
import { wireResponse, type WireFetch, type WireRequest } from '../../contract/wire.js';
import { PretendRecords, type PretendRecord } from './pretend-records.js';
import { enveloped, fieldsSent, shownRecord, time } from './pretend-wire.js';

type Called = { request: WireRequest; url: URL; api: ApiDescription; records: PretendRecords; id: string };
type Answer = { status: number; body: Json; headers?: Record<string, string> };
type Handler = (called: Called) => Answer | Promise<Answer>;
type Served = {
  method: string;
  path: RegExp;
  handler: Handler;
  api: ApiDescription;
  records: PretendRecords;
};

const NOT_FOUND: Answer = { status: 404, body: { message: 'no such record' } };
const CONTROLS = ['list', 'get', 'create', 'update', 'remove', 'deleted', 'restore', 'revisions'] as const;

/**
 * Answers calls as an API that is described so would, out of memory: enough for checks to go their whole way without
 * any system. It refuses what no route of the description names.
 */
export function pretendSystem(contract: SystemContract, now: () => number): WireFetch {
  let lastId = 0;
  const nextId = () => (lastId += 1);
  const served = contract.entities.flatMap((entity) =>
    routesOf(apiFor(contract.api, entity), new PretendRecords(entity, now, nextId)),
  );
  const token = tokenSource(contract.api);
  return async (request) => {
    if (token !== null && request.url === token.url)
      return json({ status: 200, body: enveloped(token.token, 'pretended') });
    const url = new URL(request.url);
    for (const { method, path, handler, api, records } of served) {
      const match = method === request.method ? path.exec(url.pathname) : null;
      if (match === null) continue;
      const id = decodeURIComponent(match[1] ?? '');
      return json(await handler({ request, url, api, records, id }));
    }
    return json({
      status: 405,
      body: { message: `no route of the profile is ${request.method} ${url.pathname}` },
    });
  };
}

/** Routes without an id come first: `/customers/deleted` is no record. */
function routesOf(api: ApiDescription, records: PretendRecords): Served[] {
  const base = new URL(api.baseUrl).pathname.replace(/\/+$/, '');
  const served = CONTROLS.flatMap((name) => {
    const route: Route | null | undefined = api.routes[name];
    if (!route) return [];
    const path = route.path.split('?')[0] ?? '';
    const filled = path.replace('{collection}', records.entity.collection);
    const pattern = `${base}${filled}`.split('{id}').map(escaped).join('([^/]+)');
    const one = {
      method: route.method,
      path: new RegExp(`^${pattern}$`),
      handler: HANDLERS[name],
      api,
      records,
    };
    return [{ ...one, hasId: path.includes('{id}') }];
  });
  return served.toSorted((one, other) => Number(one.hasId) - Number(other.hasId));
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const shown = ({ api, records }: Called, record: PretendRecord, status = 200): Answer => ({
  status,
  body: enveloped(api.record.one, shownRecord(api, records.entity, record)),
  ...(api.concurrency?.kind === 'etag' ? { headers: { etag: `"${record.version}"` } } : {}),
});

const HANDLERS: Record<(typeof CONTROLS)[number], Handler> = {
  list: ({ api, records, url }) => {
    const { changedSince } = api;
    const asked = changedSince === null ? null : url.searchParams.get(changedSince.param);
    const since = asked === null ? null : readTime(asked, changedSince?.format ?? 'iso');
    const found = [...records.live.values()].filter((one) => since === null || one.updatedAt >= since);
    const page = paged(api, url, found).map((one) => shownRecord(api, records.entity, one));
    return { status: 200, body: enveloped(api.record.many, page) };
  },
  get: (called) => {
    const record = called.records.live.get(called.id);
    return record === undefined ? NOT_FOUND : shown(called, record);
  },
  create: async (called) =>
    shown(
      called,
      called.records.create(fieldsSent(called.api, called.records.entity, await bodyOf(called))),
      201,
    ),
  update: async (called) => {
    const record = called.records.live.get(called.id);
    if (record === undefined) return NOT_FOUND;
    const sent = fieldsSent(called.api, called.records.entity, await bodyOf(called));
    called.records.update(record, sent, called.api.updateMode);
    return shown(called, record);
  },
  remove: ({ records, id }) => {
    if (!records.live.has(id)) return NOT_FOUND;
    records.remove(id);
    return { status: 204, body: null };
  },
  deleted: ({ api, records, url }) => {
    const { deletions } = api;
    if (deletions === undefined) return { status: 200, body: enveloped(api.record.many, []) };
    const since = readTime(url.searchParams.get(deletions.param), deletions.format) ?? 0;
    const gone = [...records.gone.values()].filter((one) => one.at >= since);
    const items = gone.map(({ record, at }) => ({
      [deletions.id]: records.entity.idKind === 'integer' ? Number(record.id) : record.id,
      [deletions.at]: time(at, api.record.timeFormat),
    }));
    return { status: 200, body: enveloped(api.record.many, items) };
  },
  restore: (called) => {
    const record = called.records.restore(called.id);
    return record === null ? NOT_FOUND : shown(called, record);
  },
  revisions: ({ api, records, id }) => ({
    status: 200,
    body: Object.entries(records.live.get(id)?.times ?? {}).map(([path, at]) => ({
      at: time(at, api.record.timeFormat),
      changed: [path],
    })),
  }),
};

function paged({ paging }: ApiDescription, url: URL, found: PretendRecord[]): PretendRecord[] {
  if (paging.kind !== 'page' && paging.kind !== 'offset') return found;
  const asked = Number(url.searchParams.get(paging.kind === 'page' ? paging.pageParam : paging.offsetParam));
  const from = paging.kind === 'page' ? (asked - (paging.first ?? 1)) * paging.size : asked;
  return found.slice(from, from + paging.size);
}

async function bodyOf({ request }: Called): Promise<JsonObject> {
  const text = await request.text();
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}

function json({ status, body, headers = {} }: Answer) {
  const text = status === 204 ? null : JSON.stringify(body);
  return wireResponse(text, status, { 'content-type': 'application/json', ...headers });
}
