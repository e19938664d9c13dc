import type { SystemContract } from '../../contract/api-description.js';
import type { JsonObject } from '../../contract/field.js';
import { setInPlace } from '../../contract/path.js';
import { wireHeaders, wireRequest, type WireFetch, type WireRequest } from '../../contract/wire.js';
import { isOf } from './request-kind.js';

const repeatable = new WeakSet<WireRequest>();

export const isMarkedRepeatable = (request: WireRequest): boolean => repeatable.has(request);

/** Gives every create the key by which the API knows it again, so that it can be repeated after an outage. */
export function withIdempotency(contract: SystemContract, inner: WireFetch, ids: () => string): WireFetch {
  const { idempotency } = contract.api;
  if (idempotency === null) return inner;
  return async (request) => {
    if (!isOf('create', contract, request)) return inner(request);
    const text = await request.text();
    const headers = copyHeaders(request);
    let body = text;
    if (idempotency.kind === 'header') headers[idempotency.name] = ids();
    else {
      const parsed = JSON.parse(text) as JsonObject;
      const { send = '' } = contract.api.record;
      setInPlace(send === '' ? parsed : (parsed[send] as JsonObject), idempotency.path, ids());
      body = JSON.stringify(parsed);
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
