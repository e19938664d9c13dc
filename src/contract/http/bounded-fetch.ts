import type { WireFetch } from '../wire.js';

export type Pace = { now(): number; sleep(ms: number): Promise<void> };

/** A fetch that keeps within a provider's rate and its bound on calls at the same time. */
export function boundedFetch(
  fetch: WireFetch,
  limit: { perSecond?: number; concurrent?: number },
  pace: Pace,
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
      const wait = nextAt - pace.now();
      nextAt = Math.max(nextAt, pace.now()) + gap;
      if (wait > 0) await pace.sleep(wait);
      return await fetch(request);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
