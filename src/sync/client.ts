import type { Route, SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { cloneJson } from '../contract/clone-json.js';
import { ClientError } from './client-error.js';
import { isObject } from './json.js';
import { accessor, dig } from './paths.js';
import type { Answer, Transport } from './transport.js';

/** A record as read: `updatedAt` and `fieldTimes` on the sync's own clock, epoch ms. */
export type Remote = {
  id: string;
  fields: JsonObject;
  updatedAt: number;
  version: string | null;
  fieldTimes: Record<string, number> | null;
};

const MOST_PAGES = 10_000;
const MOST_PASSES = 8;

/** Reads and writes the records of one system as its API description says. */
export class Client {
  constructor(
    readonly contract: SystemContract,
    private readonly transport: Transport,
  ) {}

  async get(entity: EntityContract, id: string): Promise<Remote | null> {
    try {
      return this.decode(await this.call(this.contract.api.routes.get, entity, id));
    } catch (error) {
      if (error instanceof ClientError && error.kind === 'missing') return null;
      throw error;
    }
  }

  /**
   * All records that changed at or after `since` on the sync's clock (I19). Rows may move to another page while the
   * pages are read, so that several pages are read again until nothing new is seen.
   */
  async changed(entity: EntityContract, since: number | null, reread: boolean): Promise<Remote[]> {
    const found = new Map<string, Remote>();
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const { pages, news } = await this.readPages(entity, since, found);
      if (!reread || pages === 1 || !news) break;
    }
    return [...found.values()];
  }

  private async readPages(
    entity: EntityContract,
    since: number | null,
    found: Map<string, Remote>,
  ): Promise<{ pages: number; news: boolean }> {
    const { paging, changedSince, record, routes } = this.contract.api;
    let pages = 0;
    let news = false;
    const query = new URLSearchParams();
    if (since !== null && changedSince !== null) {
      const at = since + this.transport.skewMs;
      query.set(changedSince.param, changedSince.format === 'iso' ? new Date(at).toISOString() : String(at));
    }
    if (paging.kind !== 'none') query.set(paging.sizeParam, String(paging.size));
    for (let page = 0; page < MOST_PAGES; page++) {
      if (paging.kind === 'page') query.set(paging.pageParam, String(page + 1));
      if (paging.kind === 'offset') query.set(paging.offsetParam, String(page * paging.size));
      const answer = await this.call(routes.list, entity, null, undefined, {}, `?${query.toString()}`);
      const many = record.many === null ? answer.body : dig(answer.body, record.many);
      if (!Array.isArray(many))
        throw new ClientError('transient', `the list of ${entity.name} holds no array`, null);
      for (const item of many) {
        const remote = this.decode({ ...answer, body: item });
        if (remote === null) continue;
        news ||= found.get(remote.id)?.updatedAt !== remote.updatedAt;
        found.set(remote.id, remote);
      }
      pages += 1;
      if (paging.kind === 'cursor') {
        const next = dig(answer.body, paging.next);
        if (typeof next !== 'string' && typeof next !== 'number') break;
        query.set(paging.cursorParam, String(next));
      } else if (paging.kind === 'none' || many.length < paging.size) break;
    }
    return { pages, news };
  }

  /** Ids deleted at or after a time; null when the system cannot tell. */
  async deleted(entity: EntityContract, since: number | null): Promise<{ id: string; at: number }[] | null> {
    const { routes, changedSince, record } = this.contract.api;
    if (routes.deleted === null) return null;
    const iso = changedSince?.format === 'iso';
    const at = (since ?? 0) + (since === null ? 0 : this.transport.skewMs);
    const param = iso ? `?since=${encodeURIComponent(new Date(at).toISOString())}` : `?updatedAfter=${at}`;
    const answer = await this.call(routes.deleted, entity, null, undefined, {}, param);
    const many = record.many === null ? answer.body : dig(answer.body, record.many);
    if (!Array.isArray(many))
      throw new ClientError('transient', `the deletions of ${entity.name} hold no array`, null);
    return many.flatMap((item) => {
      const id = dig(item, record.id);
      const when = this.time(dig(item, iso ? 'deleted_at' : 'archivedAt') ?? null);
      return id === undefined || id === null ? [] : [{ id: String(id), at: when }];
    });
  }

  /** Sent once: when its answer is lost, the caller sends it again under the same key (I16). */
  async create(entity: EntityContract, fields: JsonObject, key: string): Promise<Remote> {
    const { idempotency, routes } = this.contract.api;
    const body = this.encode(fields);
    if (idempotency?.kind === 'body') accessor(idempotency.path).write(body, key);
    const headers: Record<string, string> = idempotency?.kind === 'header' ? { [idempotency.name]: key } : {};
    const answer = await this.call(routes.create, entity, null, body, headers);
    return this.demand(this.decode(answer));
  }

  /** Writes the changed paths only; other fields stay as they were read, and a record changed since is refused. */
  async update(entity: EntityContract, current: Remote, changes: Map<string, Json>): Promise<Remote> {
    const { updateMode, concurrency, routes } = this.contract.api;
    const whole = cloneJson(current.fields);
    for (const [path, value] of changes) accessor(path).write(whole, value);
    const body = this.encode(updateMode === 'replace' ? whole : partOf(whole, changes));
    if (concurrency?.kind === 'version' && current.version !== null)
      body[concurrency.path] = Number(current.version);
    const headers: Record<string, string> = {};
    if (concurrency?.kind === 'etag' && current.version !== null) headers['If-Match'] = current.version;
    return this.demand(this.decode(await this.call(routes.update, entity, current.id, body, headers)));
  }

  async remove(entity: EntityContract, id: string): Promise<void> {
    if (this.contract.api.routes.remove !== null)
      await this.call(this.contract.api.routes.remove, entity, id);
  }

  /** When single fields of a record last changed; falls back to nothing where the system does not tell. */
  async fieldTimes(entity: EntityContract, remote: Remote): Promise<Record<string, number>> {
    if (remote.fieldTimes !== null) return remote.fieldTimes;
    const route = this.contract.api.routes.revisions;
    if (route === null) return {};
    const { body } = await this.call(route, entity, remote.id);
    const times: Record<string, number> = {};
    for (const revision of Array.isArray(body) ? body : []) {
      const changed = dig(revision, 'changed');
      const at = this.time(dig(revision, 'at') ?? null);
      for (const path of Array.isArray(changed) ? changed : [])
        times[String(path)] = Math.max(at, times[String(path)] ?? 0);
    }
    return times;
  }

  private call(
    route: Route,
    entity: EntityContract,
    id: string | null,
    body?: JsonObject,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<Answer> {
    const path = route.path
      .replace('{collection}', entity.collection)
      .replace('{id}', encodeURIComponent(id ?? ''));
    const url = `${this.contract.api.baseUrl}${path}${query}`;
    const call = { method: route.method, url, headers, repeatable: route.method === 'GET' };
    return this.transport.send(body === undefined ? call : { ...call, body });
  }

  private encode(fields: JsonObject): JsonObject {
    const { record } = this.contract.api;
    if (record.fields === null) return { ...fields };
    const inner: JsonObject = {};
    const body: JsonObject = { [record.fields]: inner };
    for (const [name, value] of Object.entries(fields))
      (record.besideFields.includes(name) ? body : inner)[name] = value;
    return body;
  }

  private decode(answer: Answer): Remote | null {
    const { record, concurrency } = this.contract.api;
    const body =
      record.one === null || isObject(answer.body) === false
        ? answer.body
        : (dig(answer.body, record.one) ?? answer.body);
    if (!isObject(body)) return null;
    const id = dig(body, record.id);
    if (id === undefined || id === null) return null;
    const inner = record.fields === null ? body : dig(body, record.fields);
    const fields: JsonObject = isObject(inner) ? { ...inner } : {};
    for (const name of record.besideFields) if (body[name] !== undefined) fields[name] = body[name];
    if (record.fields === null)
      for (const name of [record.id, record.createdAt, record.updatedAt])
        if (name !== null) delete fields[name];
    const times = record.fieldTimes === null ? undefined : dig(body, record.fieldTimes);
    const version =
      concurrency?.kind === 'version' ? dig(body, concurrency.path) : answer.headers.get('etag');
    return {
      id: String(id),
      fields,
      updatedAt: record.updatedAt === null ? 0 : this.time(dig(body, record.updatedAt) ?? null),
      version: version === undefined || version === null ? null : String(version),
      fieldTimes: isObject(times)
        ? Object.fromEntries(Object.entries(times).map(([path, at]) => [path, this.time(at)]))
        : null,
    };
  }

  private demand(remote: Remote | null): Remote {
    if (remote === null) throw new ClientError('transient', 'the answer holds no record', null);
    return remote;
  }

  private time(value: Json): number {
    const at = typeof value === 'number' ? value : Date.parse(String(value));
    return Number.isNaN(at) ? 0 : at - this.transport.skewMs;
  }
}

/** The top-level members that hold a changed path; plain objects among them hold only what changed. */
function partOf(whole: JsonObject, changes: Map<string, Json>): JsonObject {
  const part: JsonObject = {};
  for (const [path, value] of changes) {
    const { top } = accessor(path);
    if (path.includes('[')) part[top] = whole[top] ?? null;
    else accessor(path).write(part, value);
  }
  return part;
}
