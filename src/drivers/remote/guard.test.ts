import { expect, test, vi } from 'vitest';
import { wireRequest, wireResponse, type WireFetch, type WireRequest } from '../../contract/wire.js';
import { SystemError, type Exchange } from '../ports.js';
import { currentExchanges, Guard, Interrupted, type GuardInput } from './guard.js';
import { Limiter } from './limiter.js';
import { Redactor } from './redact.js';
import { NoAnswer } from './send.js';

const HOST = 'https://shop.example';
const get = (path = '/items') => wireRequest(`${HOST}${path}`, { method: 'GET' });
const post = () => wireRequest(`${HOST}/items`, { method: 'POST', body: '{"name":"x"}' });
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  wireResponse(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });

/** A guard before a system that gives the answers in turn, the last one again and again. */
function guarded(answers: (ReturnType<typeof json> | Error)[], own: Partial<GuardInput> = {}) {
  const sent: WireRequest[] = [];
  const exchanges: Exchange[] = [];
  const clock = { time: 0, now: () => clock.time, sleep: async (ms: number) => void (clock.time += ms) };
  const send: WireFetch = async (request) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push(request);
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer is set');
    return answer;
  };
  const guard = new Guard({
    name: 'Shop',
    origins: [HOST],
    send,
    limiter: new Limiter({ connections: 4, requestsPerSecond: 1e6 }, clock),
    redactor: new Redactor(['hunter2-secret'], 'zqabcdef'),
    clock,
    outageMs: 10_000,
    patienceMs: 60_000,
    isRepeatable: () => false,
    tokens: null,
    stopped: () => false,
    nextSeq: () => exchanges.length + 1,
    ...own,
  });
  const noted = (request: WireRequest) => currentExchanges.run(exchanges, () => guard.fetch(request));
  return { guard, sent, exchanges, noted, clock };
}

test.each([
  ['another host', 'https://evil.example/items'],
  ['the same host by another protocol', 'http://shop.example/items'],
  ['another port', `${HOST}:8443/items`],
  ['a host that begins alike', `${HOST}.evil.example/items`],
])('nothing is sent to %s', async (_what, url) => {
  const { guard, sent } = guarded([json({})]);

  await expect(guard.fetch(wireRequest(url, { method: 'GET' }))).rejects.toThrow(
    'no host that the profile names',
  );
  expect(sent).toEqual([]);
});

test('a redirect to another host is an error that names it', async () => {
  const { guard, sent } = guarded([json({}, 307, { location: 'https://evil.example/x' })]);

  await expect(guard.fetch(get())).rejects.toThrow('redirects to evil.example, which is not followed');
  expect(sent).toHaveLength(1);
});

test('Retry-After is obeyed to the second', async () => {
  const { guard, sent, clock } = guarded([json({}, 429, { 'retry-after': '7' }), json({ ok: true })]);

  const answer = await guard.fetch(get());

  expect([answer.status, sent.length, clock.time]).toEqual([200, 2, 7000]);
});

test('a date in Retry-After is a time of the system, whose clock may be another', async () => {
  const [date, until] = ['Thu, 01 Jan 2026 10:00:00 GMT', 'Thu, 01 Jan 2026 10:00:09 GMT'];
  const { guard, clock } = guarded([json({}, 503, { 'retry-after': until, date }), json({ ok: true })]);

  await guard.fetch(get());

  expect(clock.time).toBe(9000);
});

test('a rate limit that asks for longer than the patience is given back at once', async () => {
  const { guard, clock } = guarded([json({}, 429, { 'retry-after': '3600' })]);

  expect([(await guard.fetch(post())).status, clock.time]).toEqual([429, 0]);
});

test('an outage is waited for, and a create that never reached the system is sent again', async () => {
  const down = new NoAnswer('refused', false, true);
  const { guard, sent } = guarded([down, down, json({ id: 1 }, 201)]);

  expect((await guard.fetch(post())).status).toBe(201);
  expect(sent).toHaveLength(3);
});

