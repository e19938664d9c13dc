import { setTimeout as wait } from 'node:timers/promises';
import type { WireFetch } from '../wire.js';

/** Time for waiting, epoch ms; injected in tests. */
export type Pace = { now(): number; sleep(ms: number): Promise<void> };

export const REAL_PACE: Pace = { now: Date.now, sleep: async (ms) => void (await wait(ms)) };

/** A fetch that keeps within a provider's rate and its bound on calls at the same time. */
export function boundedFetch(
  fetch: WireFetch,
  limit: { perSecond?: number; concurrent?: number },
  pace: Pace = REAL_PACE,
): WireFetch {
  const gap = limit.perSecond === undefined ? 0 : 1000 / limit.perSecond;
  const most = limit.concurrent ?? Number.POSITIVE_INFINITY;
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextAt = 0;
  return async (request) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      const turn = nextAt - pace.now();
      nextAt = Math.max(nextAt, pace.now()) + gap;
      if (turn > 0) await pace.sleep(turn);
      return await fetch(request);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
