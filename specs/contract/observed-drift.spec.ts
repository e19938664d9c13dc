import { expect, test } from 'vitest';
import { crmContract } from '../../src/contract/crm.js';
import { observedFetch } from '../../src/contract/observe-fetch.js';
import { ContractObserver } from '../../src/contract/observe.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { wireRequest, wireResponse } from '../../src/contract/wire.js';
import { driftDiagnostics } from '../../src/run/observed-drift.js';

const SHOP = webshopContract();
const CRM = crmContract();
const ROWS = [
  {
    pair: 'customer',
    slug: 'phone',
    a: 'phone',
    b: 'phone',
    transform: 'identity',
    direction: 'both' as const,
    origin: 'profile' as const,
    line: null,
  },
];

function watching(bodies: [system: typeof SHOP, path: string, body: unknown][]) {
  const observer = new ContractObserver([SHOP, CRM]);
  for (const [{ name, api }, path, body] of bodies)
    observer.see({
      system: name,
      url: `${api.baseUrl}${path}`,
      status: 200,
      responseBody: JSON.parse(JSON.stringify(body)) as never,
    });
  return observer.findings().map(({ entity, path, what }) => `${entity}.${path} ${what}`);
}

const customer = { id: 1, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };

test('answers that keep the contract show nothing', () => {
  const whole = {
    ...customer,
    email: 'a@example.org',
    phone: null,
    tags: ['x'],
    billing_address: { city: 'Oslo' },
  };

  expect(watching([[SHOP, '/customers/1', whole]])).toEqual([]);
});

test('a field never seen before is told once', () => {
  const other = { ...customer, loyalty: 3 };

  expect(
    watching([
      [SHOP, '/customers', [other, other]],
      [SHOP, '/customers/1', other],
    ]),
  ).toEqual(['Customer.loyalty is not in the contract (number)']);
});

test('a type that changed is told, inside the envelope of the CRM too', () => {
  const record = {
    id: 'c',
    version: 1,
    properties: { phone: 47 },
    createdAt: 1,
    updatedAt: 1,
    archived: false,
  };

  expect(watching([[CRM, '/objects/customers?limit=3', { results: [record] }]])).toEqual([
    'Customer.phone came as number, the contract says text',
  ]);
});

test('a change inside a nested object is told by its path', () => {
  const record = { ...customer, billing_address: { city: 7, floor: 'x' } };

  expect(watching([[SHOP, '/customers/1', record]])).toEqual([
    'Customer.billing_address.city came as number, the contract says text',
    'Customer.billing_address.floor is not in the contract (text)',
  ]);
});

test('as a finding of the run it says whether the property is synchronised', () => {
  const what = 'came as number, the contract says text';
  const found = driftDiagnostics(
    ['phone', 'loyalty'].map((path) => ({ system: 'Webshop', entity: 'Customer', path, what })),
    ROWS,
  );

  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `contract-drift Contract drift: Customer.loyalty of Webshop ${what}`,
    `contract-drift Contract drift: Customer.phone of Webshop ${what}; it is synchronised`,
  ]);
});

test('calls over the network are watched, and their answers pass unchanged', async () => {
  const observer = new ContractObserver([SHOP]);
  const text = JSON.stringify({ ...customer, loyalty: 3 });
  const fetch = observedFetch(
    async () => wireResponse(text, 200, { etag: '"1"' }),
    observer,
    () => SHOP.name,
  );

  const answer = await fetch(wireRequest(`${SHOP.api.baseUrl}/customers/1`, { method: 'GET' }));

  expect(await answer.text()).toBe(text);
  expect(answer.headers.get('etag')).toBe('"1"');
  expect(observer.findings().map((one) => one.path)).toEqual(['loyalty']);
});
