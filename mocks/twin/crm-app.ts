import { PatternRouter } from 'hono/router/pattern-router';
import { Hono } from 'hono';
import type { EntityContract, JsonObject } from '../../src/contract/field.js';
import { getPath } from '../../src/contract/path.js';
import { wireResponse } from '../../src/contract/wire.js';
import { allowQuery, isObject, mergeDeep, readJson, readSize, Refusal, reply, type Call } from './call.js';
import { renderError } from './errors.js';
import { ConstraintError, type Row } from './store.js';
import { validateFields } from './validate.js';

type Env = { Bindings: Call };
const NO_QUERY: ReadonlySet<string> = new Set();
const ARCHIVE_QUERY: ReadonlySet<string> = new Set(['updatedAfter']);
const LIST_QUERY: ReadonlySet<string> = new Set(['limit', 'after', 'updatedAfter']);
const DEFAULT_PAGE = 25;
const MAX_PAGE = 200;
const MAX_BATCH = 100;

function entityOf({ context }: Call, collection: string): EntityContract {
  const entity = context.entities.get(collection);
  if (entity === undefined) throw new Refusal(404, 'not-found', `no object type ${collection}`);
  return entity;
}

function rowOf({ context }: Call, entity: EntityContract, id: string): Row {
  const row = context.store.table(entity).get(id);
  if (row === undefined) throw new Refusal(404, 'not-found', `no ${entity.name} ${id}`);
  return row;
}

function create(entity: EntityContract, input: JsonObject, call: Call): Row {
  const { store } = call.context;
  const key = typeof input['idempotencyKey'] === 'string' ? input['idempotencyKey'] : null;
  const earlier = store.byKey(entity, key);
  if (earlier !== null) return earlier;
  const fields = fieldsOf(input, ['idempotencyKey']);
  validateFields(entity, fields, 'create');
  const mutation = store.create(entity, fields, key);
  call.mutations.push(mutation);
  return rowOf(call, entity, mutation.id);
}

function update(entity: EntityContract, row: Row, input: JsonObject, call: Call): Row {
  const { version } = input;
  const fields = fieldsOf(input, ['version', 'id']);
  validateFields(entity, fields, 'patch');
  if (version !== undefined && version !== row.version) {
    throw new Refusal(409, 'version-conflict', `the ${entity.name} is at version ${row.version}`);
  }
  call.mutations.push(call.context.store.replace(entity, row, mergeDeep(row.fields, fields)));
  return row;
}

/** The CRM's API; see `CRM_API` for the convention. One app serves every twin: the call names its own. */
export function crmApp(): Hono<Env> {
  const app = new Hono<Env>({ router: new PatternRouter() });
  app.onError((error, c) => renderError(error, 'crm', c.env));
  app.notFound((c) => renderError(new Refusal(404, 'not_found', 'no such route'), 'crm', c.env));

  app.post('/oauth/token', () => {
    throw new Refusal(401, 'invalid-client', 'unknown client');
  });
  app.get('/objects/:collection', (c) => listRows(c.env, entityOf(c.env, c.req.param('collection'))));
  app.get('/objects/:collection/archived', (c) => {
    const { url } = c.env;
    allowQuery(url, ARCHIVE_QUERY);
    const since = readEpoch(url) ?? 0;
    const gone =
      c.env.context.store.tombstones.get(entityOf(c.env, c.req.param('collection')).collection) ?? [];
    return reply(c.env, {
      results: gone.filter((one) => one.at >= since).map((one) => ({ id: one.id, archivedAt: one.at })),
    });
  });
  app.get('/objects/:collection/:id', (c) => {
    allowQuery(c.env.url, NO_QUERY);
    return reply(c.env, view(rowOf(c.env, entityOf(c.env, c.req.param('collection')), c.req.param('id'))));
  });
  app.post('/objects/:collection', (c) => {
    const row = create(entityOf(c.env, c.req.param('collection')), readJson(c.env), c.env);
    return reply(c.env, view(row), 201);
  });
  app.patch('/objects/:collection/:id', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    const row = rowOf(c.env, entity, c.req.param('id'));
    return reply(c.env, view(update(entity, row, readJson(c.env), c.env)));
  });
  app.delete('/objects/:collection/:id', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    c.env.mutations.push(c.env.context.store.remove(entity, rowOf(c.env, entity, c.req.param('id'))));
    return wireResponse(null, 204, {}) as Response;
  });
  app.post('/objects/:collection/:id/restore', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    const id = c.req.param('id');
    const mutation = c.env.context.store.revive(entity, id);
    if (mutation === null) throw new Refusal(404, 'not-found', `no archived ${entity.name} ${id}`);
    c.env.mutations.push(mutation);
    return reply(c.env, view(rowOf(c.env, entity, id)));
  });
  app.post('/objects/:collection/search', (c) =>
    search(c.env, entityOf(c.env, c.req.param('collection')), readJson(c.env)),
  );
  app.post('/objects/:collection/batch/:verb', (c) => {
    const entity = entityOf(c.env, c.req.param('collection'));
    const { inputs } = readJson(c.env);
    if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > MAX_BATCH) {
      throw new Refusal(400, 'bad-batch', `inputs must hold 1 to ${MAX_BATCH} items`);
    }
    const creates = c.req.param('verb') === 'create';
    const results = inputs.map((input) =>
      item(() => {
        if (!isObject(input)) throw new Refusal(400, 'bad-batch', 'an item is no object');
        if (creates) return { status: 201, record: view(create(entity, input, c.env)) };
        return {
          status: 200,
          record: view(update(entity, rowOf(c.env, entity, String(input['id'])), input, c.env)),
        };
      }),
    );
    return reply(c.env, { results }, 207);
  });
  return app;
}

