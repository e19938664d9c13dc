import supertest from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildCustomer } from '../../fixtures/builders/customer.js';
import { serveTwin, type Served } from '../../mocks/serve.js';
import { createTwin, type Twin } from '../../mocks/twin/twin.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import { createSync, type Sync } from '../../src/sync/create-sync.js';
import { createSqliteStore } from '../../src/sync/store/sqlite.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const { systems } = compiled.plan;

let now = Date.UTC(2026, 0, 15);
let sync: Sync;
let webshop: Twin;
let crm: Twin;
let logged: unknown[];
let server: Served;
let http: ReturnType<typeof supertest>;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 15);
  logged = [];
  let seq = 0;
  let ids = 0;
  const clock = { now: () => now };
  const nextSeq = () => (seq += 1);
  webshop = createTwin({ contract: systems.a, clock, nextSeq, webhookPath: '/webhooks/a' });
  crm = createTwin({ contract: systems.b, clock, nextSeq, webhookPath: '/webhooks/b' });
  const secrets = ({ credentials }: Twin) => ({ ...credentials.sync, ...credentials });
  sync = createSync({
    plan: compiled.plan,
    credentials: { a: secrets(webshop), b: secrets(crm) },
    store: createSqliteStore(':memory:'),
    fetch: (request) => (request.url.startsWith(systems.a.api.baseUrl) ? webshop : crm).fetch(request),
    clock: { now: () => now, sleep: async (ms) => void (now += ms) },
    ids: () => `key-${(ids += 1)}`,
    log: (event) => logged.push(event),
    workerId: 'worker-1',
    stages: {},
  });
  server = await serveTwin({ fetch: (request) => sync.fetch(request) }, { port: 0, host: '127.0.0.1' });
  http = supertest(server.url);
});

afterEach(() => server.close());

const shop = () => httpSystem('a', systems.a, webshop.fetch, webshop.credentials.harness);

async function deliver(): Promise<number> {
  const delivery = webshop.outbox.pending.shift();
  if (delivery === undefined) throw new Error('no event is pending');
  const answer = await http
    .post('/webhooks/a')
    .set(webshop.outbox.headers(delivery, now))
    .send(delivery.body);
  return answer.status;
}

test('is up', async () => {
  await http.get('/health').expect(200, { status: 'up' });
});

test('a trigger synchronises a new customer and shows its link', async () => {
  await shop().create('Customer', buildCustomer(1));

  await http.post('/sync').expect(200);

  const links = await http.get('/links').expect(200);
  expect(links.body).toEqual([{ pair: 'customer', aId: '1001', bId: expect.any(String) }]);
});

test('a signed event is accepted and its record is due (I25)', async () => {
  await shop().create('Customer', buildCustomer(2));

  expect(await deliver()).toBe(200);
});

test('an unsigned event is refused and logged without its content (I25, I26)', async () => {
  await shop().create('Customer', { ...buildCustomer(3), email: 'canary@example.org' });
  const body = webshop.outbox.pending[0]?.body ?? '';

  await http.post('/webhooks/a').send(body).expect(401);

  expect(logged).toContainEqual(expect.objectContaining({ event: 'event-refused' }));
  expect(JSON.stringify(logged)).not.toContain('canary');
});

test('an event of an unknown system is refused', async () => {
  await http.post('/webhooks/c').send('{}').expect(404);
});

test('the status names a record that the other system refuses (I22, I24)', async () => {
  crm.disturb({
    side: 'b',
    match: { method: 'POST', pathIncludes: '/objects/customers' },
    effect: { kind: 'answer', status: 422 },
  });
  await shop().create('Customer', buildCustomer(4));
  await http.post('/sync').expect(200);

  const status = await http.get('/status').expect(200);

  expect(status.body.state).toBe('degraded');
  expect(status.body.problems[0]).toMatchObject({ pair: 'customer', side: 'a', recordId: '1001' });
});

test('the status is an error once a change waits longer than the latency bound (I24)', async () => {
  crm.disturb({
    side: 'b',
    match: { method: 'POST', pathIncludes: '/objects/customers', times: 999 },
    effect: { kind: 'answer', status: 503 },
  });
  await shop().create('Customer', buildCustomer(5));
  await http.post('/sync').expect(200);
  now += 3 * 60_000;

  const status = await http.get('/status').expect(200);

  expect(status.body.state).toBe('error');
});