test('a create whose answer was lost is not sent again unless it is known to be harmless', async () => {
  const lost = new NoAnswer('broke', true, true);
  const blind = guarded([lost, json({ id: 1 }, 201)]);
  const marked = guarded([lost, json({ id: 1 }, 201)], { isRepeatable: () => true });

  await expect(blind.guard.fetch(post())).rejects.toBeInstanceOf(SystemError);
  expect(blind.sent).toHaveLength(1);
  expect((await marked.guard.fetch(post())).status).toBe(201);
});

test('an outage that lasts ends in an error within its budget', async () => {
  const { guard, clock } = guarded([new NoAnswer('refused', false, true)]);

  await expect(guard.fetch(get())).rejects.toThrow('refused');
  expect(clock.time).toBeGreaterThanOrEqual(10_000);
  expect(clock.time).toBeLessThan(15_000);
});

test('what does not pass by waiting is an error at once', async () => {
  const { guard, clock } = guarded([new NoAnswer('no safe connection', false, false)]);

  await expect(guard.fetch(get())).rejects.toThrow('no safe connection');
  expect(clock.time).toBe(0);
});

test.each([
  ['HTML', wireResponse('<html>login</html>', 200, { 'content-type': 'text/html' })],
  ['JSON that is cut off', wireResponse('{"items":[', 200, { 'content-type': 'application/json' })],
])('%s in place of JSON is an error without its text', async (_what, answer) => {
  const { guard } = guarded([answer]);
  const asked = guard.fetch(get());

  await expect(asked).rejects.toThrow('its answer is no JSON, or is cut off');
  await expect(asked).rejects.not.toThrow(/login|items":\[/);
});

test('a secret that the system says back is hidden in what is noted and in what is refused', async () => {
  const { noted, exchanges } = guarded([json({ said: 'your key hunter2-secret is wrong' }, 401)]);

  const answer = await noted(get('/items?api_key=hunter2-secret'));

  expect(await answer.text()).not.toContain('hunter2-secret');
  expect(exchanges).toHaveLength(1);
  expect(JSON.stringify(exchanges)).not.toContain('hunter2-secret');
});

test('a token is learned from wherever the description says, and neither request nor answer is noted', async () => {
  const tokens = { url: `${HOST}/login`, token: 'data.token' };
  const { noted, exchanges } = guarded(
    [json({ data: { token: 'token-abcdef' } }), json({ echo: 'token-abcdef' })],
    {
      tokens,
    },
  );

  await noted(wireRequest(tokens.url, { method: 'POST', body: '{"password":"not-listed"}' }));
  await noted(get());

  expect(exchanges).toHaveLength(2);
  expect(JSON.stringify(exchanges)).not.toMatch(/token-abcdef|not-listed/);
});

test('what no world notes, such as a listing for all who wait, is not made fit to be shown', async () => {
  const redactor = new Redactor([], 'zqabcdef');
  const shown = vi.spyOn(redactor, 'json');
  const { guard, noted } = guarded([json({ items: [] })], { redactor });

  await guard.fetch(get());
  const unnoted = shown.mock.calls.length;
  await noted(get());

  expect([unnoted, shown.mock.calls.length]).toEqual([0, 1]);
});

test('the host of the token may be called beside that of the API', async () => {
  const { guard, sent } = guarded([json({})], { origins: [HOST, 'https://login.example'] });

  await guard.fetch(wireRequest('https://login.example/token', { method: 'POST', body: '{}' }));

  expect(sent).toHaveLength(1);
});

test('after an interruption only the cleaning goes on', async () => {
  const { guard, sent } = guarded([json({})], { stopped: () => true });

  await expect(guard.fetch(get())).rejects.toBeInstanceOf(Interrupted);
  expect((await guard.cleanupFetch(get())).status).toBe(200);
  expect(sent).toHaveLength(1);
});
