import { cloneJson } from '../contract/clone-json.js';
import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import {
  wireHeaders,
  wireRequest,
  type WireFetch,
  type WireHeaders,
  type WireResponse,
} from '../contract/wire.js';
import { getPath, setInPlace } from '../contract/path.js';
import type { Side } from '../checklist/policies.js';
import type { ApiCredentials } from './credentials.js';
import { SystemError, type StoredRecord, type System } from './ports.js';
import { decodeRecord, encodeFields, routeUrl } from './record-codec.js';

/** A system behind an API as its description says, used with the harness's credentials. Errors: `SystemError`. */
export function httpSystem(
  side: Side,
  contract: SystemContract,
  fetch: WireFetch,
  credentials: ApiCredentials,
): System {
  const { api } = contract;
  let token: string | null = null;

  const authorise = async (headers: WireHeaders): Promise<void> => {
    if (api.auth.kind === 'api-key-header') headers.set(api.auth.header, credentials.key);
    if (api.auth.kind !== 'client-credentials') return;
    token ??= await fetchToken(api.auth.tokenPath);
    headers.set('authorization', `Bearer ${token}`);
  };
  const fetchToken = async (path: string): Promise<string> => {
    const body = {
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    };
    const response = await fetch(
      wireRequest(`${api.baseUrl}${path}`, { method: 'POST', body: JSON.stringify(body) }),
    );
    const answer = (await response.json()) as { access_token?: string };
    if (answer.access_token === undefined)
      throw new SystemError(contract.name, 'POST', path, response.status, 'no token');
    return answer.access_token;
  };
  const call = async (
    method: string,
    url: string,
    body: JsonObject | null,
    extra: Record<string, string> = {},
  ): Promise<WireResponse> => {
    let used: string | null = null;
    const attempt = async (): Promise<WireResponse> => {
      const headers = wireHeaders(extra);
      if (body !== null) headers.set('content-type', 'application/json');
      await authorise(headers);
      used = token;
      return fetch(wireRequest(url, { method, headers, body: body === null ? null : JSON.stringify(body) }));
    };
    let response = await attempt();
    if (response.status === 401 && used !== null) {
      if (token === used) token = null;
      response = await attempt();
    }
    if (response.ok || response.status === 404) return response;
    throw new SystemError(contract.name, method, url, response.status, (await response.text()).slice(0, 400));
  };
  const entityOf = (name: string): EntityContract => {
    const entity = contract.entities.find((one) => one.name === name);
    if (entity === undefined)
      throw new SystemError(contract.name, '-', name, null, 'the contract holds no such entity');
    return entity;
  };
  const read = async (response: WireResponse): Promise<StoredRecord | null> => {
    if (response.status === 404) return null;
    return decodeRecord(api, (await response.json()) as Json, response.headers.get('etag'));
  };
  const demand = (record: StoredRecord | null, url: string): StoredRecord => {
    if (record === null) throw new SystemError(contract.name, '-', url, 404, 'the record is not there');
    return record;
  };
  const get = async (entityName: string, id: string): Promise<StoredRecord | null> => {
    const url = routeUrl(api, api.routes.get.path, entityOf(entityName), id);
    return read(await call(api.routes.get.method, url, null));
  };

  return {
    side,
    contract,
    get,
    async create(entityName, fields) {
      const url = routeUrl(api, api.routes.create.path, entityOf(entityName), null);
      return demand(await read(await call(api.routes.create.method, url, encodeFields(api, fields))), url);
    },
    async update(entityName, id, changes) {
      const url = routeUrl(api, api.routes.update.path, entityOf(entityName), id);
      const current = demand(await get(entityName, id), url);
      const fields =
        api.updateMode === 'replace' ? cloneJson(current.fields) : partsOf(current.fields, changes);
      for (const [path, value] of Object.entries(changes)) setInPlace(fields, path, value);
      const body = encodeFields(api, fields);
      if (api.concurrency?.kind === 'version' && current.version !== null)
        body[api.concurrency.path] = Number(current.version);
      const headers: Record<string, string> = {};
      if (api.concurrency?.kind === 'etag' && current.version !== null) headers['If-Match'] = current.version;
      return demand(await read(await call(api.routes.update.method, url, body, headers)), url);
    },
    async remove(entityName, id) {
      const route = api.routes.remove;
      if (route === null)
        throw new SystemError(contract.name, 'DELETE', id, null, 'the system cannot delete');
      await call(route.method, routeUrl(api, route.path, entityOf(entityName), id), null);
    },
    async restore(entityName, id) {
      const { restore } = api.routes;
      if (restore === undefined)
        throw new SystemError(contract.name, 'POST', id, null, 'the system cannot restore');
      await call(restore.method, routeUrl(api, restore.path, entityOf(entityName), id), null);
    },
    async list(entityName, since) {
      const entity = entityOf(entityName);
      const records: StoredRecord[] = [];
      let query: URLSearchParams | null = firstPage(contract, since);
      while (query !== null) {
        const url = `${routeUrl(api, api.routes.list.path, entity, null)}?${query.toString()}`;
        const response = await call(api.routes.list.method, url, null);
        const body = (await response.json()) as Json;
        const many = api.record.many === null ? body : getPath(body as JsonObject, api.record.many);
        const items = Array.isArray(many) ? many : [];
        records.push(...items.flatMap((item) => decodeRecord(api, item, null) ?? []));
        query = nextPage(contract, query, body, items.length);
      }
      return records;
    },
  };
}

/** The top-level members that a merge update must carry whole: lists are replaced by providers, not merged. */
function partsOf(current: JsonObject, changes: Record<string, Json>): JsonObject {
  const fields: JsonObject = {};
  for (const path of Object.keys(changes)) {
    const top = path.split(/[.[]/)[0] ?? path;
    if (path.includes('[') && current[top] !== undefined) fields[top] = cloneJson(current[top]);
  }
  return fields;
}

function firstPage({ api }: SystemContract, since?: number): URLSearchParams {
  const { paging, changedSince } = api;
  const query = new URLSearchParams();
  if (since !== undefined && changedSince !== null)
    query.set(
      changedSince.param,
      changedSince.format === 'iso' ? new Date(since).toISOString() : String(since),
    );
  if (paging.kind === 'none') return query;
  query.set(paging.sizeParam, String(paging.size));
  if (paging.kind === 'page') query.set(paging.pageParam, '1');
  if (paging.kind === 'offset') query.set(paging.offsetParam, '0');
  return query;
}

function nextPage(
  { api }: SystemContract,
  query: URLSearchParams,
  body: Json,
  count: number,
): URLSearchParams | null {
  const { paging } = api;
  const next = new URLSearchParams(query);
  if (paging.kind === 'cursor') {
    const cursor = getPath(body as JsonObject, paging.next);
    if (cursor === null) return null;
    next.set(paging.cursorParam, String(cursor));
    return next;
  }
  if (paging.kind === 'none' || count < paging.size) return null;
  const [param, step] = paging.kind === 'page' ? [paging.pageParam, 1] : [paging.offsetParam, paging.size];
  next.set(param, String(Number(next.get(param)) + step));
  return next;
}
