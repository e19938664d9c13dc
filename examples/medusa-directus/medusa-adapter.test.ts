import { afterEach, beforeEach, expect, test } from 'vitest';
import { adapt } from './medusa-adapter.js';
import type { Json, JsonObject } from './medusa-records.js';
import { FAKE_KEY, startFakeMedusa, type FakeMedusa } from './testing/fake-medusa.js';

const ANN = { email: 'ann@example.org', first_name: 'Ann', company: 'Quay', vat_number: 'SE1' };
const LAMP = { sku: 'L-1', name: 'Lamp', price: '19.90', barcode: '401', weight_grams: 250 };

let medusa: FakeMedusa;
let through: (request: Request) => Promise<Response>;

beforeEach(async () => {
  medusa = await startFakeMedusa();
  through = adapt(fetch);
});
afterEach(() => medusa.close());

const send = (method: string, path: string, body?: JsonObject, authorization = FAKE_KEY) =>
  through(
    new Request(`${medusa.url}${path}`, {
      method,
      headers: { authorization },
      body: body === undefined ? null : JSON.stringify(body),
    }),
  );

async function ask(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
  const answer = await send(method, path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as JsonObject;
}

async function statusOf(method: string, path: string, body?: JsonObject): Promise<number> {
  return (await send(method, path, body)).status;
}

async function idOf(path: string, body: JsonObject): Promise<string> {
  return String((await ask('POST', path, body))['id']);
}

const items = async (path: string) =>
  (await ask('GET', `${path}&limit=10&offset=0`))['items'] as JsonObject[];
const calls = () => medusa.asked.map(({ method, path }) => `${method} ${path}`);

/** A customer and a product, and the body of an order of both. */
async function orderBody(lines: JsonObject[] = []): Promise<JsonObject & { lines: Json }> {
  const customer = await idOf('/customers', ANN);
  const product = await idOf('/products', LAMP);
  const own = [{ product_id: product, quantity: 2, unit_price: '19.90' }, ...lines];
  return { number: 'N-1', customer_id: customer, note: 'by noon', lines: own };
}

test('a customer is kept under the names of Medusa and shown under those of the profile', async () => {
  const made = await ask('POST', '/customers', ANN);

  expect(made).toMatchObject({ ...ANN, last_name: null, internal_note: null });
  expect(medusa.asked[0]?.body).toMatchObject({ company_name: 'Quay', metadata: { vat_number: 'SE1' } });
});

test('a change is a POST that names what changes, and nothing is read for it', async () => {
  const id = await idOf('/customers', ANN);

  const changed = await ask('PATCH', `/customers/${id}`, { first_name: 'Anna' });

  expect(changed).toMatchObject({ ...ANN, first_name: 'Anna' });
  expect(medusa.asked[1]).toMatchObject({ method: 'POST', body: { first_name: 'Anna' } });
  expect(medusa.asked).toHaveLength(2);
});

test('a property in the metadata is cleared, and the others stay', async () => {
  const id = await idOf('/customers', { ...ANN, internal_note: 'calls back' });

  const changed = await ask('PATCH', `/customers/${id}`, { vat_number: null });

  expect(changed).toMatchObject({ vat_number: null, internal_note: 'calls back' });
  expect(medusa.asked[1]?.body).toEqual({ metadata: { vat_number: '' } });
});

test('a customer that was deleted is not there', async () => {
  const id = await idOf('/customers', ANN);

  const deleted = await ask('DELETE', `/customers/${id}`);

  expect(deleted).toEqual({ id, deleted: true });
  expect(await statusOf('GET', `/customers/${id}`)).toBe(404);
});

test('a listing is asked for page by page and says whether there is more', async () => {
  for (const name of ['a', 'b', 'c']) await idOf('/customers', { email: `${name}@example.org` });

  const pages = [
    await ask('GET', '/customers?limit=2&offset=0'),
    await ask('GET', '/customers?limit=2&offset=2'),
  ];

  expect(pages.map(({ items: found, more }) => [(found as Json[]).length, more])).toEqual([
    [2, true],
    [1, false],
  ]);
});

test('a listing may begin with a time of update', async () => {
  await idOf('/customers', ANN);
  const { updated_at: since } = await ask('POST', '/customers', { email: 'bo@example.org' });

  const found = await items(`/customers?updated_at[$gte]=${String(since)}`);

  expect(found.map(({ email }) => email)).toEqual(['bo@example.org']);
});

test('a product is shown with its one variant and the price of it', async () => {
  const made = await ask('POST', '/products', LAMP);

  expect(made).toMatchObject({ ...LAMP, description: null });
});

test('a change of the price goes to the variant that is there, and the rest of it stays', async () => {
  const id = await idOf('/products', LAMP);

  const changed = await ask('PATCH', `/products/${id}`, { price: '21.00' });

  expect(changed).toMatchObject({ ...LAMP, price: '21.00' });
  expect(calls().slice(1)).toEqual([`GET products/${id}`, `POST products/${id}`]);
});

test('a change of the title reads nothing', async () => {
  const id = await idOf('/products', LAMP);

  await ask('PATCH', `/products/${id}`, { name: 'Light' });

  expect(calls().slice(1)).toEqual([`POST products/${id}`]);
});

test('the update time of a product is the latest of its own, its variant and its price', async () => {
  const made = await ask('POST', '/products', LAMP);

  const changed = await ask('PATCH', `/products/${String(made['id'])}`, { barcode: '402' });

  expect(String(changed['updated_at']) > String(made['updated_at'])).toBe(true);
});

test('two products may have one title', async () => {
  await idOf('/products', LAMP);

  const second = await ask('POST', '/products', { ...LAMP, sku: 'L-2' });

  expect(second).toMatchObject({ name: 'Lamp', sku: 'L-2' });
});

test('an order begins as a draft of variants and is then converted', async () => {
  const body = await orderBody();

  const made = await ask('POST', '/orders', body);

  expect(made).toMatchObject({ ...body, currency: 'EUR', reference: null });
  expect(calls().slice(2)).toEqual([
    'GET regions',
    'GET products',
    'POST draft-orders',
    expect.stringMatching(/^POST draft-orders\/.+\/convert-to-order$/),
  ]);
});

test('the region is asked for once', async () => {
  const body = await orderBody();

  await ask('POST', '/orders', body);
  await ask('POST', '/orders', { ...body, number: 'N-2' });

  expect(calls().filter((call) => call === 'GET regions')).toHaveLength(1);
});

test('an order of a product that is not there is refused, and no draft is made', async () => {
  const body = await orderBody([{ product_id: 'gone', quantity: 1, unit_price: '1.00' }]);

  const status = await statusOf('POST', '/orders', body);

  expect(status).toBe(404);
  expect(calls()).not.toContain('POST draft-orders');
});

test('what an order holds beside its lines is changed', async () => {
  const body = await orderBody();
  const id = await idOf('/orders', body);

  const changed = await ask('PATCH', `/orders/${id}`, { note: 'by one' });

  expect(changed).toMatchObject({ ...body, note: 'by one' });
});

test('an order is deleted by being cancelled, and a cancelled one is neither shown, listed nor changed', async () => {
  const id = await idOf('/orders', await orderBody());

  const deleted = await ask('DELETE', `/orders/${id}`);

  expect(deleted).toEqual({ id, deleted: true });
  expect(calls().at(-1)).toBe(`POST orders/${id}/cancel`);
  expect(await items('/orders?')).toEqual([]);
  expect(await statusOf('GET', `/orders/${id}`)).toBe(404);
  expect(await statusOf('PATCH', `/orders/${id}`, { note: 'x' })).toBe(404);
});

test('what Medusa refuses is told in its words', async () => {
  const answer = await send('POST', '/customers', { email: 'åsa@example.org' });

  expect([answer.status, await answer.json()]).toEqual([
    400,
    { type: 'invalid_data', message: 'Invalid request: Invalid email address' },
  ]);
});

test('Medusa is asked with the credential of the request', async () => {
  const answer = await send('GET', '/customers?limit=1&offset=0', undefined, 'Basic d3Jvbmc6');

  expect([answer.status, await answer.json()]).toEqual([401, { message: 'Unauthorized' }]);
});

test('a collection that the profile does not know is not there, and Medusa is not asked', async () => {
  expect(await statusOf('GET', '/carts')).toBe(404);
  expect(medusa.asked).toEqual([]);
});
