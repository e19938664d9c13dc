import { expect, test } from 'vitest';
import type { SystemContract } from '../../src/contract/api-description.js';
import type { FieldSpec, Json, JsonObject } from '../../src/contract/field.js';
import { crmContract } from '../../src/contract/crm.js';
import { diffContracts } from '../../src/contract/openapi/diff.js';
import { openApiOf } from '../../src/contract/openapi/system.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { wireResponse, type WireFetch, type WireResponse } from '../../src/contract/wire.js';
import { contractChecks, runContractCheck } from '../../src/contract-checks/run.js';
import { twinTarget } from './targets.js';

const SHOP = webshopContract();
const CRM = crmContract();

/** What a provider does otherwise one day; `check` must fail then, and the change is breaking or not. */
type Drift = {
  name: string;
  contract: SystemContract;
  check: string;
  /** The provider's own contract from now on. */
  now?: SystemContract;
  /** Or the way its answers change. */
  answers?: (fetch: WireFetch) => WireFetch;
  /** As `contract diff` must judge it; left out where a document cannot say it. */
  breaking?: boolean;
};

function field(
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

const api = (contract: SystemContract, change: Partial<SystemContract['api']>): SystemContract => ({
  ...contract,
  api: { ...contract.api, ...change },
});

function altered(
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

const without = (header: string) =>
  altered((answer, text) => {
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => name !== header && (headers[name] = value));
    return wireResponse(text === '' ? null : text, answer.status, headers);
  });

const status = (from: number, to: number, method?: string) =>
  altered((answer, text, _url, own) => {
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    return answer.status === from && (method === undefined || method === own)
      ? wireResponse(text, to, headers)
      : null;
  });

const body = (change: (body: Json) => Json, when: (status: number) => boolean = (code) => code < 300) =>
  altered((answer, text) => {
    if (text === '' || !when(answer.status)) return null;
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => (headers[name] = value));
    return wireResponse(JSON.stringify(change(JSON.parse(text) as Json)), answer.status, headers);
  });

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const inRecords =
  (change: (record: JsonObject) => JsonObject) =>
  (value: Json): Json => {
    if (Array.isArray(value)) return value.map((one) => (isObject(one) ? change(one) : one));
    if (!isObject(value)) return value;
    if (Array.isArray(value['results']))
      return { ...value, results: value['results'].map((one) => (isObject(one) ? change(one) : one)) };
    return change(value);
  };
const rename = (from: string, to: string) =>
  inRecords(({ [from]: old, ...rest }) => (old === undefined ? rest : { ...rest, [to]: old }));

