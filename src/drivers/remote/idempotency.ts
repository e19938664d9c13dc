import type { SystemContract } from '../../contract/api-description.js';
import type { Json } from '../../contract/field.js';
import { wireHeaders, wireRequest, type WireFetch, type WireRequest } from '../../contract/wire.js';

const repeatable = new WeakSet<WireRequest>();

export const isMarkedRepeatable = (request: WireRequest): boolean => repeatable.has(request);

export function isCreate({ api, entities }: SystemContract, request: WireRequest): boolean {
  const { create } = api.routes;
  return (
    request.method === create.method &&
    entities.some(
      (one) => request.url === `${api.baseUrl}${create.path.replace('{collection}', one.collection)}`,
    )
  );
}

/** Gives every create the key by which the API knows it again, so that it can be repeated after an outage. */
export function withIdempotency(contract: SystemContract, inner: WireFetch, ids: () => string): WireFetch {
  const { idempotency } = contract.api;
  if (idempotency === null) return inner;
  return async (request) => {
    if (!isCreate(contract, request)) return inner(request);
    const text = await request.text();
    const headers = copyHeaders(request);
    let body = text;
    if (idempotency.kind === 'header') headers[idempotency.name] = ids();
    else {
      const parsed = JSON.parse(text) as { [key: string]: Json };
      body = JSON.stringify({ ...parsed, [idempotency.path]: ids() });
    }
    const marked = wireRequest(request.url, { method: request.method, headers: wireHeaders(headers), body });
    repeatable.add(marked);
    return inner(marked);
  };
}

function copyHeaders(request: WireRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => (headers[name] = value));
  return headers;
}
