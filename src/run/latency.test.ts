import { expect, test } from 'vitest';
import { summariseLatency } from './latency.js';

const samples = (times: number[]) => times.map((ms, index) => ({ check: `check-${index}`, ms }));

test('median, 95th percentile and worst of a hundred changes, in whichever order they came', () => {
  const times = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);

  expect(summariseLatency(samples(times), 90)).toEqual({
    changes: 100,
    medianMs: 50,
    p95Ms: 95,
    worstMs: 100,
    worstCheck: `check-${times.indexOf(100)}`,
    boundMs: 90,
  });
});

test('one change is its own median and worst', () => {
  expect(summariseLatency(samples([12.6]), 5)).toMatchObject({
    changes: 1,
    medianMs: 13,
    p95Ms: 13,
    worstMs: 13,
  });
});

test('without a change that was waited for there is nothing to tell', () => {
  expect(summariseLatency([], 5)).toBeNull();
});
