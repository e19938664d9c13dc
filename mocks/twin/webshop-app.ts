import { PatternRouter } from 'hono/router/pattern-router';
import { Hono } from 'hono';
import type { EntityContract, Json, JsonObject } from '../../src/contract/field.js';
import { getPath } from '../../src/contract/path.js';
import { wireResponse } from '../../src/contract/wire.js';
import { renderError } from './errors.js';
import { allowQuery, readJson, readSize, Refusal, reply, type Call, type TwinContext } from './call.js';
import type { Row } from './store.js';
import { isoTime, parseInstant } from './times.js';
import { validateFields } from './validate.js';

type Env = { Bindings: Call };
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
  reply(call, view(row, call.context), status, { ETag: etag(row) });

/** The webshop's API; see `WEBSHOP_API` for the convention. One app serves every twin: the call names its own. */
export function webshopApp(): Hono<Env> {
  const app = new Hono<Env>({ router: new PatternRouter() });
  app.onError((error, c) => renderError(error, 'webshop', c.env));
  app.notFound((c) => renderError(new Refusal(404, 'not_found', 'no such route'), 'webshop', c.env));

  app.get('/:collection', (c) => listRows(c.env, entityOf(c.env, c.req.param('collection'))));
  app.get('/:collection/deleted', (c) => {
    const { url } = c.env;
    allowQuery(url, DELETED_QUERY);
    const since = parseInstant(url.searchParams.get('since'), 'since') ?? 0;
    const gone =
      c.env.context.store.tombstones.get(entityOf(c.env, c.req.param('collection')).collection) ?? [];
    const found = gone.filter((one) => one.at >= since);
    return reply(
      c.env,
      found.map((one) => ({ id: idOut(one.id), deleted_at: isoTime(one.at, c.env.context.zoneMinutes) })),
    );
  });
  app.get('/:collection/:id', (c) => {
    allowQuery(c.env.url, NO_QUERY);
    return answer(c.env, rowOf(c.env, entityOf(c.env, c.req.param('collection')), c.req.param('id')), 200);
  });
  app.get('/:collection/:id/revisions', (c) => {
    const row = rowOf(c.env, entityOf(c.env, c.req.param('collection')), c.req.param('id'));
    return reply(
      c.env,
      row.revisions.map(({ at, changed }) => ({ at: isoTime(at, c.env.context.zoneMinutes), changed })),
    );
  });
  app.post('/:collection', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    const key = c.req.header('Idempotency-Key') ?? null;
    const earlier = c.env.context.store.byKey(entity, key);
    if (earlier !== null) return answer(c.env, earlier, 201);
    const body = readJson(c.env);
    validateFields(entity, body, 'create');
    const mutation = c.env.context.store.create(entity, body, key);
    c.env.mutations.push(mutation);
    return answer(c.env, rowOf(c.env, entity, mutation.id), 201);
  });
  app.put('/:collection/:id', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    const row = rowOf(c.env, entity, c.req.param('id'));
    const expected = c.req.header('If-Match');
    const body = readJson(c.env);
    if (expected !== undefined && expected !== etag(row)) {
      throw new Refusal(412, 'precondition_failed', `the ${entity.name} has changed since`);
    }
    const { id: _id, created_at: _created, updated_at: _updated, ...fields } = body;
    validateFields(entity, fields, 'create');
    c.env.mutations.push(c.env.context.store.replace(entity, row, fields));
    return answer(c.env, row, 200);
  });
  app.delete('/:collection/:id', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    c.env.mutations.push(c.env.context.store.remove(entity, rowOf(c.env, entity, c.req.param('id'))));
    return wireResponse(null, 204, {}) as Response;
  });
  return app;
}

const etag = (row: Row) => `"${row.version.toString(36)}-${row.id}"`;
const idOut = (id: string): Json => (/^\d+$/.test(id) ? Number(id) : id);

function view(row: Row, context: TwinContext): JsonObject {
  const { zoneMinutes } = context;
  return {
    id: idOut(row.id),
    created_at: isoTime(row.createdAt, zoneMinutes),
    updated_at: row.isUnstamped === true ? null : isoTime(row.updatedAt, zoneMinutes),
    ...row.fields,
  };
}

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
  const shown = rows.slice((page - 1) * size, page * size);
  const headers: Record<string, string> = { 'X-Total-Count': String(rows.length) };
  if (page * size < rows.length) {
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    headers['Link'] = `<${next.href}>; rel="next"`;
  }
  return reply(
    call,
    shown.map((row) => view(row, call.context)),
    200,
    headers,
  );
}
