import { PatternRouter } from 'hono/router/pattern-router';
import { Hono, type Context } from 'hono';
import type { Side } from '../checklist/policies.js';
import type { Json } from '../contract/field.js';
import { wireResponse } from '../contract/wire.js';
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

type Env = { Bindings: ServiceInput };

/** Building a router is costly and it holds no state, so all services share one. */
const app = serviceApp();

/** The sync's own HTTP service. */
export function createService(input: ServiceInput): { fetch(request: Request): Promise<Response> } {
  return { fetch: async (request) => app.fetch(request, input) };
}

function serviceApp(): Hono<Env> {
  const app = new Hono<Env>({ router: new PatternRouter() });
  app.get('/health', (c) => c.json({ status: 'up' }));
  app.get('/status', async (c) => c.json(await c.env.status()));
  app.get('/links', (c) => c.json(c.env.links()));
  app.post('/sync', async (c) => c.json(await c.env.cycle()));
  app.post('/webhooks/:side', async (c) => {
    const side = c.req.param('side');
    if (side !== 'a' && side !== 'b') return c.json({ error: 'no such system' }, 404);
    return takeEvent(c, side);
  });
  app.onError((_error, c) => {
    c.env.log({ event: 'service-error', at: c.env.engine.clock.now() });
    return c.json({ error: 'internal error' }, 500);
  });
  return app;
}

/** An answer that costs far less to make than a real response; adapters turn it into one. */
const answer = (body: Json, status: number) =>
  wireResponse(JSON.stringify(body), status, { 'content-type': 'application/json' }) as Response;

/** An event is durable before it is acknowledged (I19). */
async function takeEvent(c: Context<Env>, side: Side): Promise<Response> {
  const { engine, credentials, log } = c.env;
  const { store, clock, plan } = engine;
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
    return answer({ error: 'not authentic' }, 401);
  }
  const delivery = c.req.header(scheme.deliveryHeader);
  const records = recordsOf(plan.systems[side], body);
  store.atomic(() => {
    // Events that bear no number cannot be told from each other.
    if (delivery !== undefined && !store.noteDelivery(side, delivery, clock.now())) return;
    store.pruneDeliveries(clock.now() - 2 * scheme.toleranceMs);
    for (const { entity, id } of records) {
      if (plan.pairs.some((pair) => pair.entity[side] === entity))
        store.markDirty({ side, entity, id }, clock.now());
    }
  });
  return answer({ accepted: records.length }, 200);
}
