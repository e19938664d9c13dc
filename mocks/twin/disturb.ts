import {
  wireResponse,
  type WireFetch,
  type WireRequest,
  type WireResponse,
} from '../../src/contract/wire.js';
import type { Json } from '../../src/contract/field.js';
import type { Disturbance, Disturbed } from '../../src/drivers/ports.js';

type Active = { disturbance: Disturbance; seen: number; used: number; disturbed: Disturbed };

/** Applies disturbances to the sync's calls, in the order in which they were asked for. */
export class Disturber {
  private active: Active[] = [];

  constructor(private readonly now: () => number) {}

  add(disturbance: Disturbance): Disturbed {
    const disturbed: Disturbed = { at: [] };
    this.active.push({ disturbance, seen: 0, used: 0, disturbed });
    return disturbed;
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
        await effect.before?.();
        await handle(request);
        return wireResponse('{}', effect.status, {});
      case 'alter': {
        const response = await handle(request);
        const text = await response.text();
        if (!response.ok || text === '') return response;
        const headers: Record<string, string> = {};
        response.headers.forEach((value, name) => (headers[name] = value));
        return wireResponse(JSON.stringify(effect.body(JSON.parse(text) as Json)), response.status, headers);
      }
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
      const { method, pathIncludes, nth = 1, times = 1, when } = one.disturbance.match;
      if (when?.() === false) continue;
      if (method !== undefined && method !== request.method) continue;
      if (pathIncludes !== undefined && !path.includes(pathIncludes)) continue;
      one.seen += 1;
      if (one.seen < nth || one.used >= times) continue;
      one.used += 1;
      one.disturbed.at.push(this.now());
      return one.disturbance;
    }
    return null;
  }
}
