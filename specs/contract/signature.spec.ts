import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sign } from '../../mocks/twin/signature.js';
import type { WebhookScheme } from '../../src/contract/api-description.js';
import { CRM_API, WEBSHOP_API } from '../../src/contract/conventions.js';
import { isAuthentic } from '../../src/sync/webhook.js';

const NOW = 1_768_467_600_000;
const SECRET = 'a secret of two';
const BODY = String.raw`{"event":"customer.updated","id":7,"data":{"name":"\u00c5s\/\u00d8y"}}`;
const credentials = { key: '', clientId: '', clientSecret: '', webhookSecret: SECRET, account: 'shop-1' };

function scheme(api: typeof WEBSHOP_API): WebhookScheme {
  if (api.webhooks === null) throw new Error('no webhooks');
  return api.webhooks;
}
const SHOP = scheme(WEBSHOP_API);
const CRM = scheme(CRM_API);

type Sent = {
  body: string;
  path: string;
  at: number;
  account: string;
  signature: string;
  timestamp?: string;
};

function sent(
  of: WebhookScheme,
  change: Partial<Sent> & { secret?: string; signedBody?: string; signedAt?: number } = {},
): Sent {
  const at = change.at ?? NOW;
  const path = change.path ?? '/webhooks/a';
  const body = change.body ?? BODY;
  const signature = sign(
    of,
    change.secret ?? SECRET,
    change.signedBody ?? body,
    String(change.signedAt ?? at),
    path,
  );
  return { body, path, at, account: 'shop-1', signature, ...change };
}

const accepts = (of: WebhookScheme, { body, path, at, account, signature, timestamp }: Sent) =>
  isAuthentic(
    of,
    credentials,
    body,
    new Headers({
      [of.timestampHeader]: timestamp ?? String(at),
      [of.accountHeader]: account,
      [of.signatureHeader]: signature,
    }),
    path,
    NOW,
  );

const rewritten = JSON.stringify(JSON.parse(BODY));

const VECTORS: [string, WebhookScheme, Sent, boolean][] = [
  ['webshop, as signed', SHOP, sent(SHOP), true],
  ['crm, as signed', CRM, sent(CRM), true],
  ['webshop, an empty body', SHOP, sent(SHOP, { body: '' }), true],
  ['crm, a body beyond ASCII', CRM, sent(CRM, { body: '{"name":"Ås 🦊"}' }), true],
  ['webshop, at the edge of the tolerance', SHOP, sent(SHOP, { at: NOW - SHOP.toleranceMs }), true],
  ['crm, a little from the future', CRM, sent(CRM, { at: NOW + 1000 }), true],
  ['webshop, re-serialised JSON', SHOP, sent(SHOP, { body: rewritten, signedBody: BODY }), false],
  ['crm, re-serialised JSON', CRM, sent(CRM, { body: rewritten, signedBody: BODY }), false],
  ['webshop, one blank more', SHOP, sent(SHOP, { body: `${BODY} `, signedBody: BODY }), false],
  ['webshop, another secret', SHOP, sent(SHOP, { secret: 'guess' }), false],
  ['crm, another secret', CRM, sent(CRM, { secret: 'guess' }), false],
  ['webshop, another shop', SHOP, sent(SHOP, { account: 'shop-2' }), false],
  ['crm, another tenant', CRM, sent(CRM, { account: 'shop-2' }), false],
  ['webshop, stale', SHOP, sent(SHOP, { at: NOW - SHOP.toleranceMs - 1 }), false],
  ['crm, stale', CRM, sent(CRM, { at: NOW - CRM.toleranceMs - 1 }), false],
  ['webshop, replayed with a new time', SHOP, sent(SHOP, { signedAt: NOW - 600_000 }), false],
  ['crm, replayed with a new time', CRM, sent(CRM, { signedAt: NOW - 600_000 }), false],
  ['webshop, far from the future', SHOP, sent(SHOP, { at: NOW + SHOP.toleranceMs + 1 }), false],
  ['webshop, no signature', SHOP, sent(SHOP, { signature: '' }), false],
  ['webshop, cut short', SHOP, sent(SHOP, { signature: sent(SHOP).signature.slice(0, -2) }), false],
  ['webshop, in capitals', SHOP, sent(SHOP, { signature: sent(SHOP).signature.toUpperCase() }), false],
  [
    'webshop, without its prefix',
    SHOP,
    sent(SHOP, { signature: sent(SHOP).signature.replace('sha256=', '') }),
    false,
  ],
  [
    'crm, as hex',
    CRM,
    sent(CRM, { signature: Buffer.from(sent(CRM).signature, 'base64').toString('hex') }),
    false,
  ],
  [
    'crm, for another path',
    CRM,
    sent(CRM, { signature: sign(CRM, SECRET, BODY, String(NOW), '/webhooks/b') }),
    false,
  ],
  ['webshop, a time that is no number', SHOP, sent(SHOP, { timestamp: 'today' }), false],
  ['webshop, an empty time', SHOP, sent(SHOP, { timestamp: '' }), false],
];

test('there are at least 20 vectors of each outcome together', () => {
  expect(VECTORS.length).toBeGreaterThanOrEqual(20);
});

test.each(VECTORS)('%s', (_name, of, event, expected) => {
  expect(accepts(of, event)).toBe(expected);
});

test('the signatures are those that any HMAC gives', () => {
  const shop = createHmac('sha256', SECRET).update(`${NOW}.${BODY}`).digest('hex');
  const crm = createHmac('sha256', SECRET).update(`POST/webhooks/a${BODY}${NOW}`).digest('base64');

  expect(sent(SHOP).signature).toBe(`sha256=${shop}`);
  expect(sent(CRM).signature).toBe(crm);
});
