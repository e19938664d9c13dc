import type { MappedRow } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import {
  wireRequest,
  wireResponse,
  type WireFetch,
  type WireRequest,
  type WireResponse,
} from '../../contract/wire.js';
import type { Breakage } from '../../drivers/breakage.js';
import { ClientError } from '../../sync/client-error.js';
import { CORRECT_STAGES } from '../../sync/stages.js';
import type { SyncStore } from '../../sync/store/port.js';

/** Gives the value that is carried instead; undefined leaves the row to the correct stage. */
type Carry = (row: MappedRow, from: Side, value: Json) => Json | undefined;

/** A wrong mapping of single values. */
export function carrying(change: Carry): Breakage {
  return {
    stages: {
      carry: (row, from, value, refer) => {
        const changed = change(row, from, value);
        return changed === undefined ? CORRECT_STAGES.carry(row, from, value, refer) : changed;
      },
    },
  };
}

/** A record that is given up because of one value. */
export function refuse(field: string): never {
  throw new ClientError('permanent', `${field} was not accepted`, field);
}

type Answer = (request: WireRequest, inner: WireFetch) => Promise<WireResponse> | null;

/** Answers some of the sync's calls otherwise; null leaves the call alone. */
export function answering(answer: Answer): Breakage {
  return { fetch: (inner) => (request) => answer(request, inner) ?? inner(request) };
}

export const json = (body: Json, status = 200): WireResponse =>
  wireResponse(JSON.stringify(body), status, { 'content-type': 'application/json' });

/** The same answer with another body. */
export async function withBody(answer: WireResponse, change: (body: Json) => Json): Promise<WireResponse> {
  const text = await answer.text();
  if (text === '' || !answer.ok)
    return text === '' ? answer : wireResponse(text, answer.status, headersOf(answer));
  return wireResponse(JSON.stringify(change(JSON.parse(text) as Json)), answer.status, headersOf(answer));
}

export function headersOf(answer: { headers: WireResponse['headers'] }): Record<string, string> {
  const headers: Record<string, string> = {};
  answer.headers.forEach((value, name) => (headers[name] = value));
  return headers;
}

/** The same call with another body or URL. */
export async function resend(
  request: WireRequest,
  change: { url?: string; body?: (body: JsonObject) => JsonObject },
): Promise<WireRequest> {
  const text = request.body === null ? null : await request.text();
  const body =
    text === null || change.body === undefined
      ? text
      : JSON.stringify(change.body(JSON.parse(text) as JsonObject));
  return wireRequest(change.url ?? request.url, {
    method: request.method,
    headers: headersOf(request),
    body,
  });
}

export const pathOf = (request: WireRequest): string => new URL(request.url).pathname;
export const queryOf = (request: WireRequest): URLSearchParams => new URL(request.url).searchParams;

/** A listing of the webshop: `/customers`. */
export const isShopList = (request: WireRequest): boolean =>
  request.method === 'GET' && /^\/[a-z]+$/.test(pathOf(request));

/** A listing of either system. */
export const isList = (request: WireRequest): boolean =>
  request.method === 'GET' && /^(?:\/objects)?\/[a-z]+$/.test(pathOf(request));

export const isDeletedFeed = (request: WireRequest): boolean =>
  request.method === 'GET' && /\/(?:deleted|archived)$/.test(pathOf(request));

/** The id that a call on one record names. */
export function idIn(request: WireRequest): string | null {
  const id = /^(?:\/objects)?\/[a-z]+\/([^/]+)$/.exec(pathOf(request))?.[1];
  return id === undefined || id === 'deleted' || id === 'archived' ? null : id;
}

export const isCreate = (request: WireRequest): boolean =>
  request.method === 'POST' && /^(?:\/objects)?\/[a-z]+$/.test(pathOf(request));

/** A listing that holds nothing, in the form of either system. */
export const emptyList = (request: WireRequest): WireResponse =>
  pathOf(request).startsWith('/objects') ? json({ results: [], paging: null }) : json([]);

/** Some methods of the store replaced. */
export function storing(change: (inner: SyncStore) => Partial<SyncStore>): Breakage {
  return { store: (inner) => ({ ...inner, ...change(inner) }) };
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key that was never used. */
export function freshKeys(): () => string {
  let count = 0;
  return () => `blind-${Math.trunc(count++)}-${nextSource()}`;
}

let source = 0;
const nextSource = () => (source += 1);

/** The JSON of an event; null when it is none. */
export async function eventOf(request: WireRequest): Promise<Json> {
  try {
    return JSON.parse(await request.text()) as Json;
  } catch {
    return null;
  }
}
