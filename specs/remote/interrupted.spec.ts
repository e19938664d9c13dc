import { expect, test } from 'vitest';
import { interruptRuns } from './interruptions.js';

/** `npm run bench:interruptions` does this fifty times. */
test('a run that is ended at any point leaves nothing behind after cleanup, and touches nobody else', async () => {
  const told = await interruptRuns(3, 1000, 7);

  expect(told.problems).toEqual([]);
  expect(told.interruptions.map(({ signal }) => signal)).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
  expect(told.interruptions.at(-1)?.cleanedUp).toBeGreaterThan(0);
  expect(told.tagged).toBe(0);
  expect(told.bystanders).toBe(1000);
  expect(told.touched).toBe(0);
}, 180_000);
