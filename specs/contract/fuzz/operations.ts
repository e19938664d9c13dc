import type { SystemContract } from '../../../src/contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../../../src/contract/field.js';
import { getPath } from '../../../src/contract/path.js';
import type { WireRequest } from '../../../src/contract/wire.js';

/** What the sync asks of a system; `token` belongs to no entity. */
export type Operation = 'list' | 'get' | 'create' | 'update' | 'deleted' | 'revisions' | 'token';

export type Call = { operation: Operation; entity: EntityContract | null; id: string | null };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ENTITY_OPERATIONS = ['list', 'deleted', 'create', 'revisions', 'update', 'get'] as const;

/** Which operation of a contract a request is; null for none of them. */
export function callOf({ api, entities }: SystemContract, request: WireRequest): Call | null {
  const { pathname } = new URL(request.url);
  if (api.auth.kind === 'client-credentials' && pathname === api.auth.tokenPath)
    return { operation: 'token', entity: null, id: null };
  for (const entity of entities) {
    for (const operation of ENTITY_OPERATIONS) {
      const route = api.routes[operation];
      if (route === null || route.method !== request.method) continue;
      const form = route.path.replace('{collection}', entity.collection).replace('{id}', '([^/]+)');
      const found = new RegExp(`^${form}$`).exec(pathname);
      if (found !== null) return { operation, entity, id: found[1] ?? null };
    }
  }
  return null;
}

/** The operations of a system that the sync uses. */
export function operationsOf({ api }: SystemContract): Exclude<Operation, 'token'>[] {
  return ENTITY_OPERATIONS.filter((operation) => api.routes[operation] !== null);
}

/** The records in an answer's body, as they lie in it. */
export function recordsIn({ api }: SystemContract, { operation }: Call, body: Json): JsonObject[] {
  if (operation !== 'list') return isObject(body) ? [body] : [];
  const items = api.record.many === null ? body : isObject(body) ? getPath(body, api.record.many) : null;
  return Array.isArray(items) ? items.filter(isObject) : [];
}

/** The object of a record in which a field lies; null where the record has no such object. */
export function holderOf({ api }: SystemContract, record: JsonObject, path: string): JsonObject | null {
  const top = path.split(/[.[]/)[0] ?? path;
  if (api.record.fields === null || api.record.besideFields.includes(top)) return record;
  const inside = record[api.record.fields];
  return isObject(inside) ? inside : null;
}
