import { expect, test } from 'vitest';
import { packRequest, unpackRequest, type RunRequest } from './run-request.js';

const request = {
  seed: 7,
  via: 'direct',
  plan: { pairs: [{ slug: 'straße 😀', limit: Infinity, none: undefined }] },
};

test('a request comes out of its package as it went in', () => {
  expect(unpackRequest(packRequest(request as unknown as RunRequest))).toStrictEqual(request);
});

test('a request without a thread beside it is nothing but a text', () => {
  expect(Object.keys(packRequest(request as unknown as RunRequest))).toEqual(['packed']);
});

test('what threads share is not copied', () => {
  const head = { claims: new SharedArrayBuffer(8), channel: 'channel' };

  const { head: same } = unpackRequest(packRequest({ ...request, head } as unknown as RunRequest));

  expect(same?.claims).toBe(head.claims);
});
