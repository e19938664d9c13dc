import { expect, test } from 'vitest';
import { Limiter } from './limiter.js';

function pace() {
  const clock = { time: 10_000, now: () => clock.time, sleep: async (ms: number) => void (clock.time += ms) };
  return clock;
}

test('no more requests leave in a second than are declared, after a short burst', async () => {
  const clock = pace();
  const limiter = new Limiter({ connections: 1, requestsPerSecond: 10 }, clock);
  const left: number[] = [];

  for (let call = 0; call < 14; call++) await limiter.run(async () => void left.push(clock.now() - 10_000));

  expect(left.filter((at) => at === 0).length).toBeLessThanOrEqual(4);
  expect(left.at(-1)).toBeGreaterThanOrEqual(1000);
});

test('no more requests are under way than are declared, and each gets its turn', async () => {
  const limiter = new Limiter({ connections: 2, requestsPerSecond: 1e6 }, pace());
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (call: number) => async () => {
    most = Math.max(most, (running += 1));
    await Promise.resolve();
    order.push(call);
    running -= 1;
  };

  await Promise.all([1, 2, 3, 4, 5].map((call) => limiter.run(work(call))));

  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

test('a request that fails gives its place to the next one', async () => {
  const limiter = new Limiter({ connections: 1, requestsPerSecond: 1e6 }, pace());
  const fails = limiter.run(() => Promise.reject(new Error('broke')));
  const next = limiter.run(async () => 'answered');

  await expect(fails).rejects.toThrow('broke');
  await expect(next).resolves.toBe('answered');
});

test('while a system asks to wait, nothing leaves for it', async () => {
  const clock = pace();
  const limiter = new Limiter({ connections: 4, requestsPerSecond: 1e6 }, clock);

  limiter.holdUntil(15_000);
  limiter.holdUntil(12_000);
  const at = await limiter.run(async () => clock.now());

  expect(at).toBeGreaterThanOrEqual(15_000);
});
