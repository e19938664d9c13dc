import { createTwin, type Twin } from '../../mocks/twin/twin.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { WireFetch } from '../../src/contract/wire.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import type { System } from '../../src/drivers/ports.js';
import { createSync, type Sync } from '../../src/sync/create-sync.js';
import type { SyncStore } from '../../src/sync/store/port.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const plan = { ...compiled.plan, pairs: compiled.plan.pairs.filter((pair) => pair.slug === 'customer') };

/** Two systems with customers, and as many syncs between them as a spec starts. Times are ms of an injected clock. */
export type Life = {
  webshop: Twin;
  crm: Twin;
  shop: System;
  contacts: System;
  logged: unknown[];
  wait(ms: number): void;
  startSync(options: { store: SyncStore; workerId: string; wrap?: (fetch: WireFetch) => WireFetch }): Sync;
};

/** A fresh pair of systems; nothing is shared with another one but the code. */
export function startLife(): Life {
  let now = Date.UTC(2026, 0, 15);
  let seq = 0;
  let ids = 0;
  const make = (side: 'a' | 'b') =>
    createTwin({
      contract: plan.systems[side],
      clock: { now: () => now },
      nextSeq: () => (seq += 1),
      webhookPath: `/webhooks/${side}`,
    });
  const [webshop, crm] = [make('a'), make('b')];
  const logged: unknown[] = [];
  const reach: WireFetch = (request) =>
    (request.url.startsWith(plan.systems.a.api.baseUrl) ? webshop : crm).fetch(request);
  return {
    webshop,
    crm,
    shop: httpSystem('a', plan.systems.a, webshop.fetch, webshop.credentials.harness),
    contacts: httpSystem('b', plan.systems.b, crm.fetch, crm.credentials.harness),
    logged,
    wait: (ms) => void (now += ms),
    startSync: ({ store, workerId, wrap = (fetch) => fetch }) =>
      createSync({
        plan,
        credentials: {
          a: { ...webshop.credentials.sync, ...webshop.credentials },
          b: { ...crm.credentials.sync, ...crm.credentials },
        },
        store,
        fetch: wrap(reach),
        clock: { now: () => now, sleep: async (ms) => void (now += ms) },
        ids: () => `${workerId}-key-${(ids += 1)}`,
        log: (event) => logged.push(event),
        workerId,
        stages: {},
      }),
  };
}
