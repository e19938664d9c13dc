import type { ApiDescription, EntityApi } from '../api-description.js';
import type { EntityContract } from '../field.js';

const merged = new WeakMap<EntityApi, WeakMap<ApiDescription, ApiDescription>>();

/** The API as one entity sees it: the description with what differs for the entity. */
export function apiFor(api: ApiDescription, entity: EntityContract): ApiDescription {
  const own = entity.api;
  if (own === undefined) return api;
  let known = merged.get(own);
  if (known === undefined) merged.set(own, (known = new WeakMap()));
  let result = known.get(api);
  if (result === undefined) {
    const { readQuery: _query, routes, record, ...rest } = own;
    result = {
      ...api,
      ...rest,
      routes: { ...api.routes, ...routes },
      record: { ...api.record, ...record },
    };
    known.set(api, result);
  }
  return result;
}

/** Query parameters as they stand in a URL. */
export function queryText(query: Record<string, string>): string {
  let text = '';
  for (const name of Object.keys(query)) {
    if (text !== '') text += '&';
    text += `${encodeURIComponent(name)}=${encodeURIComponent(query[name] ?? '')}`;
  }
  return text;
}

/** The URL of a route; `query` may already hold parameters, and reads get those of the entity beside them. */
export function callUrl(
  api: ApiDescription,
  path: string,
  entity: EntityContract,
  id: string | null,
  query: Record<string, string> = {},
): string {
  const filled = path
    .replace('{collection}', entity.collection)
    .replace('{id}', encodeURIComponent(id ?? ''));
  const text = queryText(query);
  const mark = filled.includes('?') ? '&' : '?';
  return `${api.baseUrl}${filled}${text === '' ? '' : `${mark}${text}`}`;
}

/** Whether a status says that a record is not there; a listing that is refused is never taken for that. */
export function meansMissing(api: ApiDescription, status: number, ofRecord: boolean): boolean {
  return status === 404 || (ofRecord && (api.missingStatuses ?? []).includes(status));
}
