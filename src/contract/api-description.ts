import type { EntityContract } from './field.js';

/**
 * How a REST API is spoken to, as data: enough for a client that has never seen it. Paths hold `{collection}` and
 * `{id}`; names with dots are paths into a JSON body. `null` means the provider lacks the capability.
 */
export type ApiDescription = {
  /** Without trailing slash. */
  baseUrl: string;
  auth: ApiAuth;
  routes: {
    list: Route;
    get: Route;
    create: Route;
    update: Route;
    remove: Route | null;
    search: Route | null;
    batchCreate: Route | null;
    batchUpdate: Route | null;
    /** Times at which single fields changed: `[{at, changed: [path]}]`, oldest first. */
    revisions: Route | null;
    /** Deleted records since a time. */
    deleted: Route | null;
    /** Brings a deleted record back under its id; left out where that is impossible. */
    restore?: Route;
  };
  /** `replace`: fields left out of an update are emptied. `merge`: they are untouched. */
  updateMode: 'replace' | 'merge';
  /** Largest batch of batchCreate and batchUpdate. */
  batchSize: number;
  record: {
    /** Where one record lies in a get, create or update answer; null: the body itself. */
    one: string | null;
    /** Where the array lies in a list answer; null: the body itself. */
    many: string | null;
    id: string;
    /** Object that holds the fields; null: the record itself. */
    fields: string | null;
    /** Names at the record's top level that count as fields beside `fields` (such as `associations`). */
    besideFields: string[];
    createdAt: string | null;
    updatedAt: string | null;
    timeFormat: 'iso' | 'epoch-ms';
    /** Object of field path to time of its last change, in the record itself. */
    fieldTimes: string | null;
    /** What a field left out of an answer means: no value (the default), or that the provider dropped the field. */
    absent?: 'empty' | 'missing';
  };
  concurrency: { kind: 'etag' } | { kind: 'version'; path: string } | null;
  /** How a create is made repeatable: the same key gives the same record. */
  idempotency: { kind: 'header'; name: string } | { kind: 'body'; path: string } | null;
  paging: Paging;
  /** Query parameter of the list route that keeps records with an update time at or after the given one. */
  changedSince: { param: string; format: 'iso' | 'epoch-ms' } | null;
  /** Whether the list route takes an exact filter as `?<field path>=<value>`. */
  filterByField: boolean;
  webhooks: WebhookScheme | null;
};

export type Route = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string };

/** Secrets are held by the caller and looked up by these names; they never stand in a description. */
export type ApiAuth =
  | { kind: 'none' }
  | { kind: 'api-key-header'; header: string }
  | { kind: 'api-key-query'; param: string }
  | { kind: 'basic' }
  | { kind: 'bearer' }
  | { kind: 'client-credentials'; tokenPath: string };

export type Paging =
  | { kind: 'page'; pageParam: string; sizeParam: string; size: number; totalHeader: string | null }
  | { kind: 'offset'; offsetParam: string; sizeParam: string; size: number }
  | { kind: 'cursor'; cursorParam: string; sizeParam: string; size: number; next: string }
  | { kind: 'none' };

/**
 * `hex-timestamp-body`: `sha256=` + hex HMAC-SHA256 of `<timestamp>.<raw body>`.
 * `base64-request`: base64 HMAC-SHA256 of method + URL path + raw body + timestamp. Timestamps are epoch ms.
 */
export type WebhookScheme = {
  scheme: 'hex-timestamp-body' | 'base64-request';
  signatureHeader: string;
  timestampHeader: string;
  deliveryHeader: string;
  accountHeader: string;
  /** An older timestamp than this is stale, in ms. */
  toleranceMs: number;
};

/** `key` is the short name used in check ids (`webshop`), `name` the one written in the document. */
export type SystemContract = {
  key: string;
  name: string;
  api: ApiDescription;
  entities: EntityContract[];
};
