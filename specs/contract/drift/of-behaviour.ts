import { createHmac } from 'node:crypto';
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

const CRM_WEBHOOKS = webhooksOf(CRM);
const bodyOnly = (text: string) => createHmac('sha256', 'crm-webhook-secret').update(text).digest('base64');

function webhooksOf({ api: { webhooks } }: typeof CRM) {
  if (webhooks === null) throw new Error('no webhooks');
  return webhooks;
}

/** Status codes, headers, error shapes, paging, versions, times, credentials and events that change. */
export const BEHAVIOUR_DRIFTS: Drift[] = [
  {
    name: 'uniqueness is dropped',
    contract: SHOP,
    check: 'webshop/product/create/duplicate',
    breaking: true,
    now: field(SHOP, 'Product', 'sku', (own) => [{ ...own, unique: false }]),
  },
  {
    name: 'the answer to a creation is 200',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    breaking: true,
    answers: status(201, 200, 'POST'),
  },
  {
    name: 'a missing record is 400',
    contract: SHOP,
    check: 'webshop/customer/get/missing',
    breaking: true,
    answers: status(404, 400),
  },
  {
    name: 'a missing record is 200 with nothing',
    contract: CRM,
    check: 'crm/customer/get/missing',
    breaking: true,
    answers: status(404, 200),
  },
  {
    name: 'errors have another shape',
    contract: SHOP,
    check: 'webshop/customer/create/unknown-field',
    breaking: false,
    answers: body(
      () => ({ error: 'no' }),
      (code) => code >= 400,
    ),
  },
  {
    name: 'errors no longer name the field',
    contract: SHOP,
    check: 'webshop/customer/create/email-wrong-form',
    breaking: false,
    answers: body(
      (own) => (isObject(own) ? { ...own, details: [], message: 'invalid' } : own),
      (code) => code === 422,
    ),
  },
  {
    name: 'Retry-After is missing',
    contract: SHOP,
    check: 'webshop/rate-limit/retry-after',
    breaking: true,
    answers: without('retry-after'),
  },
  {
    name: 'the rate limit is 503',
    contract: CRM,
    check: 'crm/rate-limit/retry-after',
    breaking: true,
    answers: status(429, 503),
  },
  {
    name: 'ETag is missing',
    contract: SHOP,
    check: 'webshop/customer/update/current-version',
    breaking: true,
    answers: without('etag'),
  },
  {
    name: 'a stale version is taken',
    contract: SHOP,
    check: 'webshop/customer/update/stale-version',
    breaking: true,
    answers: status(412, 200),
  },
  {
    name: 'versions are missing',
    contract: CRM,
    check: 'crm/customer/get/returns-the-record',
    breaking: true,
    answers: body(inRecords(({ version: _gone, ...rest }) => rest)),
  },
  {
    name: 'ids become texts',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    breaking: true,
    answers: body(inRecords((record) => ({ ...record, id: `c-${String(record['id'])}` }))),
  },
  {
    name: 'the update time is renamed',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    breaking: true,
    answers: body(rename('updated_at', 'modified_at')),
  },
  {
    name: 'times become seconds',
    contract: CRM,
    check: 'crm/customer/update/moves-the-time',
    breaking: true,
    answers: body(
      inRecords((record) => ({ ...record, updatedAt: Math.floor(Number(record['updatedAt']) / 1_000_000) })),
    ),
  },
  {
    name: 'times lose their zone',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    breaking: true,
    answers: body(inRecords((record) => ({ ...record, updated_at: '2026-01-15 09:00' }))),
  },
  {
    name: 'pages ignore their size',
    contract: SHOP,
    check: 'webshop/customer/list/pages',
    breaking: true,
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
    breaking: true,
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
    breaking: true,
    answers: body((own) => (isObject(own) && 'paging' in own ? { ...own, paging: null } : own)),
  },
  {
    name: 'the envelope of lists is renamed',
    contract: CRM,
    check: 'crm/customer/list/returns-records',
    breaking: true,
    answers: body((own) => (isObject(own) && Array.isArray(own['results']) ? { data: own['results'] } : own)),
  },
  {
    name: 'lists get an envelope',
    contract: SHOP,
    check: 'webshop/customer/list/returns-records',
    breaking: true,
    answers: body((own) => (Array.isArray(own) ? { items: own } : own)),
  },
  {
    name: 'the total is missing',
    contract: SHOP,
    check: 'webshop/customer/list/total',
    breaking: false,
    answers: without('x-total-count'),
  },
  {
    name: 'the filter for changes is exclusive',
    contract: SHOP,
    check: 'webshop/customer/list/equal-timestamps',
    breaking: true,
    answers: body((own) => (Array.isArray(own) ? own.slice(1) : own)),
  },
  {
    name: 'unknown parameters are passed over',
    contract: SHOP,
    check: 'webshop/customer/list/unknown-parameter',
    breaking: false,
    answers: status(400, 200),
  },
  {
    name: 'no credential is needed',
    contract: SHOP,
    check: 'webshop/authentication/missing',
    breaking: true,
    answers: status(401, 200),
  },
  {
    name: 'a missing credential is 403',
    contract: CRM,
    check: 'crm/authentication/missing',
    breaking: true,
    answers: status(401, 403),
  },
  {
    name: 'deletions are not told',
    contract: SHOP,
    check: 'webshop/customer/listDeleted/tells',
    breaking: true,
    answers: altered((answer, _text, url) =>
      url.pathname.endsWith('/deleted') ? wireResponse('[]', answer.status, {}) : null,
    ),
  },
  {
    name: 'a deletion is answered with 500',
    contract: SHOP,
    check: 'webshop/customer/delete/removes',
    breaking: true,
    answers: status(204, 500),
  },
  {
    name: 'answers are HTML',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    breaking: true,
    answers: altered((answer, text, _url, method) =>
      method === 'GET' ? wireResponse(`<html>${text}</html>`, answer.status, {}) : null,
    ),
  },
  {
    name: 'a batch is all or nothing',
    contract: CRM,
    check: 'crm/customer/batchCreate/each-its-own-result',
    breaking: true,
    answers: status(207, 422),
  },
  {
    name: 'another key is asked for',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    now: api(SHOP, { auth: { kind: 'api-key-header', header: 'X-New-Key' } }),
    breaking: true,
  },
  {
    name: 'the signature is made over other bytes',
    contract: SHOP,
    check: 'webshop/receiveChange/signed',
    breaking: true,
    events: ({ body: sent, headers }) => ({ body: sent.replace('{', '{ '), headers }),
  },
  {
    name: 'the signature is weak: it leaves out the time',
    contract: CRM,
    check: 'crm/receiveChange/signed',
    breaking: true,
    events: ({ body: sent, headers }) => ({
      body: sent,
      headers: { ...headers, [CRM_WEBHOOKS.signatureHeader]: bodyOnly(sent) },
    }),
  },
  {
    name: 'events are no longer signed',
    contract: SHOP,
    check: 'webshop/receiveChange/signed',
    breaking: true,
    events: ({ body: sent }) => ({ body: sent, headers: {} }),
  },
  {
    name: 'events carry no delivery id',
    contract: CRM,
    check: 'crm/receiveChange/headers',
    breaking: true,
    events: ({ body: sent, headers: { [CRM_WEBHOOKS.deliveryHeader]: _gone, ...headers } }) => ({
      body: sent,
      headers,
    }),
  },
  {
    name: 'events name no record',
    contract: SHOP,
    check: 'webshop/receiveChange/names-the-record',
    breaking: true,
    events: ({ headers }) => ({ body: '{"event":"something.happened"}', headers }),
  },
];
