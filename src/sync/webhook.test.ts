import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { crmContract } from '../contract/crm.js';
import type { WebhookScheme } from '../contract/api-description.js';
import { isAuthentic, recordsOf } from './webhook.js';

const scheme = (kind: WebhookScheme['scheme']): WebhookScheme => ({
  scheme: kind,
  signatureHeader: 'x-sign',
  timestampHeader: 'x-time',
  deliveryHeader: 'x-delivery',
  accountHeader: 'x-account',
  toleranceMs: 1000,
});
const NOW = 1_700_000_000_000;
const credentials = { webhookSecret: 'secret', account: 'acme' } as Parameters<typeof isAuthentic>[1];
const mac = (text: string) => createHmac('sha256', 'secret').update(text);

function judge(
  kind: WebhookScheme['scheme'],
  headers: Record<string, string>,
  body = '{}',
  now = NOW,
): boolean {
  return isAuthentic(scheme(kind), credentials, body, new Headers(headers), '/webhooks/a', now);
}
function signed(time = String(NOW), body = '{}'): Record<string, string> {
  return { 'x-account': 'acme', 'x-time': time, 'x-sign': `sha256=${mac(`${time}.${body}`).digest('hex')}` };
}

test('an event is authentic when it is signed over its time and its raw bytes', () => {
  expect(judge('hex-timestamp-body', signed())).toBe(true);
  expect(judge('hex-timestamp-body', signed(), '{ }')).toBe(false);
});

test('the other scheme signs verb, path, body and time', () => {
  const sign = mac(`POST/webhooks/a{}${NOW}`).digest('base64');

  expect(judge('base64-request', { ...signed(), 'x-sign': sign })).toBe(true);
  expect(judge('base64-request', { ...signed(), 'x-sign': sign }, '[]')).toBe(false);
  expect(judge('hex-timestamp-body', { ...signed(), 'x-sign': sign })).toBe(false);
});

test('an event is stale beyond the tolerance, and from the future too', () => {
  expect(judge('hex-timestamp-body', signed(String(NOW - 1000)))).toBe(true);
  expect(judge('hex-timestamp-body', signed(String(NOW - 1001)))).toBe(false);
  expect(judge('hex-timestamp-body', signed(String(NOW + 1000)))).toBe(true);
  expect(judge('hex-timestamp-body', signed(String(NOW + 1001)))).toBe(false);
});

test.each(['', 'soon', `${NOW} `, `x${NOW}`, `${NOW}x`, '12345678901234567', '1.7e12'])(
  '%j is no time of an event',
  (time) => {
    const now = Number(time) || NOW;

    expect(judge('hex-timestamp-body', { ...signed(time), 'x-time': time }, '{}', now)).toBe(false);
  },
);

test('an event for another account, or without signature, is refused', () => {
  expect(judge('hex-timestamp-body', { ...signed(), 'x-account': 'other' })).toBe(false);
  expect(judge('hex-timestamp-body', { ...signed(), 'x-sign': 'short' })).toBe(false);
  expect(judge('hex-timestamp-body', { 'x-account': 'acme', 'x-time': String(NOW) })).toBe(false);
  expect(judge('hex-timestamp-body', {})).toBe(false);
});

test.each<[string, unknown, { entity: string; id: string }[]]>([
  ['by type and id', { objectType: 'customer', objectId: 5 }, [{ entity: 'Customer', id: '5' }]],
  ['by the name of what happened', { event: 'Order.updated', id: 'x' }, [{ entity: 'Order', id: 'x' }]],
  [
    'several at once',
    [
      { objectType: 'product', objectId: 1 },
      { objectType: 'Product', objectId: 2 },
    ],
    [
      { entity: 'Product', id: '1' },
      { entity: 'Product', id: '2' },
    ],
  ],
  ['not of an entity that the contract does not hold', { objectType: 'invoice', objectId: 5 }, []],
  ['not without an id', { objectType: 'customer' }, []],
  ['not with an id that is null', { objectType: 'customer', objectId: null }, []],
  ['not with an own id that is null', { event: 'Order.updated', id: null }, []],
  ['not without a name', { id: 5 }, []],
  ['not where there is no object', [null, 'text', 3], []],
  ['not by a name that only ends alike', { event: 'created.customer', id: 1 }, []],
])('an event names its records %s', (_how, body, records) => {
  expect(recordsOf(crmContract('CRM'), JSON.stringify(body))).toEqual(records);
});

test('an event of an entity whose name holds dots loses only what happened to it', () => {
  const contract = crmContract('CRM');
  const entities = contract.entities.map((one) => ({ ...one, name: `shop.${one.name}` }));

  const records = recordsOf({ ...contract, entities }, '{"event": "shop.order.updated", "id": 7}');

  expect(records).toEqual([{ entity: 'shop.Order', id: '7' }]);
});

test('an event that is no JSON names none', () => {
  expect(recordsOf(crmContract('CRM'), '{')).toEqual([]);
});