const DRIFTS: Drift[] = [
  {
    name: 'a field is removed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'phone', () => []),
    breaking: true,
  },
  {
    name: 'a field is renamed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'phone', (own) => [{ ...own, path: 'telephone' }]),
    breaking: true,
  },
  {
    name: 'a nested field is removed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'billing_address.city', () => []),
    breaking: true,
  },
  {
    name: 'a text becomes a number',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'barcode', (own) => [
      { ...own, type: { kind: 'integer', min: 0, max: 1e15 } },
    ]),
    breaking: true,
  },
  {
    name: 'a number becomes a text',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'stock', (own) => [{ ...own, type: { kind: 'string', maxLength: 20 } }]),
    breaking: true,
  },
  {
    name: 'money becomes minor units',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'price', (own) => [{ ...own, type: { kind: 'minor-units' } }]),
    breaking: true,
  },
  {
    name: 'money gets another scale',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'price', (own) => [{ ...own, type: { kind: 'decimal-string', scale: 4 } }]),
    breaking: true,
  },
  {
    name: 'a choice loses values',
    contract: SHOP,
    check: 'webshop/order/create/stores-what-was-sent',
    now: field(SHOP, 'Order', 'status', (own) => [{ ...own, type: { kind: 'enum', values: ['paid'] } }]),
    breaking: true,
  },
  {
    name: 'a choice gains a value',
    contract: SHOP,
    check: 'webshop/customer/create/status-unknown-value',
    now: field(SHOP, 'Customer', 'status', (own) => [
      {
        ...own,
        type: { kind: 'enum', values: ['active', 'disabled', 'invited', 'archived', 'surely-unknown'] },
      },
    ]),
    breaking: true,
  },
  {
    name: 'a text may be longer',
    contract: SHOP,
    check: 'webshop/customer/create/first_name-too-long',
    now: field(SHOP, 'Customer', 'first_name', (own) => [
      { ...own, type: { kind: 'string', maxLength: 500, format: 'first-name' } },
    ]),
    breaking: false,
  },
  {
    name: 'a text must be shorter',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'description', (own) => [{ ...own, type: { kind: 'string', maxLength: 3 } }]),
    breaking: true,
  },
  {
    name: 'a new field is required',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    now: field(SHOP, 'Customer', 'email', (own) => [
      own,
      { path: 'consent_id', type: { kind: 'string', maxLength: 20 }, required: true },
    ]),
    breaking: true,
  },
  {
    name: 'a new field is optional',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    now: field(SHOP, 'Customer', 'email', (own) => [
      own,
      { path: 'nickname', type: { kind: 'string', maxLength: 20 } },
    ]),
    breaking: false,
  },
  {
    name: 'a field may no longer be empty',
    contract: SHOP,
    check: 'webshop/customer/update/clears',
    now: field(SHOP, 'Customer', 'internal_note', (own) => [{ ...own, required: true }]),
    breaking: true,
  },
  {
    name: 'a required field may be left out',
    contract: SHOP,
    check: 'webshop/product/create/name-null',
    now: field(SHOP, 'Product', 'name', (own) => [{ ...own, required: false }]),
  },
  {
    name: 'a date becomes an instant',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'date_of_birth', (own) => [{ ...own, type: { kind: 'datetime' } }]),
    breaking: true,
  },
  {
    name: 'a list becomes a text',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'tags', (own) => [
      { ...own, type: { kind: 'joined-list', separator: ';', maxLength: 200 } },
    ]),
    breaking: true,
  },
  {
    name: 'a yes or no becomes a text',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'active', (own) => [
      { ...own, type: { kind: 'enum', values: ['yes', 'no'] } },
    ]),
    breaking: true,
  },
  {
    name: 'a member of a line is removed',
    contract: SHOP,
    check: 'webshop/order/create/stores-what-was-sent',
    now: field(SHOP, 'Order', 'lines', (own) => [
      own.type.kind !== 'object-list'
        ? own
        : { ...own, type: { ...own.type, fields: own.type.fields.filter((one) => one.path !== 'discount') } },
    ]),
    breaking: true,
  },
  {
    name: 'text is trimmed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    answers: body(
      inRecords((record) =>
        typeof record['company'] === 'string'
          ? { ...record, company: record['company'].toUpperCase() }
          : record,
      ),
    ),
  },
  {
    name: 'a property of the CRM is removed',
    contract: CRM,
    check: 'crm/customer/create/stores-what-was-sent',
    now: field(CRM, 'Customer', 'phone', () => []),
    breaking: true,
  },
  {
    name: 'a property of the CRM is retyped',
    contract: CRM,
    check: 'crm/product/create/stores-what-was-sent',
    now: field(CRM, 'Product', 'priceMinor', (own) => [
      { ...own, type: { kind: 'decimal-string', scale: 2 } },
    ]),
    breaking: true,
  },
  {
    name: 'a choice of the CRM gains a value',
    contract: CRM,
    check: 'crm/customer/create/lifecycle-unknown-value',
    now: field(CRM, 'Customer', 'lifecycle', (own) => [
      { ...own, type: { kind: 'enum', values: ['active', 'blocked', 'lead', 'churned', 'surely-unknown'] } },
    ]),
    breaking: true,
  },
  {
    name: 'a property of the CRM is newly required',
    contract: CRM,
    check: 'crm/order/create/returns-the-record',
    now: field(CRM, 'Order', 'stage', (own) => [
      own,
      { path: 'ownerId', type: { kind: 'string', maxLength: 20 }, required: true },
    ]),
    breaking: true,
  },
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

test('the table holds at least 40 drifts', () => {
  expect(DRIFTS.length).toBeGreaterThanOrEqual(40);
});

test.each(DRIFTS)('$name: $check', async ({ contract, check: id, now, answers, breaking }) => {
  const check = contractChecks(contract).find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  const open = twinTarget(contract, 'direct', answers, now);

  const outcome = await runContractCheck(check, open, 1);
  const changes = now === undefined ? [] : diffContracts(openApiOf(contract), openApiOf(now));

  expect(outcome.verdict).toBe('failed');
  if (breaking !== undefined)
    expect(changes.length > 0 && changes.some((change) => change.breaking)).toBe(breaking);
});

test('a removed field matters only when a mapped property or a match key uses it', () => {
  const [before, after] = [openApiOf(SHOP), openApiOf(field(SHOP, 'Customer', 'phone', () => []))];

  expect(diffContracts(before, after, new Set(['phone'])).some((change) => change.breaking)).toBe(true);
  expect(diffContracts(before, after, new Set(['email'])).some((change) => change.breaking)).toBe(false);
});

test('a contract does not differ from itself', () => {
  expect(diffContracts(openApiOf(CRM), openApiOf(crmContract()))).toEqual([]);
});
