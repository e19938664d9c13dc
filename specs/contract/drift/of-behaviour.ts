import { wireResponse } from '../../../src/contract/wire.js';
import {
  altered,
  api,
  body,
  CRM,
  field,
  inRecords,
  isObject,
  rename,
  SHOP,
  status,
  without,
  type Drift,
} from './drift.js';

/** Status codes, headers, error shapes, paging, versions, times, credentials and events that change. */
export const BEHAVIOUR_DRIFTS: Drift[] = [
  {
    name: 'uniqueness is dropped',
    contract: SHOP,
    check: 'webshop/product/create/duplicate',
    now: field(SHOP, 'Product', 'sku', (own) => [{ ...own, unique: false }]),
  },
  {
    name: 'the answer to a creation is 200',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    answers: status(201, 200, 'POST'),
  },
  {
    name: 'a missing record is 400',
    contract: SHOP,
    check: 'webshop/customer/get/missing',
    answers: status(404, 400),
  },
  {
    name: 'a missing record is 200 with nothing',
    contract: CRM,
    check: 'crm/customer/get/missing',
    answers: status(404, 200),
  },
  {
    name: 'errors have another shape',
    contract: SHOP,
    check: 'webshop/customer/create/unknown-field',
    answers: body(
      () => ({ error: 'no' }),
      (code) => code >= 400,
    ),
  },
  {
    name: 'errors no longer name the field',
    contract: SHOP,
    check: 'webshop/customer/create/email-wrong-form',
    answers: body(
      (own) => (isObject(own) ? { ...own, details: [], message: 'invalid' } : own),
      (code) => code === 422,
    ),
  },
  {
    name: 'Retry-After is missing',
    contract: SHOP,
    check: 'webshop/rate-limit/retry-after',
    answers: without('retry-after'),
  },
  {
    name: 'the rate limit is 503',
    contract: CRM,
    check: 'crm/rate-limit/retry-after',
    answers: status(429, 503),
  },
  {
    name: 'ETag is missing',
    contract: SHOP,
    check: 'webshop/customer/update/current-version',
    answers: without('etag'),
  },
  {
    name: 'a stale version is taken',
    contract: SHOP,
    check: 'webshop/customer/update/stale-version',
    answers: status(412, 200),
  },
  {
    name: 'versions are missing',
    contract: CRM,
    check: 'crm/customer/get/returns-the-record',
    answers: body(inRecords(({ version: _gone, ...rest }) => rest)),
  },
  {
    name: 'ids become texts',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    answers: body(inRecords((record) => ({ ...record, id: `c-${String(record['id'])}` }))),
  },
  {
    name: 'the update time is renamed',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    answers: body(rename('updated_at', 'modified_at')),
  },
  {
    name: 'times become seconds',
    contract: CRM,
    check: 'crm/customer/update/moves-the-time',
    answers: body(
      inRecords((record) => ({ ...record, updatedAt: Math.floor(Number(record['updatedAt']) / 1_000_000) })),
    ),
  },
  {
    name: 'times lose their zone',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    answers: body(inRecords((record) => ({ ...record, updated_at: '2026-01-15 09:00' }))),
  },
  {
    name: 'pages ignore their size',
    contract: SHOP,
    check: 'webshop/customer/list/pages',
    answers: (fetch) => (request) =>
      fetch({
        ...request,
        url: request.url.replace(/per_page=\d+/, 'per_page=100'),
        method: request.method,
        headers: request.headers,
        text: () => request.text(),
      }),
  },
  {
    name: 'the second page is the first again',
    contract: SHOP,
    check: 'webshop/customer/list/pages',
    answers: (fetch) => (request) =>
      fetch({
        ...request,
        url: request.url.replace(/([?&])page=\d+/, '$1page=1'),
        method: request.method,
        headers: request.headers,
        text: () => request.text(),
      }),
  },
  {
    name: 'the cursor is dropped',
    contract: CRM,
    check: 'crm/customer/list/pages',
    answers: body((own) => (isObject(own) && 'paging' in own ? { ...own, paging: null } : own)),
  },
  {
    name: 'the envelope of lists is renamed',
    contract: CRM,
    check: 'crm/customer/list/returns-records',
    answers: body((own) => (isObject(own) && Array.isArray(own['results']) ? { data: own['results'] } : own)),
  },
  {
    name: 'lists get an envelope',
    contract: SHOP,
    check: 'webshop/customer/list/returns-records',
    answers: body((own) => (Array.isArray(own) ? { items: own } : own)),
  },
  {
    name: 'the total is missing',
    contract: SHOP,
    check: 'webshop/customer/list/total',
    answers: without('x-total-count'),
  },
  {
    name: 'the filter for changes is exclusive',
    contract: SHOP,
    check: 'webshop/customer/list/equal-timestamps',
    answers: body((own) => (Array.isArray(own) ? own.slice(1) : own)),
  },
  {
    name: 'unknown parameters are passed over',
    contract: SHOP,
    check: 'webshop/customer/list/unknown-parameter',
    answers: status(400, 200),
  },
  {
    name: 'no credential is needed',
    contract: SHOP,
    check: 'webshop/authentication/missing',
    answers: status(401, 200),
  },
  {
    name: 'a missing credential is 403',
    contract: CRM,
    check: 'crm/authentication/missing',
    answers: status(401, 403),
  },
  {
    name: 'deletions are not told',
    contract: SHOP,
    check: 'webshop/customer/listDeleted/tells',
    answers: altered((answer, _text, url) =>
      url.pathname.endsWith('/deleted') ? wireResponse('[]', answer.status, {}) : null,
    ),
  },
  {
    name: 'a deletion is answered with 500',
    contract: SHOP,
    check: 'webshop/customer/delete/removes',
    answers: status(204, 500),
  },
  {
    name: 'answers are HTML',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    answers: altered((answer, text, _url, method) =>
      method === 'GET' ? wireResponse(`<html>${text}</html>`, answer.status, {}) : null,
    ),
  },
  {
    name: 'a batch is all or nothing',
    contract: CRM,
    check: 'crm/customer/batchCreate/each-its-own-result',
    answers: status(207, 422),
  },
  {
    name: 'another key is asked for',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    now: api(SHOP, { auth: { kind: 'api-key-header', header: 'X-New-Key' } }),
    breaking: true,
  },
];
