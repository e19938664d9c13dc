import type { ApiDescription, Route, SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { cloneJson } from '../contract/clone-json.js';
import { filterQuery, sinceQuery } from '../contract/http/changed-since.js';
import { bodyOf, openRecord, unwrapOne } from '../contract/http/envelope.js';
import { apiFor, callUrl } from '../contract/http/entity-api.js';
import { firstPage, listItems, nextPage } from '../contract/http/paging.js';
import { readTime, renderTime } from '../contract/http/time.js';
import { ClientError } from './client-error.js';
import { isObject } from './json.js';
import { MalformedAnswer } from './malformed-answer.js';
import { hasFields, recordFrom, refuseLoss, type Remote } from './usable-record.js';
import { accessor, dig } from './paths.js';
import type { Answer, Call, Transport } from './transport.js';

export type { Remote } from './usable-record.js';
export type Listing = { found: Remote[]; unusable: number };

const MOST_PAGES = 10_000;
const MOST_PASSES = 8;

/** Reads and writes the records of one system as its API description says. */
export class Client {
  private readonly shown = new WeakMap<
    JsonObject,
    { api: ApiDescription; skewMs: number; remote: Remote | null }
  >();

  constructor(
    readonly contract: SystemContract,
    private readonly transport: Transport,
  ) {}

  async get(entity: EntityContract, id: string): Promise<Remote | null> {
    try {
      const answer = await this.call(this.apiOf(entity).routes.get, entity, id);
      return recordFrom(this.apiOf(entity), entity, id, answer, this.decode(entity, answer));
    } catch (error) {
      if (error instanceof ClientError && error.kind === 'missing') return null;
      throw error;
    }
  }

  /**
   * All records that changed at or after `since` on the provider's clock (I19): its distance from ours is measured in
   * whole seconds and may change, so that a time put over and back again could pass a record. Rows may move to another
   * page while the pages are read, so that several pages are read again until nothing new is seen. `unusable` counts
   * the items that are no record.
   */
  async changed(entity: EntityContract, since: number | null, reread: boolean): Promise<Listing> {
    const found = new Map<string, Remote>();
    const api = this.apiOf(entity);
    let unusable = 0;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const filter = since === null ? {} : (sinceQuery(api, since) ?? {});
      const { pages, news, skipped } = await this.readPages(entity, filter, found);
      unusable = Math.max(unusable, skipped);
      if (!reread || pages === 1 || !news) break;
    }
    return { found: [...found.values()], unusable };
  }

  /** The time on the provider's clock, epoch ms; what it shows of later than this is no time to go on from. */
  now(): number {
    return this.transport.now();
  }

  /** Every record. Errors: `MalformedAnswer` when an item is none, since it would look like one that is gone. */
  async all(entity: EntityContract): Promise<Remote[]> {
    const { found, unusable } = await this.changed(entity, null, true);
    if (unusable === 0) return found;
    throw new MalformedAnswer(`${unusable} items of the list of ${entity.name} are no record`, null);
  }

  /** Whether a poll reads the whole listing, so that a record missing from it is a record that is gone. */
  readsWhole(entity: EntityContract, since: number | null): boolean {
    return since === null || sinceQuery(this.apiOf(entity), since) === null;
  }

  /** Records whose property holds a value exactly; null where the provider has no such filter. */
  async having(entity: EntityContract, path: string, value: string): Promise<Remote[] | null> {
    const query = filterQuery(this.apiOf(entity), path, value);
    if (query === null) return null;
    const found = new Map<string, Remote>();
    await this.readPages(entity, query, found);
    return [...found.values()];
  }

  private async readPages(
    entity: EntityContract,
    filter: Record<string, string>,
    found: Map<string, Remote>,
  ): Promise<{ pages: number; news: boolean; skipped: number }> {
    const api = this.apiOf(entity);
    let news = false;
    let skipped = 0;
    const query = { ...entity.api?.readQuery, ...filter };
    let url: string | null = firstPage(api, callUrl(api, api.routes.list.path, entity, null, query));
    let pages = 0;
    for (; url !== null; pages++) {
      // What is left out would count as read.
      if (pages === MOST_PAGES)
        throw new MalformedAnswer(`the list of ${entity.name} does not end after ${MOST_PAGES} pages`, null);
      const page: string = url;
      const answer: Answer = await this.transport.send({
        method: api.routes.list.method,
        url: page,
        repeatable: true,
        isPoll: true,
      });
      const items = listItems(api, answer.body);
      if (items === null)
        throw new MalformedAnswer(`the list of ${entity.name} holds no array`, api.record.many);
      for (const item of items) {
        const remote = this.listed(api, item);
        if (remote === null) {
          skipped += 1;
          continue;
        }
        news ||= found.get(remote.id)?.stamp !== remote.stamp;
        found.set(remote.id, remote);
      }
      const link = answer.headers.get('link');
      url = this.following(() => nextPage(api, page, { body: answer.body, count: items.length, link }));
    }
    return { pages, news, skipped };
  }

  private following(next: () => string | null): string | null {
    try {
      return next();
    } catch (error) {
      throw new MalformedAnswer(error instanceof Error ? error.message : String(error), null);
    }
  }

  /** Ids deleted at or after a time on the provider's clock; null when the system cannot tell. */
  async deleted(entity: EntityContract, since: number | null): Promise<{ id: string; at: number }[] | null> {
    const api = this.apiOf(entity);
    const { routes, deletions } = api;
    if (routes.deleted === null || deletions === undefined) return null;
    const query = { [deletions.param]: renderTime(since ?? 0, deletions.format) };
    const answer = await this.call(routes.deleted, entity, null, { query });
    const items = listItems(api, answer.body);
    if (items === null)
      throw new MalformedAnswer(`the deletions of ${entity.name} hold no array`, api.record.many);
    return items.map((item) => {
      const id = dig(item, deletions.id);
      if (typeof id !== 'string' && typeof id !== 'number')
        throw new MalformedAnswer(`a deletion of ${entity.name} names no record`, deletions.id);
      return { id: String(id), at: readTime(dig(item, deletions.at) ?? null, api.record.timeFormat) ?? 0 };
    });
  }

  /** Sent once: when its answer is lost, the caller sends it again under the same key (I16). */
  async create(
    entity: EntityContract,
    fields: JsonObject,
    key: string,
    onSend: () => void = () => {},
  ): Promise<Remote> {
    const api = this.apiOf(entity);
    const { idempotency, routes } = api;
    const extras: JsonObject = idempotency?.kind === 'body' ? { [idempotency.path]: key } : {};
    const body = bodyOf(api, entity, fields, extras);
    const headers: Record<string, string> = idempotency?.kind === 'header' ? { [idempotency.name]: key } : {};
    const answer = await this.call(routes.create, entity, null, { body, headers, onSend });
    const made = this.decode(entity, answer);
    if (made === null)
      throw new MalformedAnswer(`the answer to a new ${entity.name} holds no record`, api.record.id);
    return made;
  }

  /** Writes the changed paths only; other fields stay as they were read, and a record changed since is refused. */
  async update(entity: EntityContract, current: Remote, changes: Map<string, Json>): Promise<Remote> {
    const api = this.apiOf(entity);
    const { updateMode, concurrency, routes } = api;
    if (updateMode === 'replace') refuseLoss(api, entity, current);
    const whole = cloneJson(current.fields);
    for (const [path, value] of changes) accessor(path).write(whole, value);
    const extras: JsonObject = {};
    if (concurrency?.kind === 'version' && current.version !== null)
      extras[concurrency.path] = /^\d{1,15}$/.test(current.version)
        ? Number(current.version)
        : current.version;
    const body = bodyOf(api, entity, updateMode === 'replace' ? whole : partOf(whole, changes), extras);
    const headers: Record<string, string> = {};
    if (concurrency?.kind === 'etag' && current.version !== null) headers['If-Match'] = current.version;
    const answer = await this.call(routes.update, entity, current.id, { body, headers });
    const shown = this.decode(entity, answer);
    const isShown = shown !== null && shown.id === current.id && hasFields(api, unwrapOne(api, answer.body));
    const now = isShown ? shown : await this.get(entity, current.id);
    if (now === null) throw new ClientError('missing', `the record ${current.id} is gone`, null);
    return now;
  }

  async remove(entity: EntityContract, id: string): Promise<void> {
    const { remove } = this.apiOf(entity).routes;
    if (remove !== null) await this.call(remove, entity, id);
  }

  /** When single fields of a record last changed; falls back to nothing where the system does not tell. */
  async fieldTimes(entity: EntityContract, remote: Remote): Promise<Record<string, number>> {
    if (remote.fieldTimes !== null) return remote.fieldTimes;
    const api = this.apiOf(entity);
    const route = api.routes.revisions;
    if (route === null) return {};
    const { body } = await this.call(route, entity, remote.id);
    if (!Array.isArray(body))
      throw new MalformedAnswer(`the revisions of ${entity.name} ${remote.id} are no list`, null);
    const times: Record<string, number> = {};
    for (const revision of body) {
      const changed = dig(revision, 'changed');
      const at = this.time(api, dig(revision, 'at') ?? null);
      for (const path of Array.isArray(changed) ? changed : [])
        times[String(path)] = Math.max(at, times[String(path)] ?? 0);
    }
    return times;
  }

  private call(
    route: Route,
    entity: EntityContract,
    id: string | null,
    {
      query = {},
      ...more
    }: Partial<Pick<Call, 'body' | 'headers' | 'onSend'>> & { query?: Record<string, string> } = {},
  ): Promise<Answer> {
    const isRead = route.method === 'GET';
    const own = isRead && id !== null ? (entity.api?.readQuery ?? {}) : {};
    const url = callUrl(this.contract.api, route.path, entity, id, { ...own, ...query });
    return this.transport.send({
      method: route.method,
      url,
      repeatable: isRead,
      ofRecord: id !== null,
      ...more,
    });
  }

  /** The API as this entity sees it. */
  apiOf(entity: EntityContract): ApiDescription {
    return apiFor(this.contract.api, entity);
  }

  private decode(entity: EntityContract, answer: Answer): Remote | null {
    const api = this.apiOf(entity);
    return this.opened(api, unwrapOne(api, answer.body), answer.headers.get('etag'));
  }

  /** An item of a listing; one that was shown before is not taken apart again. */
  private listed(api: ApiDescription, item: Json): Remote | null {
    if (!isObject(item)) return null;
    const { skewMs } = this.transport;
    const last = this.shown.get(item);
    if (last?.api === api && last.skewMs === skewMs) return last.remote;
    const remote = hasFields(api, item) ? this.opened(api, item, null) : null;
    this.shown.set(item, { api, skewMs, remote });
    return remote;
  }

  /** Where the provider gives no update time before the first update, the time of creation stands in. */
  private opened(api: ApiDescription, body: Json, etag: string | null): Remote | null {
    const record = openRecord(api, body, etag);
    if (record === null) return null;
    const local = (at: number | null) => (at === null ? 0 : at - this.transport.skewMs);
    const { id, fields, version, createdAt, fieldTimes } = record;
    const stamp = api.record.updatedAt === null ? null : (record.updatedAt ?? createdAt);
    return {
      id,
      fields,
      version,
      stamp: stamp ?? 0,
      createdAt: createdAt === null ? null : local(createdAt),
      updatedAt: local(stamp),
      fieldTimes:
        fieldTimes === null
          ? null
          : Object.fromEntries(Object.entries(fieldTimes).map(([path, at]) => [path, local(at)])),
    };
  }

  private time(api: ApiDescription, value: Json): number {
    const at = readTime(value, api.record.timeFormat);
    return at === null ? 0 : at - this.transport.skewMs;
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
