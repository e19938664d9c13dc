import { expect, test } from 'vitest';
import { webshopContract } from '../../src/contract/webshop.js';
import { wireRequest } from '../../src/contract/wire.js';
import { createTwin } from './twin.js';

const contract = webshopContract();
let seq = 0;
const shop = () =>
  createTwin({
    contract,
    clock: { now: () => 0 },
    nextSeq: () => (seq += 1),
    webhookPath: '/webhooks/a',
  });

async function made(twin: ReturnType<typeof shop>, collection: string, body: object) {
  const { key = '' } = twin.credentials.harness;
  const headers = { 'X-Api-Key': key, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await twin.fetch(wireRequest(`${contract.api.baseUrl}/${collection}`, request));
  return { status: answer.status, text: await answer.text() };
}

test('a reference is taken in the form of the id alone: a whole number is no text, as real APIs have it', async () => {
  const twin = shop();
  const customer = await made(twin, 'customers', { email: 'ada@example.org' });
  const { id } = JSON.parse(customer.text) as { id: number };
  const order = (customer_id: unknown) =>
    made(twin, 'orders', { number: `N-${typeof customer_id}`, customer_id });

  const [asNumber, asText] = [await order(id), await order(String(id))];

  expect(asNumber.status).toBe(201);
  expect(asText.status).toBeGreaterThanOrEqual(400);
  expect(asText.text).toContain('customer_id takes an id of Customer as a number');
});
