import { expect, test } from 'vitest';
import { wireResponse } from '../src/contract/wire.js';
import { mount, unmount } from './msw.js';

const hello = async () => wireResponse('hello', 200, {});

test('a host is answered for as long as it is mounted', async () => {
  mount('one.test', hello);
  mount('two.test', hello);
  unmount('two.test');

  expect(await (await fetch('https://one.test/')).text()).toBe('hello');
  unmount('one.test');
});

test('the platform has its own fetch and headers back when no host is left', () => {
  const own = [fetch, Headers, Request, Response];
  mount('one.test', hello);
  const during = [fetch, Headers, Request, Response];
  unmount('one.test');

  expect(during).not.toEqual(own);
  expect([fetch, Headers, Request, Response]).toEqual(own);
});
