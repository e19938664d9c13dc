import type { SyncPlan } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import type { WireFetch, WireRequest } from '../../contract/wire.js';
import type { Target } from '../../drivers/ports.js';
import type { Redactor } from '../../drivers/remote/redact.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';

/** A request that a run would make; `times` counts the same one, of which only the times in the query differ. */
export type PlannedRequest = { system: string; method: string; url: string; body: Json; times: number };

/** Notes requests for whoever is at work; one after the other, so that each belongs to somebody. */
export class RequestLog {
  private current = new Map<string, PlannedRequest>();

  constructor(
    private readonly redactor: Redactor,
    private readonly plan: SyncPlan,
    private readonly settings: RemoteSettings,
  ) {}

  noted(send: WireFetch): WireFetch {
    return async (request) => {
      await this.note(request);
      return send(request);
    };
  }

  begin(): void {
    this.current = new Map();
  }

  taken(): PlannedRequest[] {
    return [...this.current.values()];
  }

  async during(work: () => Promise<void>): Promise<PlannedRequest[]> {
    this.begin();
    await work();
    return this.taken();
  }

  private async note(request: WireRequest): Promise<void> {
    const { method } = request;
    const url = this.redactor.text(this.withoutTimes(request.url));
    const text = request.body === null ? '' : await request.text();
    const key = `${method} ${url} ${text}`;
    const held = this.current.get(key);
    if (held !== undefined) held.times += 1;
    else
      this.current.set(key, { system: this.systemOf(url), method, url, body: this.bodyOf(text), times: 1 });
  }

  private bodyOf(text: string): Json {
    if (text === '') return null;
    const shown = this.redactor.text(text);
    return /^[[{]/.test(shown) ? (JSON.parse(shown) as Json) : shown;
  }

  private withoutTimes(url: string): string {
    const params = Object.values(this.plan.systems).flatMap(({ api }) => [
      api.changedSince?.param,
      ...(api.changedSince?.alsoParams ?? []),
    ]);
    const [path = '', query = ''] = url.split('?');
    if (query === '') return url;
    const parts = query.split('&').map((part) => {
      const name = decodeURIComponent(part.split('=')[0] ?? '');
      return params.includes(name) ? `${name}={time}` : part;
    });
    return `${path}?${parts.join('&')}`;
  }

  private systemOf(url: string): string {
    const side = (['a', 'b'] as const).find((one) => url.startsWith(this.settings.systems[one].baseUrl));
    return side === undefined ? 'the sync' : this.plan.systems[side].name;
  }
}

/** Keeps what is asked from the opening of a world until it is closed, by the purpose of the world. */
export function grouped(target: Target, log: RequestLog, groups: Map<string, PlannedRequest[]>): Target {
  let open = 0;
  return {
    ...target,
    async open(pairs, seed, settings = {}) {
      const purpose = settings.purpose ?? '';
      if (open === 0) log.begin();
      open += 1;
      const world = await target.open(pairs, seed, settings);
      return {
        ...world,
        async close() {
          await world.close();
          open -= 1;
          groups.set(purpose, [...(groups.get(purpose) ?? []), ...log.taken()]);
          log.begin();
        },
      };
    },
  };
}
