import type { ApiDescription } from '../api-description.js';
import type { Json, JsonObject } from '../field.js';
import { getPath } from '../path.js';
import { queryText } from './entity-api.js';

type Answer = { body: Json; count: number; link: string | null };

const isObject = (body: Json): body is JsonObject =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

/** A URL with query parameters set. */
export const withQuery = (url: string, set: Record<string, string>): string => {
  const at = url.indexOf('?');
  if (at < 0) {
    const added = queryText(set);
    return added === '' ? url : `${url}?${added}`;
  }
  const query = new URLSearchParams(url.slice(at + 1));
  for (const [name, value] of Object.entries(set)) query.set(name, value);
  const text = query.toString();
  return `${url.slice(0, at)}${text === '' ? '' : `?${text}`}`;
};

/** The URL of the first page of a listing. */
export function firstPage({ paging }: ApiDescription, url: string): string {
  if (paging.kind === 'none') return withQuery(url, {});
  const set: Record<string, string> = { [paging.sizeParam]: String(paging.size) };
  if (paging.kind === 'page') set[paging.pageParam] = String(paging.first ?? 1);
  if (paging.kind === 'offset') set[paging.offsetParam] = '0';
  const isFresh = Object.keys(set).every((name) => !url.includes(`${name}=`));
  return isFresh && url.includes('?') ? `${url}&${queryText(set)}` : withQuery(url, set);
}

/** The URL of the page after this one, or null at the end. Errors: `Error` for a listing that leads elsewhere. */
export function nextPage({ paging, baseUrl }: ApiDescription, url: string, answer: Answer): string | null {
  if (paging.kind === 'none') return null;
  if (paging.kind === 'link') return linkedPage(baseUrl, url, answer.link);
  if (paging.kind === 'cursor') {
    const cursor = isObject(answer.body) ? getPath(answer.body, paging.next) : null;
    if (typeof cursor !== 'string' && typeof cursor !== 'number') return null;
    return moved(url, withQuery(url, { [paging.cursorParam]: String(cursor) }));
  }
  if (answer.count < paging.size) return null;
  const [param, step] = paging.kind === 'page' ? [paging.pageParam, 1] : [paging.offsetParam, paging.size];
  const now = Number(new URLSearchParams(url.slice(url.indexOf('?') + 1)).get(param));
  return withQuery(url, { [param]: String(now + step) });
}

function linkedPage(baseUrl: string, url: string, header: string | null): string | null {
  const next = header
    ?.split(/,(?=\s*<)/)
    .find((part) => /;\s*rel="?[^";]*\bnext\b/i.test(part))
    ?.match(/<([^>]*)>/)?.[1];
  if (next === undefined) return null;
  const target = new URL(next, url);
  if (target.origin !== new URL(baseUrl).origin)
    throw new Error(`the Link header of a listing leads to another host, ${target.host}`);
  return moved(url, target.href);
}

function moved(from: string, to: string): string {
  if (from === to) throw new Error('a listing names the same page as the next one again');
  return to;
}

/** The array of a list answer; null where it holds none. */
export function listItems({ record }: ApiDescription, body: Json): Json[] | null {
  const many = record.many === null ? body : isObject(body) ? getPath(body, record.many) : null;
  return Array.isArray(many) ? many : null;
}
