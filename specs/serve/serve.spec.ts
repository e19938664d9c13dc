import { afterEach, expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { endAll, eventually, linksOf, startServe, systemAt, trigger } from './served.js';

afterEach(endAll);

test('an edit on either side arrives on the other one', async () => {
  const { urls } = await startServe(['--port', '0', '--poll', '50']);
  const [shop, crm] = [systemAt('a', urls['webshop'] ?? ''), systemAt('b', urls['crm'] ?? '')];

  const made = await shop.create('Customer', buildCustomer(1));
  const [link] = await eventually(
    () => linksOf(urls['sync'] ?? ''),
    (links) => links.length > 0,
  );
  await crm.update('Customer', link?.bId ?? '', { lastName: 'Back' });

  const arrived = await eventually(
    () => shop.get('Customer', made.id),
    (record) => record?.fields['last_name'] === 'Back',
  );
  expect(arrived?.fields['email']).toBe(made.fields['email']);
});

test('a change is told to the sync by a signed event', async () => {
  const served = await startServe(['--port', '0', '--poll', '0']);

  await systemAt('a', served.urls['webshop'] ?? '').create('Customer', buildCustomer(2));

  await eventually(
    async () => served.log(),
    (log) => /"event":"webhook-sent","delivery":"webshop-[0-9a-f]{8}-1","status":200/.test(log),
  );
});

test('the log holds neither values of records nor credentials', async () => {
  const served = await startServe(['--port', '0', '--poll', '0'], {
    SYNCPROOF_CRM_SYNC_CLIENT_SECRET: 'canary-secret',
  });
  const shop = systemAt('a', served.urls['webshop'] ?? '');
  await shop.create('Customer', { email: 'canary@example.org', first_name: 'Canary' });
  await trigger(served.urls['sync'] ?? '');
  await fetch(`${served.urls['webshop']}/customers?email=canary@example.org`, {
    headers: { 'X-Api-Key': 'playground-webshop-harness-key' },
  });
  await served.end('SIGTERM');

  expect(served.log()).toContain('"did":"create"');
  expect(served.log().toLowerCase()).not.toContain('canary');
  for (const line of served.log().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
});

test('health and status tell how the sync is', async () => {
  const { urls } = await startServe(['--port', '0', '--poll', '0']);

  expect(await (await fetch(`${urls['sync']}/health`)).json()).toEqual({ status: 'up' });
  expect(await (await fetch(`${urls['sync']}/status`)).json()).toEqual({ state: 'ok', problems: [] });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0', async (signal) => {
  const served = await startServe(['--port', '0', '--poll', '50']);

  expect(await served.end(signal)).toBe(0);
});

test('a stand-in takes the credential of the environment alone', async () => {
  const { urls } = await startServe(['--only', 'webshop', '--port', '0'], { SYNCPROOF_WEBSHOP_KEY: 'own' });
  const call = (key: string) => fetch(`${urls['webshop']}/customers`, { headers: { 'X-Api-Key': key } });

  expect((await call('own')).status).toBe(200);
  expect((await call('playground-webshop-harness-key')).status).toBe(401);
});

test('a faulty sync is served by its number: fault 92 says that all is well', async () => {
  const { urls } = await startServe(['--port', '0', '--poll', '0', '--fault', '92']);
  const crm = systemAt('b', urls['crm'] ?? '');
  const twice = { email: 'two@example.org' };
  await crm.create('Customer', twice);
  await crm.create('Customer', twice);
  await systemAt('a', urls['webshop'] ?? '').create('Customer', { email: 'two@example.org' });
  await trigger(urls['sync'] ?? '');

  const status = (await (await fetch(`${urls['sync']}/status`)).json()) as {
    state: string;
    problems: unknown[];
  };

  expect(status.problems).toHaveLength(1);
  expect(status.state).toBe('ok');
});
