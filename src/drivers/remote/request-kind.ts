import type { SystemContract } from '../../contract/api-description.js';
import { apiFor, callUrl } from '../../contract/http/entity-api.js';
import type { WireRequest } from '../../contract/wire.js';

/** Whether a request creates a record or lists a collection of a system; what stands in the query does not count. */
export function isOf(
  kind: 'create' | 'list',
  { api, entities }: SystemContract,
  { method, url }: Pick<WireRequest, 'method' | 'url'>,
): boolean {
  const path = pathOf(url);
  return entities.some((entity) => {
    const route = apiFor(api, entity).routes[kind];
    return method === route.method && path === pathOf(callUrl(api, route.path, entity, null));
  });
}

const pathOf = (url: string): string => url.split('?')[0] ?? url;
