import { mount, unmount } from '../../mocks/msw.js';
import { serveTwin } from '../../mocks/serve.js';
import { createTwin } from '../../mocks/twin/twin.js';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { networkFetch, type WireFetch } from '../../src/contract/wire.js';
import type { ServiceTarget } from '../../src/contract-checks/service.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import { createSync } from '../../src/sync/create-sync.js';
import { createMemoryStore } from '../../src/sync/store/memory.js';
import type { Via } from './targets.js';

let opened = 0;

/** The reference sync between two stand-ins, its service reached in one of three ways. */
export async function openService(via: Via): Promise<ServiceTarget & { close(): Promise<void> }> {
  const { compiled } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
  });
  let time = Date.UTC(2026, 0, 15, 9);
  let seq = 0;
  let ids = 0;
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const shared = { clock, nextSeq: () => (seq += 1) };
  const webshop = createTwin({ ...shared, contract: webshopContract(), webhookPath: '/webhooks/a' });
  const crm = createTwin({ ...shared, contract: crmContract(), webhookPath: '/webhooks/b' });
  const sync = createSync({
    plan: { ...compiled.plan, systems: { a: webshop.contract, b: crm.contract } },
    credentials: {
      a: { ...webshop.credentials.sync, ...webshop.credentials },
      b: { ...crm.credentials.sync, ...crm.credentials },
    },
    store: createMemoryStore(),
    fetch: (request) => (request.url.startsWith(webshop.contract.api.baseUrl) ? webshop : crm).fetch(request),
    clock,
    ids: () => `key-${(ids += 1)}`,
    log: () => undefined,
    workerId: 'worker-1',
    stages: {},
  });
  const shop = httpSystem('a', webshop.contract, webshop.fetch, webshop.credentials.harness);
  opened += 1;
  const { baseUrl, fetch, close } = await reach(sync.fetch, via, `sync-${opened}.test`);
  return {
    baseUrl,
    fetch,
    close,
    async event() {
      await shop.create('Customer', { email: `event-${(ids += 1)}@example.org` });
      const delivery = webshop.outbox.pending.at(-1);
      if (delivery === undefined) throw new Error('the change sent no event');
      return {
        path: '/webhooks/a',
        body: delivery.body,
        headers: webshop.outbox.headers(delivery, time),
        signatureHeader: 'X-Webshop-Signature',
      };
    },
  };
}

async function reach(service: WireFetch, via: Via, host: string) {
  if (via === 'direct') return { baseUrl: `https://${host}`, fetch: service, close: async () => undefined };
  if (via === 'msw') {
    mount(host, service);
    return { baseUrl: `https://${host}`, fetch: networkFetch, close: async () => unmount(host) };
  }
  const { url, close } = await serveTwin({ fetch: service }, { port: 0, host: '127.0.0.1' });
  return { baseUrl: url, fetch: networkFetch, close };
}
