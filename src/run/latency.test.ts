import { expect, test } from 'vitest';
import { summariseLatency } from './latency.js';

const samples = (...times: number[]) => times.map((ms) => ({ check: `check of ${ms}`, ms }));

test('without any change there is nothing to say', () => {
  expect(summariseLatency([], 500)).toBeNull();
});

test('median, 95th percentile and worst of twenty changes, in whatever order they came', () => {
  const times = Array.from({ length: 20 }, (_, index) => (index + 1) * 10.4).toReversed();

  expect(summariseLatency(samples(...times), 500)).toEqual({
    changes: 20,
    medianMs: 104,
    p95Ms: 198,
    worstMs: 208,
    worstCheck: `check of ${20 * 10.4}`,
    boundMs: 500,
  });
});

test('a single change is median and worst in one', () => {
  expect(summariseLatency(samples(7), 10)).toMatchObject({ medianMs: 7, p95Ms: 7, worstMs: 7 });
});
