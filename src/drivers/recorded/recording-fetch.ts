import type { Json } from '../../contract/field.js';
import { wireResponse, type WireFetch } from '../../contract/wire.js';

/** One request as it left, and what came back; bodies in JSON, others as their length. */
export type RecordedExchange = {
  at: number;
  ms: number;
  method: string;
  url: string;
  request: Json;
  /** Null when there was no usable answer; `problem` then says why. */
  status: number | null;
  headers: Record<string, string>;
  response: Json;
  problem: string | null;
};

const KEPT_HEADERS = ['content-type', 'etag', 'link', 'location', 'retry-after', 'date'];
/** A list item with fewer leaves, such as a link, says nothing about anybody. */
const LEAST_LEAVES = 4;
const OTHERS = '[a record of others]';

/** Passes calls on and hands over what was said; records in lists that do not bear the run's tag are left out. */
export function recordingFetch(
  inner: WireFetch,
  now: () => number,
  runTag: string,
  keep: (exchange: RecordedExchange) => void,
): WireFetch {
  return async (request) => {
    const at = now();
    const asked = request.body === null ? null : readable(await request.text());
    const own = { at, method: request.method, url: request.url, request: asked };
    try {
      const answer = await inner(request);
      const text = await answer.text();
      const all: Record<string, string> = {};
      answer.headers.forEach((value, name) => (all[name.toLowerCase()] = value));
      const headers = Object.fromEntries(Object.entries(all).filter(([name]) => KEPT_HEADERS.includes(name)));
      const response = text === '' ? null : withoutOthers(readable(text), runTag);
      keep({ ...own, ms: now() - at, status: answer.status, headers, response, problem: null });
      return wireResponse(text === '' ? null : text, answer.status, all);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      keep({ ...own, ms: now() - at, status: null, headers: {}, response: null, problem });
      throw error;
    }
  };
}

function readable(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return `${text.length} characters that are no JSON`;
  }
}

function withoutOthers(value: Json, runTag: string): Json {
  if (Array.isArray(value)) {
    return value.map((item) => {
      if (item === null || typeof item !== 'object') return item;
      const isOwn = JSON.stringify(item).toLowerCase().includes(runTag);
      return isOwn || leavesOf(item) < LEAST_LEAVES ? item : OTHERS;
    });
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutOthers(item, runTag)]));
}

function leavesOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + leavesOf(item), 0);
}
