import { describe, expect, test } from 'vitest';
import { webshopContract } from '../contract/webshop.js';
import { NetworkError } from '../contract/http/network-error.js';
import { wireResponse, type WireRequest, type WireResponse } from '../contract/wire.js';
import type { ClientError } from './client-error.js';
import { Transport, type Call } from './transport.js';

const START = Date.UTC(2026, 0, 1);
const GET: Call = { method: 'GET', url: 'https://shop.test/customers', repeatable: true };
const POST: Call = { method: 'POST', url: 'https://shop.test/customers', body: { a: 1 }, repeatable: false };
const CREDENTIALS = { webhookSecret: 's', account: 'acme', key: 'k', clientId: 'i', clientSecret: 's' };
type Reply = WireResponse | Promise<WireResponse> | Error;
const reply = (status: number, body: unknown = {}, headers: Record<string, string> = {}): WireResponse =>
  wireResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers);

/** A transport to a system that gives these replies in turn; notes what it was asked, and how long was waited. */
function transportTo(...replies: Reply[]) {
  const asked: WireRequest[] = [];
  const waits: number[] = [];
  const fetch = async (request: WireRequest) => {
    if (/token/.test(request.url)) return reply(200, { access_token: 't', expires_in: 3600 });
    asked.push(request);
    const next = replies[asked.length - 1];
    if (next === undefined) throw new Error('asked too often');
    if (next instanceof Error) throw next;
    return next;
  };
  const time = { now: START };
  const clock = { now: () => time.now, sleep: async (ms: number) => void waits.push(ms) };
  const contract = webshopContract('Webshop');
  const open = {
    ...contract,
    api: { ...contract.api, auth: { kind: 'none' as const }, missingStatuses: [403] },
  };
  return { transport: new Transport(open, CREDENTIALS, fetch, clock), asked, waits, time };
}
async function failure(call: Call, ...replies: Reply[]): Promise<ClientError> {
  return transportTo(...replies)
    .transport.send(call)
    .then(
      () => {
        throw new Error('it was answered');
      },
      (error: unknown) => error as ClientError,
    );
}

test('an answer is given with status, headers and body', async () => {
  const { transport, asked } = transportTo(reply(200, { id: 1 }, { etag: '"3"' }));

  const { status, headers, body } = await transport.send(POST);

  expect([status, headers.get('etag'), body]).toEqual([200, '"3"', { id: 1 }]);
  expect([asked[0]?.method, await asked[0]?.text()]).toEqual(['POST', '{"a":1}']);
  expect(asked[0]?.headers.get('content-type')).toBe('application/json');
});

test('a call without body says nothing about one', async () => {
  const { transport, asked } = transportTo(reply(204, ''));

  expect((await transport.send({ ...GET, headers: { 'If-Match': 'x' } })).body).toBeNull();
  expect([asked[0]?.headers.has('content-type'), asked[0]?.headers.get('if-match')]).toEqual([false, 'x']);
  expect(asked[0]?.body).toBeNull();
});

test('a call that may be repeated is, with growing pauses, four times in all', async () => {
  const { transport, waits, asked } = transportTo(reply(503), new TypeError('reset'), reply(500), reply(200));

  expect((await transport.send(GET)).status).toBe(200);
  expect(waits).toEqual([500, 1000, 2000]);
  expect(asked).toHaveLength(4);
});

test('after four tries the last answer counts', async () => {
  expect(await failure(GET, reply(503), reply(503), reply(503), reply(503))).toMatchObject({
    kind: 'transient',
    message: 'GET was answered with 503',
    retryAfterMs: 0,
  });
});

test('a write whose fate is unknown is not repeated', async () => {
  expect(await failure(POST, reply(500))).toMatchObject({ kind: 'transient' });
  expect(await failure(POST, new TypeError('reset'))).toMatchObject({
    kind: 'transient',
    message: 'no answer to POST',
  });
  expect(await failure(POST, new NetworkError('unknown-host', 'the host is unknown', '', ''))).toMatchObject({
    message: 'no answer to POST: the host is unknown',
  });
});

test('a write that was refused for now is repeated, after the time that the system asks for', async () => {
  const { transport, waits } = transportTo(reply(429, {}, { 'retry-after': '7' }), reply(429), reply(201));

  expect((await transport.send(POST)).status).toBe(201);
  expect(waits).toEqual([7000, 1000]);
});

test('how long the system asks to wait is handed on', async () => {
  const busy = reply(429, {}, { 'retry-after': '9' });

  expect(await failure(POST, busy, busy, busy, busy)).toMatchObject({
    kind: 'transient',
    retryAfterMs: 9000,
  });
});

test('a credential that was refused is renewed once', async () => {
  const { transport, waits, asked } = transportTo(reply(401), reply(200));

  expect((await transport.send(POST)).status).toBe(200);
  expect([waits, asked.length]).toEqual([[], 2]);
  expect(await failure(POST, reply(401), reply(401))).toMatchObject({ kind: 'transient' });
});

const NAMED = { errors: [{ field: 'email' }] };

