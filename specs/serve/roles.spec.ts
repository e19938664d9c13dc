import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { endAll, eventually, freshFolder, linksOf, startServe, systemAt, trigger } from './served.js';

afterEach(endAll);

const portOf = (url = '') => new URL(url).port;

async function startSystems(folder: string, ports: { webshop: string; crm: string }) {
  const one = (key: 'webshop' | 'crm') =>
    startServe(['--only', key, '--port', ports[key], '--data', join(folder, `${key}.jsonl`)]);
  return { webshop: await one('webshop'), crm: await one('crm') };
}
const startSync = (folder: string, webshop = '', crm = '') =>
  startServe([
    '--only',
    'sync',
    '--port',
    '0',
    '--poll',
    '0',
    '--db',
    join(folder, 'sync.db'),
    '--url',
    `webshop=${webshop}`,
    '--url',
    `crm=${crm}`,
  ]);

test('three processes, each killed and started again, keep records and links', async () => {
  const folder = freshFolder();
  let { webshop, crm } = await startSystems(folder, { webshop: '0', crm: '0' });
  const [shopUrl, crmUrl] = [webshop.urls['webshop'] ?? '', crm.urls['crm'] ?? ''];
  let sync = await startSync(folder, shopUrl, crmUrl);
  const made = await systemAt('a', shopUrl).create('Customer', buildCustomer(3));
  await trigger(sync.urls['sync'] ?? '');
  const before = await linksOf(sync.urls['sync'] ?? '');

  for (const one of [webshop, crm, sync]) await one.end('SIGKILL');
  ({ webshop, crm } = await startSystems(folder, { webshop: portOf(shopUrl), crm: portOf(crmUrl) }));
  sync = await startSync(folder, shopUrl, crmUrl);
  await systemAt('a', shopUrl).update('Customer', made.id, { first_name: 'Later' });
  await trigger(sync.urls['sync'] ?? '');

  expect(before).toHaveLength(1);
  expect(await linksOf(sync.urls['sync'] ?? '')).toEqual(before);
  const customers = await systemAt('b', crmUrl).list('Customer');
  expect(customers.map((one) => one.fields['firstName'])).toEqual(['Later']);
});

test('a stand-in leaves out the change whose line was cut off, and gives no id twice', async () => {
  const folder = freshFolder();
  const first = await startServe(['--only', 'webshop', '--port', '0', '--data', join(folder, 'shop.jsonl')]);
  const shop = systemAt('a', first.urls['webshop'] ?? '');
  const kept = await shop.create('Customer', buildCustomer(4));
  const removed = await shop.create('Customer', buildCustomer(5));
  await shop.remove('Customer', removed.id);
  await first.end('SIGKILL');
  appendFileSync(join(folder, 'shop.jsonl'), '{"collection":"customers","gone":fal');

  const again = await startServe(['--only', 'webshop', '--port', '0', '--data', join(folder, 'shop.jsonl')]);
  const same = systemAt('a', again.urls['webshop'] ?? '');
  const next = await same.create('Customer', buildCustomer(6));

  expect((await same.list('Customer')).map((one) => one.id)).toEqual([kept.id, next.id]);
  expect([kept.id, removed.id]).not.toContain(next.id);
});

test('a system sends its events to the sync that it is told of', async () => {
  const folder = freshFolder();
  const crm = await startServe(['--only', 'crm', '--port', '0']);
  const shop = await startServe(['--only', 'webshop', '--port', '0']);
  const sync = await startSync(folder, shop.urls['webshop'], crm.urls['crm']);
  await shop.end('SIGTERM');
  const told = await startServe([
    '--only',
    'webshop',
    '--port',
    portOf(shop.urls['webshop']),
    '--webhooks-to',
    sync.urls['sync'] ?? '',
  ]);

  await systemAt('a', told.urls['webshop'] ?? '').create('Customer', buildCustomer(7));

  await eventually(
    async () => told.log(),
    (log) => log.includes('"event":"webhook-sent"'),
  );
});

test('two workers on one file behave as one (I18)', async () => {
  const folder = freshFolder();
  const { webshop, crm } = await startSystems(folder, { webshop: '0', crm: '0' });
  const [shopUrl, crmUrl] = [webshop.urls['webshop'] ?? '', crm.urls['crm'] ?? ''];
  const one = await startSync(folder, shopUrl, crmUrl);
  const two = await startSync(folder, shopUrl, crmUrl);
  const [first, second] = [one.urls['sync'] ?? '', two.urls['sync'] ?? ''];
  const shop = systemAt('a', shopUrl);
  const made = [];
  for (let seed = 10; seed < 30; seed++) made.push(await shop.create('Customer', buildCustomer(seed)));

  for (let round = 0; round < 5; round++)
    await Promise.all([trigger(first), trigger(second), trigger(first)]);

  const links = await linksOf(first);
  expect(links).toHaveLength(made.length);
  expect(await linksOf(second)).toEqual(links);
  expect(await systemAt('b', crmUrl).list('Customer')).toHaveLength(made.length);
  expect(one.log()).toContain('"worker":"worker-1"');
  expect(two.log()).toContain('"worker":"worker-2"');
});

test('a value that goes there and back arrives, though each worker sees half of it (I5, I18)', async () => {
  const folder = freshFolder();
  const { webshop, crm } = await startSystems(folder, { webshop: '0', crm: '0' });
  const [shopUrl, crmUrl] = [webshop.urls['webshop'] ?? '', crm.urls['crm'] ?? ''];
  const one = await startSync(folder, shopUrl, crmUrl);
  const two = await startSync(folder, shopUrl, crmUrl);
  const shop = systemAt('a', shopUrl);
  const { id } = await shop.create('Customer', { ...buildCustomer(8), first_name: 'Here' });
  await trigger(one.urls['sync'] ?? '');
  await shop.update('Customer', id, { first_name: 'There' });
  await trigger(two.urls['sync'] ?? '');
  await shop.update('Customer', id, { first_name: 'Here' });
  await trigger(one.urls['sync'] ?? '');

  const [customer] = await systemAt('b', crmUrl).list('Customer');

  expect(customer?.fields['firstName']).toBe('Here');
});
