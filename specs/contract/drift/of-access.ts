import { createHmac } from 'node:crypto';
import { api, CRM, SHOP, status, type Drift } from './drift.js';

const CRM_WEBHOOKS = webhooksOf(CRM);
const bodyOnly = (text: string) => createHmac('sha256', 'crm-webhook-secret').update(text).digest('base64');

function webhooksOf({ api: { webhooks } }: typeof CRM) {
  if (webhooks === null) throw new Error('no webhooks');
  return webhooks;
}

/** Credentials and events that change. */
export const ACCESS_DRIFTS: Drift[] = [
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
