import { Hono } from 'hono';
import type { Side } from '../checklist/policies.js';
import type { SyncLink, SyncStatus } from '../drivers/ports.js';
import type { CycleResult } from './cycle.js';
import type { Engine } from './pair-context.js';
import type { Credentials } from './transport.js';
import { isAuthentic, recordsOf } from './webhook.js';

export type LogEvent = { event: string; at: number } & Record<string, string | number | boolean>;

type ServiceInput = {
  engine: Engine;
  credentials: Record<Side, Credentials>;
  cycle: () => Promise<CycleResult>;
  status: () => Promise<SyncStatus>;
  links: () => SyncLink[];
  log: (event: LogEvent) => void;
};

/** The sync's own HTTP service. An event is durable before it is acknowledged (I19). */
export function createService({ engine, credentials, cycle, status, links, log }: ServiceInput): Hono {
  const app = new Hono();
  const { store, clock, plan } = engine;
  app.get('/health', (c) => c.json({ status: 'up' }));
  app.get('/status', async (c) => c.json(await status()));
  app.get('/links', (c) => c.json(links()));
  app.post('/sync', async (c) => c.json(await cycle()));
  app.post('/webhooks/:side', async (c) => {
    const name = c.req.param('side');
    if (name !== 'a' && name !== 'b') return c.json({ error: 'no such system' }, 404);
    const side: Side = name;
    const scheme = plan.systems[side].api.webhooks;
    if (scheme === null) return c.json({ error: 'this system sends no events' }, 404);
    const body = await c.req.text();
    const verified = isAuthentic(
      scheme,
      credentials[side],
      body,
      c.req.raw.headers,
      new URL(c.req.url).pathname,
      clock.now(),
    );
    if (!engine.stages.acceptEvent(verified)) {
      log({ event: 'event-refused', at: clock.now(), side });
      return c.json({ error: 'not authentic' }, 401);
    }
    const delivery = c.req.header(scheme.deliveryHeader) ?? '';
    const records = recordsOf(plan.systems[side], body);
    store.atomic(() => {
      if (!store.noteDelivery(side, delivery, clock.now())) return;
      store.pruneDeliveries(clock.now() - 2 * scheme.toleranceMs);
      for (const { entity, id } of records) {
        if (plan.pairs.some((pair) => pair.entity[side] === entity))
          store.markDirty({ side, entity, id }, clock.now());
      }
    });
    return c.json({ accepted: records.length });
  });
  app.onError((_error, c) => {
    log({ event: 'service-error', at: clock.now() });
    return c.json({ error: 'internal error' }, 500);
  });
  return app;
}
