import type { ApiDescription } from '../api-description.js';
import {
  toRequest,
  wireHeaders,
  wireRequest,
  wireResponse,
  type WireFetch,
  type WireRequest,
} from '../wire.js';
import { tokenSource } from './token-url.js';

/** Shows a provider's API as the profile describes it: takes the described calls and makes those the provider knows. */
export type Adapt = (fetch: WireFetch) => WireFetch;

/** An adapter broke or gave no answer; the file is to be mended. */
export class AdapterError extends Error {
  constructor(problem: string, cause?: unknown) {
    super(`the adapter ${problem}`, { cause });
    this.name = 'AdapterError';
  }
}

/**
 * A system's fetch seen through its adapter, which gets a `Request` of the platform. All that the adapter sends goes through `inner`, with its bounds; calls
 * for a token pass it by. Errors: those of `inner` as they are, `AdapterError` for the adapter's own.
 */
export function withAdapter(api: ApiDescription, adapt: Adapt, inner: WireFetch): WireFetch {
  const passed = new WeakSet<object>();
  const own: WireFetch = async (request) => {
    try {
      return await inner(await plain(request));
    } catch (error) {
      if (typeof error === 'object' && error !== null) passed.add(error);
      throw error;
    }
  };
  const adapted = adapt(own);
  if (typeof adapted !== 'function') throw new AdapterError('gives no function');
  const tokens = tokenSource(api)?.url;
  return async (request) => {
    if (request.url === tokens) return inner(request);
    try {
      const { status, headers, text } = await read(await adapted(await toRequest(request)));
      return wireResponse(text, status, headers);
    } catch (error) {
      if (error instanceof AdapterError || (typeof error === 'object' && error !== null && passed.has(error)))
        throw error;
      throw new AdapterError(`broke: ${error instanceof Error ? error.message : String(error)}`, error);
    }
  };
}

/** A `Request` of the platform is read once here, so that the call can be noted and repeated. */
async function plain(request: WireRequest): Promise<WireRequest> {
  const headers = wireHeaders();
  request.headers.forEach((value, name) => headers.set(name, value));
  const body = request.body === null || request.body === undefined ? null : await request.text();
  return wireRequest(request.url, { method: request.method, headers, body });
}

async function read(answer: Awaited<ReturnType<WireFetch>> | undefined) {
  if (typeof answer !== 'object' || typeof answer.text !== 'function')
    throw new AdapterError('gave no answer to a call');
  const headers: Record<string, string> = {};
  answer.headers.forEach((value, name) => (headers[name] = value));
  return { status: answer.status, headers, text: await answer.text() };
}
