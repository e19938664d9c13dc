import { expect, test } from 'vitest';
import { Standstill } from './standstill.js';

function watched() {
  const clock = { now: 5000 };
  const standstill = new Standstill(() => clock.now);
  const tickAfter = (ms: number) => {
    clock.now += ms;
    standstill.tick();
  };
  return { clock, standstill, tickAfter };
}

test('ticks that come in time, or somewhat late, are no standstill', () => {
  const { standstill, tickAfter } = watched();

  for (const ms of [200, 350, 1100]) tickAfter(ms);

  expect(standstill.ms()).toBe(0);
});

test('what a tick is late by more than a second is counted, each time', () => {
  const { standstill, tickAfter } = watched();

  for (const ms of [200, 480_200, 200, 16_200]) tickAfter(ms);

  expect(standstill.ms()).toBe(496_000);
});

test('it counts before the late tick has come, and not twice after it', () => {
  const { clock, standstill, tickAfter } = watched();
  clock.now += 60_200;

  const before = standstill.ms();
  tickAfter(0);

  expect([before, standstill.ms()]).toEqual([60_000, 60_000]);
});

test('a clock that is set back is no standstill', () => {
  const { standstill, tickAfter } = watched();

  tickAfter(-3_600_000);

  expect(standstill.ms()).toBe(0);
});
