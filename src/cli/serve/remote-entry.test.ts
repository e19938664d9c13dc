import { expect, test } from 'vitest';
import { crmContract } from '../../contract/crm.js';
import { webshopContract } from '../../contract/webshop.js';
import { remoteEntry } from './remote-entry.js';

const served = {
  systems: [webshopContract(), crmContract()],
  roles: [
    { role: 'webshop', url: 'http://127.0.0.1:1' },
    { role: 'crm', url: 'http://127.0.0.1:2' },
    { role: 'sync', url: 'http://127.0.0.1:3' },
  ],
};

test('a run is told the URLs, and credentials by the names of their variables', () => {
  expect(remoteEntry(served, { pollMs: 2000 })).toMatchObject({
    systems: {
      webshop: { baseUrl: 'http://127.0.0.1:1', credentials: { key: 'SYNCPROOF_WEBSHOP_KEY' } },
      crm: {
        baseUrl: 'http://127.0.0.1:2',
        credentials: { clientId: 'SYNCPROOF_CRM_CLIENT_ID', clientSecret: 'SYNCPROOF_CRM_CLIENT_SECRET' },
      },
    },
    sync: { kind: 'none', status: 'http://127.0.0.1:3/status', links: 'http://127.0.0.1:3/links' },
    settleMs: 30_000,
    absenceMs: 5000,
  });
});

test('a sync that does not poll is told when to work', () => {
  expect(remoteEntry(served, { pollMs: 0 }).sync).toMatchObject({
    kind: 'trigger',
    url: 'http://127.0.0.1:3/sync',
  });
});

test('a sync that polls seldom is waited for', () => {
  expect(remoteEntry(served, { pollMs: 60_000 })).toMatchObject({ settleMs: 300_000, absenceMs: 121_000 });
});
