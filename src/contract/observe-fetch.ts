import type { Json } from './field.js';
import type { ContractObserver } from './observe.js';
import { wireResponse, type WireFetch } from './wire.js';

/** Passes calls on and shows each answer in JSON to an observer; `systemOf` tells whose URL it is, null for nobody's. */
export function observedFetch(
  fetch: WireFetch,
  observer: ContractObserver,
  systemOf: (url: string) => string | null,
): WireFetch {
  return async (request) => {
    const answer = await fetch(request);
    const system = systemOf(request.url);
    if (system === null || !answer.ok) return answer;
    const text = await answer.text();
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    try {
      const responseBody = text === '' ? null : (JSON.parse(text) as Json);
      observer.see({ system, url: request.url, status: answer.status, responseBody });
    } catch {
      // What is no JSON is told by whoever asked.
    }
    return wireResponse(text === '' ? null : text, answer.status, headers);
  };
}
