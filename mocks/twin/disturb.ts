import {
  wireResponse,
  type WireFetch,
  type WireRequest,
  type WireResponse,
} from '../../src/contract/wire.js';
import type { Disturbance } from '../../src/drivers/ports.js';

type Active = { disturbance: Disturbance; seen: number; used: number };

/** Applies disturbances to the sync's calls, in the order in which they were asked for. */
export class Disturber {
  private active: Active[] = [];

  add(disturbance: Disturbance): void {
    this.active.push({ disturbance, seen: 0, used: 0 });
  }

  /** Handles one call; a dropped answer is a network failure for the caller. */
  async pass(request: WireRequest, handle: WireFetch): Promise<WireResponse> {
    const effect = this.take(request)?.effect;
    if (effect === undefined) return handle(request);
    switch (effect.kind) {
      case 'answer':
        return wireResponse(JSON.stringify(effect.body ?? {}), effect.status, effect.headers ?? {});
      case 'drop':
        throw new TypeError('fetch failed');
      case 'commit-then-drop':
        await handle(request);
        throw new TypeError('fetch failed');
      case 'commit-then-answer':
        await handle(request);
        return wireResponse('{}', effect.status, {});
      case 'before':
        await effect.act();
        return handle(request);
      case 'after': {
        const response = await handle(request);
        await effect.act();
        return response;
      }
    }
  }

  private take(request: WireRequest): Disturbance | null {
    if (this.active.length === 0) return null;
    const path = new URL(request.url).pathname;
    for (const one of this.active) {
      const { method, pathIncludes, nth = 1, times = 1 } = one.disturbance.match;
      if (method !== undefined && method !== request.method) continue;
      if (pathIncludes !== undefined && !path.includes(pathIncludes)) continue;
      one.seen += 1;
      if (one.seen < nth || one.used >= times) continue;
      one.used += 1;
      return one.disturbance;
    }
    return null;
  }
}
