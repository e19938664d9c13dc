import { expect, test } from 'vitest';
import { wireRequest, wireResponse, type WireFetch } from '../../contract/wire.js';
import { recordingFetch, type RecordedExchange } from './recording-fetch.js';

const TAG = 'zqabcdef';

async function keep(inner: WireFetch, body: string | null = null) {
  const kept: RecordedExchange[] = [];
  let now = 100;
  const fetch = recordingFetch(
    inner,
    () => (now += 5),
    TAG,
    (one) => void kept.push(one),
  );
  const request = wireRequest('http://127.0.0.1/customers', {
    method: 'POST',
    headers: { authorization: 'Bearer canary' },
    body,
  });
  const answer = await fetch(request).catch((error: unknown) => error as Error);
  return { kept: kept[0], answer };
}
const answers =
  (body: string, headers: Record<string, string> = {}): WireFetch =>
  async () =>
    wireResponse(body, 200, headers);

test('it keeps what was asked and answered, with times, and passes the answer on whole', async () => {
  const { kept, answer } = await keep(
    answers('{"id":1}', { etag: '"1"', 'set-cookie': 'canary' }),
    '{"name":"Ann"}',
  );

  expect(kept).toEqual({
    at: 105,
    ms: 5,
    method: 'POST',
    url: 'http://127.0.0.1/customers',
    request: { name: 'Ann' },
    status: 200,
    headers: { etag: '"1"' },
    response: { id: 1 },
    problem: null,
  });
  expect(answer instanceof Error ? null : answer.headers.get('set-cookie')).toBe('canary');
});

test('records of others in a list are left out, own ones and links stay', async () => {
  const own = { id: 2, name: `Ann ${TAG}ghijkl`, city: 'Ystad', note: null };
  const others = { id: 1, name: 'Zebulon', city: 'Lund', note: null };
  const link = { pair: 'customer', aId: '1', bId: '2' };

  const { kept } = await keep(answers(JSON.stringify({ results: [others, own], links: [link] })));

  expect(kept?.response).toEqual({ results: ['[a record of others]', own], links: [link] });
});

test('a call without an answer is kept with its reason, and fails as it did', async () => {
  const { kept, answer } = await keep(() => Promise.reject(new TypeError('the connection broke')));

  expect(kept).toMatchObject({ status: null, response: null, problem: 'the connection broke' });
  expect(answer).toBeInstanceOf(TypeError);
});

test('of an answer that is no JSON nothing but its length is kept', async () => {
  const { kept } = await keep(answers('<html>Zebulon</html>'));

  expect(kept?.response).toBe('20 characters that are no JSON');
});
