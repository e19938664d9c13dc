import type { Json } from '../field.js';
import type { WireHeaders } from '../wire.js';
import { NetworkError } from './network-error.js';

/** The JSON of an answer's text; null for an empty one. Errors: `NetworkError` that says what stands there instead. */
export function readJson(text: string, headers: Pick<WireHeaders, 'get'>): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    const isHtml = /html/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(text);
    if (isHtml)
      throw new NetworkError(
        'html-instead-of-json',
        'the answer is HTML, not JSON',
        'JSON',
        'check the base URL and the route: often a login page or a web server stands there, not the API',
      );
    const begun = /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text);
    throw new NetworkError(
      begun ? 'truncated-json' : 'no-json',
      begun ? `the JSON of the answer breaks off after ${text.length} characters` : 'the answer is no JSON',
      'complete JSON',
      begun ? 'look at the provider or a proxy in between; run again' : 'check the base URL and the route',
    );
  }
}
