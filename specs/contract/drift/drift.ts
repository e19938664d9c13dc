import type { SystemContract } from '../../../src/contract/api-description.js';
import { crmContract } from '../../../src/contract/crm.js';
import type { FieldSpec, Json, JsonObject } from '../../../src/contract/field.js';
import { webshopContract } from '../../../src/contract/webshop.js';
import { wireResponse, type WireFetch, type WireResponse } from '../../../src/contract/wire.js';

/** An event as it is sent. */
export type SentEvent = { body: string; headers: Record<string, string> };

export const SHOP = webshopContract();
export const CRM = crmContract();

/** What a provider does otherwise one day; `check` must fail then, and the change is breaking or not. */
export type Drift = {
  name: string;
  contract: SystemContract;
  check: string;
  /** The provider's own contract from now on. */
  now?: SystemContract;
  /** Or the way its answers change. */
  answers?: (fetch: WireFetch) => WireFetch;
  /** Or the events that it sends. */
  events?: (event: SentEvent) => SentEvent;
  /** As `contract diff` must judge it, or the check itself where no document can say it. */
  breaking: boolean;
};

export function field(
  contract: SystemContract,
  entity: string,
  path: string,
  change: (field: FieldSpec) => FieldSpec[],
): SystemContract {
  return {
    ...contract,
    entities: contract.entities.map((one) =>
      one.name !== entity
        ? one
        : { ...one, fields: one.fields.flatMap((own) => (own.path === path ? change(own) : [own])) },
    ),
  };
}

export const api = (contract: SystemContract, change: Partial<SystemContract['api']>): SystemContract => ({
  ...contract,
  api: { ...contract.api, ...change },
});

export function altered(
  change: (answer: WireResponse, text: string, url: URL, method: string) => WireResponse | null,
): (fetch: WireFetch) => WireFetch {
  return (fetch) => async (request) => {
    const answer = await fetch(request);
    const text = await answer.text();
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    return (
      change(answer, text, new URL(request.url), request.method) ??
      wireResponse(text === '' ? null : text, answer.status, headers)
    );
  };
}

export const without = (header: string) =>
  altered((answer, text) => {
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => name !== header && (headers[name] = value));
    return wireResponse(text === '' ? null : text, answer.status, headers);
  });

export const status = (from: number, to: number, method?: string) =>
  altered((answer, text, _url, own) => {
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    return answer.status === from && (method === undefined || method === own)
      ? wireResponse(text, to, headers)
      : null;
  });

export const body = (
  change: (body: Json) => Json,
  when: (status: number) => boolean = (code) => code < 300,
) =>
  altered((answer, text) => {
    if (text === '' || !when(answer.status)) return null;
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    return wireResponse(JSON.stringify(change(JSON.parse(text) as Json)), answer.status, headers);
  });

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const inRecords =
  (change: (record: JsonObject) => JsonObject) =>
  (value: Json): Json => {
    if (Array.isArray(value)) return value.map((one) => (isObject(one) ? change(one) : one));
    if (!isObject(value)) return value;
    if (Array.isArray(value['results']))
      return { ...value, results: value['results'].map((one) => (isObject(one) ? change(one) : one)) };
    return change(value);
  };
export const rename = (from: string, to: string) =>
  inRecords(({ [from]: old, ...rest }) => (old === undefined ? rest : { ...rest, [to]: old }));