/** Properties and associations of a body, joined; any other member is refused. */
function fieldsOf(input: JsonObject, besides: string[]): JsonObject {
  const { properties = {}, associations, ...rest } = input;
  const unknown = Object.keys(rest).find((name) => !besides.includes(name));
  if (unknown !== undefined)
    throw new Refusal(422, 'invalid', 'the body is not valid', [
      { field: unknown, problem: 'unknown member' },
    ]);
  if (!isObject(properties)) throw new Refusal(422, 'invalid', 'properties must be an object');
  return associations === undefined ? properties : { ...properties, associations };
}

function fieldsBut(fields: JsonObject, left: string): JsonObject {
  const { [left]: _left, ...others } = fields;
  return others;
}

function view(row: Row): JsonObject {
  const { associations } = row.fields;
  const properties = associations === undefined ? row.fields : fieldsBut(row.fields, 'associations');
  const { id, fieldTimes, version, createdAt, updatedAt } = row;
  const record: JsonObject = {
    id,
    properties,
    propertyTimes: { ...fieldTimes },
    version,
    createdAt,
    updatedAt: row.isUnstamped === true ? null : updatedAt,
    archived: false,
  };
  return associations === undefined ? record : { ...record, associations };
}

function readEpoch(url: URL): number | null {
  const text = url.searchParams.get('updatedAfter');
  if (text === null) return null;
  if (/^\d{1,16}$/.test(text)) return Number(text);
  throw new Refusal(400, 'bad-parameter', 'updatedAfter must be epoch milliseconds');
}

function listRows(call: Call, entity: EntityContract): Response {
  const { url } = call;
  allowQuery(url, LIST_QUERY);
  const limit = readSize(url, 'limit', DEFAULT_PAGE, MAX_PAGE);
  const rows = call.context.store.changedSince(entity, readEpoch(url));
  return reply(call, page(rows, limit, url.searchParams.get('after')));
}

/** A cursor is the update time and id of the last row shown, so that rows which move are not passed over. */
function page(rows: Row[], limit: number, after: string | null): JsonObject {
  const start =
    after === null ? 0 : rows.findIndex((row) => row.updatedAt > cursorTime(after) || cursor(row) > after);
  const shown = start < 0 ? [] : rows.slice(start, start + limit);
  const last = shown.at(-1);
  const more = start >= 0 && start + limit < rows.length && last !== undefined;
  return { results: shown.map(view), paging: more ? { next: { after: cursor(last) } } : null };
}

const cursor = (row: Row) => `${String(row.updatedAt).padStart(16, '0')}.${row.id}`;

function cursorTime(after: string): number {
  const time = Number(after.split('.')[0]);
  if (Number.isNaN(time)) throw new Refusal(400, 'bad-parameter', 'after is no cursor');
  return time;
}

function search(call: Call, entity: EntityContract, body: JsonObject): Response {
  const { filters, limit = DEFAULT_PAGE, after = null, ...rest } = body;
  if (Object.keys(rest).length > 0 || !Array.isArray(filters))
    throw new Refusal(400, 'bad-search', 'a search takes filters, limit and after');
  const known = new Set(entity.fields.map((field) => field.path));
  const indexed = call.context.store
    .changedSince(entity, null)
    .filter((row) => row.updatedAt <= call.context.now() - call.context.searchLagMs);
  const rows = indexed.filter((row) =>
    filters.every((filter) => {
      if (!isObject(filter) || typeof filter['property'] !== 'string' || !known.has(filter['property'])) {
        throw new Refusal(400, 'bad-search', 'a filter takes a known property and a value');
      }
      return getPath(row.fields, filter['property']) === filter['value'];
    }),
  );
  return reply(call, page(rows, Number(limit), typeof after === 'string' ? after : null));
}

function item(act: () => JsonObject): JsonObject {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal)
      return {
        status: error.status,
        error: { title: error.code, detail: error.message, errors: error.problems },
      };
    if (error instanceof ConstraintError)
      return {
        status: 409,
        error: {
          title: error.kind,
          detail: error.message,
          errors: [{ field: error.field, problem: error.kind }],
        },
      };
    throw error;
  }
}
