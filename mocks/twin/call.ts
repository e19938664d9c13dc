import type { EntityContract, Json, JsonObject } from '../../src/contract/field.js';
import { remembered } from '../../src/contract/remembered.js';
import { wireResponse } from '../../src/contract/wire.js';
import type { Mutation } from '../../src/drivers/ports.js';
import type { TwinStore } from './store.js';

export type Caller = 'harness' | 'sync' | 'unknown';

/** What a handler needs and what it leaves for the journal. */
export type Call = {
  context: TwinContext;
  url: URL;
  caller: Caller;
  mutations: Mutation[];
  requestBody: Json;
  malformed: boolean;
  responseBody: Json;
};

export type TwinContext = {
  store: TwinStore;
  now: () => number;
  /** Zone of the provider's rendered times, minutes east of UTC. */
  zoneMinutes: number;
  searchLagMs: number;
  tokenTtlMs: number;
  credentials: Credentials;
  entities: Map<string, EntityContract>;
};

export type Credentials = { harness: Credential; sync: Credential; webhookSecret: string; account: string };
export type Credential = { key: string; clientId: string; clientSecret: string };

/** Field of a refused body and what is wrong with it. */
export type Problem = { field: string; problem: string };

/** A refusal that the app renders in its own error format. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 404 | 409 | 412 | 422 | 429,
    readonly code: string,
    message: string,
    readonly problems: Problem[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Plain objects merge, everything else is replaced. */
export function mergeDeep(base: JsonObject, patch: JsonObject): JsonObject {
  const merged: JsonObject = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    const own: Json | undefined = merged[name];
    merged[name] = isObject(value) && isObject(own) ? mergeDeep(own, value) : value;
  }
  return merged;
}

/** The JSON object of a request, as the journal keeps it: not to be changed. */
export function readJson(call: Call): JsonObject {
  if (call.malformed || !isObject(call.requestBody))
    throw new Refusal(400, 'malformed', 'the body is no JSON object');
  return call.requestBody;
}

/** A JSON answer whose body the journal keeps too. */
export const reply = (call: Call, body: Json, status = 200, headers: Record<string, string> = {}): Response =>
  replyText(call, body, JSON.stringify(body), status, headers);

/** The same with the body's text at hand. */
export function replyText(
  call: Call,
  body: Json,
  text: string,
  status: number,
  headers: Record<string, string>,
): Response {
  call.responseBody = body;
  return wireResponse(text, status, { 'content-type': 'application/json', ...headers }) as Response;
}

const namesIn = remembered((search) => [...new URLSearchParams(search).keys()]);

/** Refuses query parameters that the route does not know. */
export function allowQuery(url: URL, allowed: ReadonlySet<string>): void {
  if (url.search === '') return;
  for (const name of namesIn(url.search)) {
    if (!allowed.has(name)) throw new Refusal(400, 'unknown_parameter', `unknown query parameter ${name}`);
  }
}

export function readSize(url: URL, param: string, fallback: number, max: number): number {
  const text = url.searchParams.get(param);
  if (text === null) return fallback;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= max) return size;
  throw new Refusal(400, 'bad_parameter', `${param} must be a whole number from 1 to ${max}`);
}
