import type { EntityContract, Json, JsonObject } from '../../src/contract/field.js';
import { getPath } from '../../src/contract/path.js';
import { wireResponse } from '../../src/contract/wire.js';
import {
  allowQuery,
  readJson,
  readSize,
  Refusal,
  reply,
  replyText,
  type Call,
  type TwinContext,
} from './call.js';
import { listText, replyShown, showing } from './shown.js';
import type { Row } from './store.js';
import { isoTime, parseInstant } from './times.js';
import { Routes } from './routes.js';
import { validateFields } from './validate.js';

const NO_QUERY: ReadonlySet<string> = new Set();
const DELETED_QUERY: ReadonlySet<string> = new Set(['since']);
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

function entityOf({ context }: Call, collection: string): EntityContract {
  const entity = context.entities.get(collection);
  if (entity === undefined) throw new Refusal(404, 'not_found', `no collection ${collection}`);
  return entity;
}

function rowOf({ context }: Call, entity: EntityContract, id: string): Row {
  const row = context.store.table(entity).get(id);
  if (row === undefined) throw new Refusal(404, 'not_found', `no ${entity.name} ${id}`);
  return row;
}

const answer = (call: Call, row: Row, status: number) =>
  replyShown(call, shownOf(row, call.context), status, { ETag: etag(row) });

/** The webshop's API; see `WEBSHOP_API` for the convention. One set of routes serves every twin: the call names its own. */
export function webshopRoutes(): Routes {
  const routes = new Routes();

  routes.on('GET', '/:collection', ({ call, collection }) => listRows(call, entityOf(call, collection)));
  routes.on('GET', '/:collection/deleted', ({ call, collection }) => {
    const { url } = call;
    allowQuery(url, DELETED_QUERY);
    const since = parseInstant(url.searchParams.get('since'), 'since') ?? 0;
    const gone = call.context.store.tombstones.get(entityOf(call, collection).collection) ?? [];
    const found = gone.filter((one) => one.at >= since);
    return reply(
      call,
      found.map((one) => ({ id: idOut(one.id), deleted_at: isoTime(one.at, call.context.zoneMinutes) })),
    );
  });
  routes.on('GET', '/:collection/:id', ({ call, collection, id }) => {
    allowQuery(call.url, NO_QUERY);
    return answer(call, rowOf(call, entityOf(call, collection), id), 200);
  });
  routes.on('GET', '/:collection/:id/revisions', ({ call, collection, id }) => {
    const row = rowOf(call, entityOf(call, collection), id);
    return reply(
      call,
      row.revisions.map(({ at, changed }) => ({ at: isoTime(at, call.context.zoneMinutes), changed })),
    );
  });
  routes.on('POST', '/:collection', ({ call, collection, request }) => {
    const entity = entityOf(call, collection);
    const key = request.headers.get('Idempotency-Key');
    const earlier = call.context.store.byKey(entity, key);
    if (earlier !== null) return answer(call, earlier, 201);
    const body = readJson(call);
    validateFields(entity, body, 'create');
    const mutation = call.context.store.create(entity, body, key);
    call.mutations.push(mutation);
    return answer(call, rowOf(call, entity, mutation.id), 201);
  });
  routes.on('PUT', '/:collection/:id', ({ call, collection, id, request }) => {
    const entity = entityOf(call, collection);
    const row = rowOf(call, entity, id);
    const expected = request.headers.get('If-Match');
    const body = readJson(call);
    if (expected !== null && expected !== etag(row)) {
      throw new Refusal(412, 'precondition_failed', `the ${entity.name} has changed since`);
    }
    const { id: _id, created_at: _created, updated_at: _updated, ...fields } = body;
    validateFields(entity, fields, 'create');
    call.mutations.push(call.context.store.replace(entity, row, fields));
    return answer(call, row, 200);
  });
  routes.on('DELETE', '/:collection/:id', ({ call, collection, id }) => {
    const entity = entityOf(call, collection);
    call.mutations.push(call.context.store.remove(entity, rowOf(call, entity, id)));
    return wireResponse(null, 204, {}) as Response;
  });
  return routes;
}

const etag = (row: Row) => `"${row.version.toString(36)}-${row.id}"`;
const idOut = (id: string): Json => (/^\d+$/.test(id) ? Number(id) : id);

function view(row: Row, { zoneMinutes }: TwinContext): JsonObject {
  return {
    id: idOut(row.id),
    created_at: isoTime(row.createdAt, zoneMinutes),
    updated_at: row.isUnstamped === true ? null : isoTime(row.updatedAt, zoneMinutes),
    ...row.fields,
  };
}

const shownOf = showing(view);

type Parameters = { filters: string[]; known: ReadonlySet<string> };
const parameters = new WeakMap<EntityContract, Parameters>();

/** A listing may be filtered by each field. */
function parametersOf(entity: EntityContract): Parameters {
  let own = parameters.get(entity);
  if (own === undefined) {
    const filters = entity.fields.map((field) => field.path);
    own = { filters, known: new Set(['page', 'per_page', 'updated_since', ...filters]) };
    parameters.set(entity, own);
  }
  return own;
}

function listRows(call: Call, entity: EntityContract): Response {
  const { url } = call;
  const { filters, known } = parametersOf(entity);
  allowQuery(url, known);
  const size = readSize(url, 'per_page', DEFAULT_PAGE, MAX_PAGE);
  const page = readSize(url, 'page', 1, 1_000_000);
  const since = parseInstant(url.searchParams.get('updated_since'), 'updated_since');
  const asked = url.searchParams.size === 0 ? [] : filters.filter((path) => url.searchParams.has(path));
  const rows = call.context.store
    .changedSince(entity, since)
    .filter((row) => asked.every((path) => String(getPath(row.fields, path)) === url.searchParams.get(path)));
  const shown = rows.slice((page - 1) * size, page * size).map((row) => shownOf(row, call.context));
  const headers: Record<string, string> = { 'X-Total-Count': String(rows.length) };
  if (page * size < rows.length) {
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    headers['Link'] = `<${next.href}>; rel="next"`;
  }
  const json = shown.map((one) => one.json);
  return replyText(call, json, listText(shown), 200, headers);
}
