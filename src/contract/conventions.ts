import type { ApiDescription } from './api-description.js';

/**
 * Webshop convention. Record: `{id, created_at, updated_at, ...fields}`, times ISO with zone. List: bare array
 * sorted by (updated_at, id), `Link` and `X-Total-Count`. PUT replaces, `If-Match` (412 when stale), answers carry
 * `ETag`. Errors: `{code, message, details: [{field, problem}]}`. Deleted: `GET /{collection}/deleted?since=ISO`
 * gives `[{id, deleted_at}]`. Webhook body: `{event: "customer.updated", id, occurred_at, changed: [path], data}`
 * with event suffix created, updated or deleted.
 */
export const WEBSHOP_API: ApiDescription = {
  baseUrl: 'https://webshop.test',
  auth: { kind: 'api-key-header', header: 'X-Api-Key' },
  routes: {
    list: { method: 'GET', path: '/{collection}' },
    get: { method: 'GET', path: '/{collection}/{id}' },
    create: { method: 'POST', path: '/{collection}' },
    update: { method: 'PUT', path: '/{collection}/{id}' },
    remove: { method: 'DELETE', path: '/{collection}/{id}' },
    search: null,
    batchCreate: null,
    batchUpdate: null,
    revisions: { method: 'GET', path: '/{collection}/{id}/revisions' },
    deleted: { method: 'GET', path: '/{collection}/deleted' },
  },
  updateMode: 'replace',
  batchSize: 1,
  record: {
    one: null,
    many: null,
    id: 'id',
    fields: null,
    besideFields: [],
    createdAt: 'created_at',
    updatedAt: 'updated_at',
    timeFormat: 'iso',
    fieldTimes: null,
    absent: 'missing',
  },
  concurrency: { kind: 'etag' },
  idempotency: { kind: 'header', name: 'Idempotency-Key' },
  // Small pages, so that a few records are enough to walk through several.
  paging: { kind: 'page', pageParam: 'page', sizeParam: 'per_page', size: 10, totalHeader: 'X-Total-Count' },
  changedSince: { param: 'updated_since', format: 'iso' },
  deletions: { param: 'since', format: 'iso', id: 'id', at: 'deleted_at' },
  filterByField: true,
  webhooks: {
    scheme: 'hex-timestamp-body',
    signatureHeader: 'X-Webshop-Signature',
    timestampHeader: 'X-Webshop-Timestamp',
    deliveryHeader: 'X-Webshop-Delivery',
    accountHeader: 'X-Webshop-Shop',
    toleranceMs: 300_000,
  },
  bumpsOnNoChange: 'yes',
  nullUntilUpdate: 'no',
};

/**
 * CRM convention. Record: `{id, properties: {...}, associations: {...}, propertyTimes: {path: ms}, version,
 * createdAt, updatedAt, archived}`, times epoch ms. List: `{results, paging: {next: {after}} | null}` sorted by
 * (updatedAt, id). PATCH `{properties, associations, version}` merges (null empties; 409 when the version is stale).
 * Create `{properties, associations, idempotencyKey}`. Search `{filters: [{property, value}], limit, after}` over an
 * index that lags. Batch `{inputs: [...]}` answers 207 `{results: [{status, record} | {status, error}]}`. DELETE
 * archives, `POST /objects/{collection}/{id}/restore` brings back; `GET /objects/{collection}/archived?updatedAfter=ms` gives `{results: [{id, archivedAt}]}`. Errors:
 * RFC 9457 problem JSON with `errors: [{pointer, detail}]`. Token: `POST /oauth/token {grant_type, client_id,
 * client_secret}` gives `{access_token, expires_in}` (seconds). Webhook body: an array of `{eventId, objectType,
 * objectId, change: "created" | "updated" | "archived", occurredAt, changed: [path]}`.
 */
export const CRM_API: ApiDescription = {
  baseUrl: 'https://crm.test',
  auth: { kind: 'client-credentials', tokenPath: '/oauth/token' },
  routes: {
    list: { method: 'GET', path: '/objects/{collection}' },
    get: { method: 'GET', path: '/objects/{collection}/{id}' },
    create: { method: 'POST', path: '/objects/{collection}' },
    update: { method: 'PATCH', path: '/objects/{collection}/{id}' },
    remove: { method: 'DELETE', path: '/objects/{collection}/{id}' },
    search: { method: 'POST', path: '/objects/{collection}/search' },
    batchCreate: { method: 'POST', path: '/objects/{collection}/batch/create' },
    batchUpdate: { method: 'POST', path: '/objects/{collection}/batch/update' },
    revisions: null,
    deleted: { method: 'GET', path: '/objects/{collection}/archived' },
    restore: { method: 'POST', path: '/objects/{collection}/{id}/restore' },
  },
  updateMode: 'merge',
  batchSize: 100,
  record: {
    one: null,
    many: 'results',
    id: 'id',
    fields: 'properties',
    besideFields: ['associations'],
    createdAt: 'createdAt',
    updatedAt: 'updatedAt',
    timeFormat: 'epoch-ms',
    fieldTimes: 'propertyTimes',
    absent: 'missing',
  },
  concurrency: { kind: 'version', path: 'version' },
  idempotency: { kind: 'body', path: 'idempotencyKey' },
  paging: { kind: 'cursor', cursorParam: 'after', sizeParam: 'limit', size: 10, next: 'paging.next.after' },
  changedSince: { param: 'updatedAfter', format: 'epoch-ms' },
  deletions: { param: 'updatedAfter', format: 'epoch-ms', id: 'id', at: 'archivedAt' },
  filterByField: false,
  webhooks: {
    scheme: 'base64-request',
    signatureHeader: 'X-Crm-Signature',
    timestampHeader: 'X-Crm-Timestamp',
    deliveryHeader: 'X-Crm-Delivery',
    accountHeader: 'X-Crm-Account',
    toleranceMs: 300_000,
  },
  bumpsOnNoChange: 'yes',
  nullUntilUpdate: 'no',
};

/**
 * A plain JSON REST convention, to begin a description with: bare records and arrays, PATCH merges, nothing that a
 * provider may lack is taken for granted.
 */
export const REST_API: ApiDescription = {
  baseUrl: 'http://127.0.0.1',
  auth: { kind: 'none' },
  routes: {
    list: { method: 'GET', path: '/{collection}' },
    get: { method: 'GET', path: '/{collection}/{id}' },
    create: { method: 'POST', path: '/{collection}' },
    update: { method: 'PATCH', path: '/{collection}/{id}' },
    remove: { method: 'DELETE', path: '/{collection}/{id}' },
    search: null,
    batchCreate: null,
    batchUpdate: null,
    revisions: null,
    deleted: null,
  },
  updateMode: 'merge',
  batchSize: 1,
  record: {
    one: null,
    many: null,
    id: 'id',
    fields: null,
    besideFields: [],
    createdAt: null,
    updatedAt: null,
    timeFormat: 'iso',
    fieldTimes: null,
    absent: 'empty',
  },
  concurrency: null,
  idempotency: null,
  paging: { kind: 'none' },
  changedSince: null,
  filterByField: false,
  webhooks: null,
  deletionsShow: 'listing-gap',
};
