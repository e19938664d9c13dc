import type { EntityContract } from './field.js';

/**
 * How a REST API is spoken to, as data: enough for a client that has never seen it. Paths hold `{collection}` and
 * `{id}`; names with dots are paths into a JSON body. `null` means the provider lacks the capability.
 */
export type ApiDescription = {
  /** Without trailing slash. */
  baseUrl: string;
  /** Name of the environment variable that holds the base URL; it then counts instead of `baseUrl`. */
  baseUrlEnv?: string;
  /** Sent with every call; no secrets. */
  headers?: Record<string, string>;
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
    /** Object around the whole body of a create or update (`customer` for `{customer: {...}}`); left out: none. */
    send?: string;
    id: string;
    /** Object that holds the fields; null: the record itself. */
    fields: string | null;
    /** Names at the record's top level that count as fields beside `fields` (such as `associations`). */
    besideFields: string[];
    createdAt: string | null;
    updatedAt: string | null;
    timeFormat: TimeFormat;
    /** Object of field path to time of its last change, in the record itself. */
    fieldTimes: string | null;
    /** What a field left out of an answer means: no value (the default), or that the provider dropped the field. */
    absent?: 'empty' | 'missing';
  };
  concurrency: { kind: 'etag' } | { kind: 'version'; path: string } | null;
  /** How a create is made repeatable: the same key gives the same record. */
  idempotency: { kind: 'header'; name: string } | { kind: 'body'; path: string } | null;
  paging: Paging;
  /**
   * Query parameter of the list route that keeps records with an update time at or after the given one. `alsoParams`
   * get the same time, for providers that need a second condition for records that were never updated.
   */
  changedSince: { param: string; format: TimeFormat; alsoParams?: string[] } | null;
  /** Whether the list route takes an exact filter as `?<field path>=<value>`. */
  filterByField: boolean;
  /** Name of the filter's parameter, `{field}` is the path: `filter[{field}][_eq]`. Left out: the path itself. */
  filterParam?: string;
  webhooks: WebhookScheme | null;
  /** How the `deleted` route is asked and answers; left out where there is none. */
  deletions?: { param: string; format: TimeFormat; id: string; at: string };
  /** How a deletion shows: in the `deleted` route, in a record missing from the whole listing, or not at all. */
  deletionsShow?: 'feed' | 'listing-gap' | 'never';
  /** Statuses that mean that there is no such record; left out: 404 only. */
  missingStatuses?: number[];
  /** What a client may ask of the provider; left out: no bound. */
  rateLimit?: { perSecond?: number; concurrent?: number };
  /** Whether a save that changes nothing moves the update time; left out: unknown. */
  bumpsOnNoChange?: 'yes' | 'no' | 'unknown';
  /** Whether the update time is null until the first update; left out: unknown. */
  nullUntilUpdate?: 'yes' | 'no' | 'unknown';
};

/** `epoch-s` are whole seconds. */
export type TimeFormat = 'iso' | 'epoch-ms' | 'epoch-s';

/** What may differ from the rest of the API for one entity. */
export type EntityApi = {
  routes?: Partial<ApiDescription['routes']>;
  record?: Partial<ApiDescription['record']>;
  updateMode?: ApiDescription['updateMode'];
  paging?: Paging;
  changedSince?: ApiDescription['changedSince'];
  filterByField?: boolean;
  filterParam?: string;
  /** Query parameters of every read (list, get, search), such as `expand` or `fields`. */
  readQuery?: Record<string, string>;
};

export type Route = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string };

/**
 * Secrets are held by the caller and looked up by these names; they never stand in a description. The `…Env` names
 * say which environment variable holds a secret; twins need none. `login` sends user and password once and uses the
 * token of the answer; `client-credentials` is OAuth 2.0, its token is asked for again before it expires.
 */
export type ApiAuth =
  | { kind: 'none' }
  | { kind: 'api-key-header'; header: string; prefix?: string; keyEnv?: string }
  | { kind: 'api-key-query'; param: string; keyEnv?: string }
  | { kind: 'basic'; userEnv?: string; passwordEnv?: string }
  | { kind: 'bearer'; tokenEnv?: string }
  | {
      kind: 'login';
      path: string;
      userField: string;
      passwordField: string;
      /** Where the token lies in the answer. */
      token: string;
      userEnv?: string;
      passwordEnv?: string;
    }
  | {
      kind: 'client-credentials';
      tokenPath: string;
      /** How the request is written; OAuth servers take `form`. Left out: `json`. */
      format?: 'json' | 'form';
      scope?: string;
      clientIdEnv?: string;
      clientSecretEnv?: string;
    };

/** `first` is the number of the first page; left out: 1. `link` follows the `Link` header with `rel="next"`. */
export type Paging =
  | {
      kind: 'page';
      pageParam: string;
      sizeParam: string;
      size: number;
      totalHeader: string | null;
      first?: 0 | 1;
    }
  | { kind: 'offset'; offsetParam: string; sizeParam: string; size: number }
  | { kind: 'cursor'; cursorParam: string; sizeParam: string; size: number; next: string }
  | { kind: 'link'; sizeParam: string; size: number }
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
  /** `file:line` of the profile that describes the API; left out for built-in conventions. */
  origin?: string;
};
