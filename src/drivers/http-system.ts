import { cloneJson } from '../contract/clone-json.js';
import type { ApiDescription, SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { bodyOf, unwrapOne } from '../contract/http/envelope.js';
import { sinceQuery } from '../contract/http/changed-since.js';
import { firstPage, listItems, nextPage, withQuery } from '../contract/http/paging.js';
import type { WireFetch } from '../contract/wire.js';
import { setInPlace } from '../contract/path.js';
import type { Side } from '../checklist/policies.js';
import type { ApiCredentials } from './credentials.js';
import { HttpCalls, type ApiAnswer, type ApiCall, type Patience } from './http-calls.js';
import { SystemError, type StoredRecord, type System } from './ports.js';
import { decodeRecord } from './record-codec.js';

const MOST_PAGES = 10_000;

/** A system behind an API as its description says, used with the harness's credentials. Errors: `SystemError`. */
export function httpSystem(
  side: Side,
  contract: SystemContract,
  fetch: WireFetch,
  credentials: ApiCredentials,
  patience: Patience | null = null,
): System {
  return systemOver(side, new HttpCalls(contract, fetch, credentials, patience));
}

/** A system over calls that exist already. */
export function systemOver(side: Side, calls: HttpCalls): System {
  const { contract } = calls;
  const fail = (call: ApiCall, status: number | null, detail: string) =>
    new SystemError(contract.name, call.route.method, calls.urlOf(call), status, detail);
  const read = (api: ApiDescription, answer: ApiAnswer): StoredRecord | null =>
    answer.missing ? null : decodeRecord(api, unwrapOne(api, answer.body), answer.etag);
  const get = async (name: string, id: string): Promise<StoredRecord | null> => {
    const entity = calls.entity(name);
    const api = calls.apiOf(entity);
    const call = { entity, route: api.routes.get, id };
    const answer = await calls.send(call);
    const record = read(api, answer);
    if (record === null && !answer.missing) throw fail(call, answer.status, noRecord(api));
    return record;
  };
  /** Sends a change and gives the record; providers that answer with none are asked for it. */
  const change = async (call: ApiCall): Promise<StoredRecord> => {
    const api = calls.apiOf(call.entity);
    const answer = await calls.send(call);
    if (answer.missing) throw fail(call, answer.status, 'the record is not there');
    const record = read(api, answer) ?? (call.id === null ? null : await get(call.entity.name, call.id));
    if (record === null) throw fail(call, answer.status, noRecord(api));
    return record;
  };

  return {
    side,
    contract,
    get,
    async create(name, fields) {
      const entity = calls.entity(name);
      const api = calls.apiOf(entity);
      return change({ entity, route: api.routes.create, id: null, body: bodyOf(api, entity, fields) });
    },
    async update(name, id, changes) {
      const entity = calls.entity(name);
      const api = calls.apiOf(entity);
      const current = await get(name, id);
      if (current === null)
        throw fail({ entity, route: api.routes.update, id }, 404, 'the record is not there');
      return change(updateCall(api, entity, current, changes));
    },
    async remove(name, id) {
      const entity = calls.entity(name);
      const route = calls.apiOf(entity).routes.remove;
      if (route === null)
        throw new SystemError(contract.name, 'DELETE', id, null, 'the system cannot delete');
      await calls.send({ entity, route, id });
    },
    async restore(name, id) {
      const entity = calls.entity(name);
      const route = calls.apiOf(entity).routes.restore;
      if (route === undefined || route === null)
        throw new SystemError(contract.name, 'POST', id, null, 'the system cannot restore');
      await calls.send({ entity, route, id });
    },
    async list(name, since) {
      const entity = calls.entity(name);
      const api = calls.apiOf(entity);
      const call: ApiCall = { entity, route: api.routes.list, id: null };
      const records: StoredRecord[] = [];
      const own = since === undefined ? {} : (sinceQuery(api, since) ?? {});
      let url: string | null = firstPage(api, withQuery(calls.urlOf(call), own));
      for (let page = 0; url !== null && page < MOST_PAGES; page++) {
        const { body, link, status } = await calls.send({ ...call, url });
        const items = listItems(api, body);
        if (items === null) throw fail(call, status, noList(api));
        records.push(...items.flatMap((item) => decodeRecord(api, item, null) ?? []));
        url = nextPage(api, url, { body, link, count: items.length });
      }
      return records;
    },
  };
}

const noRecord = ({ record }: ApiDescription) =>
  `the answer holds no record${record.one === null ? '' : ` at ${record.one}`} with ${record.id}`;
const noList = ({ record }: ApiDescription) =>
  `the answer holds no array${record.many === null ? '' : ` at ${record.many}`}`;

/** The update of a record as it was read, tied to its version where the provider keeps one. */
export function updateCall(
  api: ApiDescription,
  entity: EntityContract,
  current: StoredRecord,
  changes: Record<string, Json>,
): ApiCall {
  const fields = api.updateMode === 'replace' ? cloneJson(current.fields) : partsOf(current.fields, changes);
  for (const [path, value] of Object.entries(changes)) setInPlace(fields, path, value);
  const { concurrency } = api;
  const extras: Record<string, Json> = {};
  const headers: Record<string, string> = {};
  if (concurrency?.kind === 'version' && current.version !== null)
    extras[concurrency.path] = versionOf(current.version);
  if (concurrency?.kind === 'etag' && current.version !== null) headers['If-Match'] = current.version;
  const body = bodyOf(api, entity, fields, extras);
  return { entity, route: api.routes.update, id: current.id, body, headers };
}

const versionOf = (text: string): Json => (/^\d{1,15}$/.test(text) ? Number(text) : text);

/** The top-level members that a merge update must carry whole: lists are replaced by providers, not merged. */
function partsOf(current: JsonObject, changes: Record<string, Json>): JsonObject {
  const fields: JsonObject = {};
  for (const path of Object.keys(changes)) {
    const top = path.split(/[.[]/)[0] ?? path;
    if (path.includes('[') && current[top] !== undefined) fields[top] = cloneJson(current[top]);
  }
  return fields;
}
