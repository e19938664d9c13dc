import type { ApiDescription } from '../api-description.js';
import { renderTime } from './time.js';

/**
 * The query that keeps what changed at or after a time (epoch ms) in a listing. Null where the listing must be read
 * whole: the provider has no such filter, or gives a record no update time before its first update, so that the filter
 * would pass new records over; that is taken for granted until the description says otherwise.
 */
export function sinceQuery(api: ApiDescription, since: number): Record<string, string> | null {
  const { changedSince, nullUntilUpdate = 'unknown' } = api;
  if (changedSince === null) return null;
  const { param, format, alsoParams = [] } = changedSince;
  if (nullUntilUpdate !== 'no' && alsoParams.length === 0) return null;
  return Object.fromEntries([param, ...alsoParams].map((name) => [name, renderTime(since, format)]));
}

/** The query that keeps records whose property holds a value exactly; null where the provider has no such filter. */
export function filterQuery(api: ApiDescription, path: string, value: string): Record<string, string> | null {
  if (!api.filterByField) return null;
  return { [(api.filterParam ?? '{field}').replaceAll('{field}', path)]: value };
}
