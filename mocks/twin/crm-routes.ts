import type { EntityContract, JsonObject } from '../../src/contract/field.js';
import { getPath } from '../../src/contract/path.js';
import { wireResponse } from '../../src/contract/wire.js';
import {
  allowQuery,
  isObject,
  mergeDeep,
  readJson,
  readSize,
  Refusal,
  reply,
  replyText,
  type Call,
} from './call.js';
import { listText, replyShown, showing } from './shown.js';
import { ConstraintError, type Row } from './store.js';
import { Routes } from './routes.js';
import { validateFields } from './validate.js';

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

/** The CRM's API; see `CRM_API` for the convention. One set of routes serves every twin: the call names its own. */
export function crmRoutes(): Routes {
  const routes = new Routes();

  routes.on('POST', '/oauth/token', () => {
    throw new Refusal(401, 'invalid-client', 'unknown client');
  });
  routes.on('GET', '/objects/:collection', ({ call, collection }) =>
    listRows(call, entityOf(call, collection)),
  );
  routes.on('GET', '/objects/:collection/archived', ({ call, collection }) => {
    const { url } = call;
    allowQuery(url, ARCHIVE_QUERY);
    const since = readEpoch(url) ?? 0;
    const gone = call.context.store.tombstones.get(entityOf(call, collection).collection) ?? [];
    return reply(call, {
      results: gone.filter((one) => one.at >= since).map((one) => ({ id: one.id, archivedAt: one.at })),
    });
  });
  routes.on('GET', '/objects/:collection/:id', ({ call, collection, id }) => {
    allowQuery(call.url, NO_QUERY);
    return replyShown(call, shownOf(rowOf(call, entityOf(call, collection), id)));
  });
  routes.on('POST', '/objects/:collection', ({ call, collection }) => {
    const row = create(entityOf(call, collection), readJson(call), call);
    return replyShown(call, shownOf(row), 201);
  });
  routes.on('PATCH', '/objects/:collection/:id', ({ call, collection, id }) => {
    const entity = entityOf(call, collection);
    const row = rowOf(call, entity, id);
    return replyShown(call, shownOf(update(entity, row, readJson(call), call)));
  });
  routes.on('DELETE', '/objects/:collection/:id', ({ call, collection, id }) => {
    const entity = entityOf(call, collection);
    call.mutations.push(call.context.store.remove(entity, rowOf(call, entity, id)));
    return wireResponse(null, 204, {}) as Response;
  });
  routes.on('POST', '/objects/:collection/:id/restore', ({ call, collection, id }) => {
    const entity = entityOf(call, collection);
    const mutation = call.context.store.revive(entity, id);
    if (mutation === null) throw new Refusal(404, 'not-found', `no archived ${entity.name} ${id}`);
    call.mutations.push(mutation);
    return replyShown(call, shownOf(rowOf(call, entity, id)));
  });
  routes.on('POST', '/objects/:collection/search', ({ call, collection }) =>
    search(call, entityOf(call, collection), readJson(call)),
  );
  routes.on('POST', '/objects/:collection/batch/:verb', ({ call, collection, verb }) => {
    const entity = entityOf(call, collection);
    const { inputs } = readJson(call);
    if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > MAX_BATCH) {
      throw new Refusal(400, 'bad-batch', `inputs must hold 1 to ${MAX_BATCH} items`);
    }
    const creates = verb === 'create';
    const results = inputs.map((input) =>
      item(() => {
        if (!isObject(input)) throw new Refusal(400, 'bad-batch', 'an item is no object');
        if (creates) return { status: 201, record: shownOf(create(entity, input, call)).json };
        return {
          status: 200,
          record: shownOf(update(entity, rowOf(call, entity, String(input['id'])), input, call)).json,
        };
      }),
    );
    return reply(call, { results }, 207);
  });
  return routes;
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

const shownOf = showing(view);

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
  return replyPage(call, rows, limit, url.searchParams.get('after'));
}

/** A cursor is the update time and id of the last row shown, so that rows which move are not passed over. */
function replyPage(call: Call, rows: Row[], limit: number, after: string | null): Response {
  const start =
    after === null ? 0 : rows.findIndex((row) => row.updatedAt > cursorTime(after) || cursor(row) > after);
  const found = start < 0 ? [] : rows.slice(start, start + limit);
  const last = found.at(-1);
  const more = start >= 0 && start + limit < rows.length && last !== undefined;
  const paging = more ? { next: { after: cursor(last) } } : null;
  const shown = found.map(shownOf);
  const body = { results: shown.map(({ json }) => json), paging };
  return replyText(call, body, `{"results":${listText(shown)},"paging":${JSON.stringify(paging)}}`, 200, {});
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
  return replyPage(call, rows, Number(limit), typeof after === 'string' ? after : null);
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