test.each<[number, unknown, Partial<Call>, string, string | null]>([
  [404, {}, { ofRecord: true }, 'missing', null],
  [404, {}, {}, 'missing', null],
  [403, {}, { ofRecord: true }, 'missing', null],
  [403, {}, {}, 'permanent', null],
  [412, {}, {}, 'conflict', null],
  [409, {}, {}, 'conflict', null],
  [409, NAMED, {}, 'duplicate', 'email'],
  [422, NAMED, {}, 'permanent', 'email'],
  [400, { details: [{ pointer: 'a.b' }] }, {}, 'permanent', 'a.b'],
  [400, { details: [{ pointer: '' }] }, {}, 'permanent', null],
  [400, { details: [{ pointer: 3 }] }, {}, 'permanent', null],
  [400, { errors: 'text' }, {}, 'permanent', null],
  [400, { errors: ['text'] }, {}, 'permanent', null],
  [400, 'no JSON', {}, 'permanent', null],
  [400, '[]', {}, 'permanent', null],
])('%i with %j is the failure it is', async (status, body, more, kind, field) => {
  const error = await failure({ ...POST, ...more }, reply(status, body));

  expect([error.kind, error.field]).toEqual([kind, field]);
  expect(error.message).toBe(
    `POST was answered with ${status}${field === null ? '' : ` because of ${field}`}`,
  );
});

test('an answer that is cut off counts as none', async () => {
  expect(await failure(POST, reply(200, '{"id":'))).toMatchObject({
    kind: 'transient',
    message: 'unusable answer: POST is answered with something that is no JSON',
  });
});

test('an answer that is cut off is forgotten once another one comes', async () => {
  const { transport } = transportTo(reply(200, '{"id":'), reply(200, { id: 1 }));

  expect((await transport.send(GET)).body).toEqual({ id: 1 });
});

test('a system that issues no token cannot be asked for now', async () => {
  const contract = webshopContract('Webshop');
  const auth = { kind: 'client-credentials' as const, tokenPath: '/token' };
  const closed = { ...contract, api: { ...contract.api, auth } };
  const asked: string[] = [];
  const refuse = async ({ url }: WireRequest) => {
    asked.push(new URL(url).pathname);
    return reply(401);
  };
  const clock = { now: () => START, sleep: async () => undefined };

  await expect(new Transport(closed, CREDENTIALS, refuse, clock).send(GET)).rejects.toMatchObject({
    kind: 'transient',
    message: 'no token was issued by /token (status 401)',
  });
  expect(asked).toEqual(['/token']);
});

test('an error of our own is not taken for one of the network', async () => {
  expect(await failure(GET, new RangeError('ours'))).toMatchObject({ name: 'RangeError' });
});

test('a clock that runs ahead is noted, beyond two seconds', async () => {
  const at = (ms: number) => reply(200, {}, { date: new Date(START + ms).toUTCString() });
  const { transport } = transportTo(
    at(60_000),
    reply(200),
    at(-1000),
    at(-2000),
    reply(200, {}, { date: 'soon' }),
  );
  const seen: number[] = [];

  for (let call = 0; call < 5; call++) {
    await transport.send(GET);
    seen.push(transport.skewMs);
  }

  expect(seen).toEqual([60_000, 60_000, 0, -2000, -2000]);
});

test('the time of the system is ours with the distance of the clocks, and the two seconds that may be hidden in it', () => {
  const { transport } = transportTo();
  transport.skewMs = 5000;

  expect(transport.now()).toBe(START + 7000);
});

test('a system that asked for rest gets it before the next call too, once the attempts are used up (I23)', async () => {
  const busy = reply(429, {}, { 'retry-after': '9' });
  const { transport, waits } = transportTo(busy, busy, busy, busy, reply(200));
  await transport.send(GET).catch(() => undefined);
  waits.length = 0;

  await transport.send(GET);

  expect(waits).toEqual([9000]);
});

test('rest that was asked for is over when its time is', async () => {
  const busy = reply(429, {}, { 'retry-after': '9' });
  const { transport, waits, time } = transportTo(busy, busy, busy, busy, reply(200));
  await transport.send(GET).catch(() => undefined);
  waits.length = 0;
  time.now += 9000;

  await transport.send(GET);

  expect(waits).toEqual([]);
});

test('rest that was asked for is not over because a call that was under way is answered', async () => {
  const busy = reply(429, {}, { 'retry-after': '9' });
  let answer = (_given: WireResponse) => {};
  const late = new Promise<WireResponse>((resolve) => (answer = resolve));
  const { transport, waits } = transportTo(late, busy, busy, busy, busy, reply(200));
  const first = transport.send(GET);
  await transport.send(GET).catch(() => undefined);
  waits.length = 0;
  answer(reply(200));
  await first;

  await transport.send(GET);

  expect(waits).toEqual([9000]);
});

describe('what is asked over and over', () => {
  const poll = (path: string): Call => ({ ...GET, url: `https://shop.test/${path}`, isPoll: true });

  test('is read once while it is answered the same, whatever else is asked meanwhile', async () => {
    const { transport } = transportTo(reply(200, [1]), reply(200, [2]), reply(200, [1]));

    const first = await transport.send(poll('things?since=1'));
    await transport.send(poll('others?since=1'));
    const again = await transport.send(poll('things?since=2'));

    expect(again.body).toBe(first.body);
  });

  test('has an answer of its own where it is no poll', async () => {
    const { transport } = transportTo(reply(200, [1]), reply(200, [1]));

    const first = await transport.send(GET);
    const again = await transport.send(GET);

    expect(again.body).toEqual([1]);
    expect(again.body).not.toBe(first.body);
  });

  test('is not answered because an error said the same', async () => {
    const text = 'no JSON';
    const { transport } = transportTo(reply(403, text), ...[1, 2, 3, 4].map(() => reply(200, text)));
    await transport.send(poll('things')).catch(() => undefined);

    await expect(transport.send(poll('things'))).rejects.toThrow('something that is no JSON');
  });
});
