import type { Check } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import { bundleChecks } from '../../checks/bundle.js';
import { spreadBundles } from '../../checks/spread.js';
import type { Json } from '../../contract/field.js';
import type { Env } from '../../contract/http/credentials.js';
import { wireRequest, wireResponse, type WireFetch, type WireRequest } from '../../contract/wire.js';
import { pretendSystem } from '../../drivers/dry-run/pretend-system.js';
import type { Target } from '../../drivers/ports.js';
import { Redactor } from '../../drivers/remote/redact.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';
import { located, remoteTarget } from '../../drivers/remote/target.js';
import { runSideBySide } from '../../run/side-by-side.js';
import { createSync, type Sync } from '../../sync/create-sync.js';
import { createMemoryStore } from '../../sync/store/memory.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { remoteSettings, secretsOf } from './settings.js';

/** A request that a run would make; `times` counts the same one, of which only the times in the query differ. */
export type PlannedRequest = { system: string; method: string; url: string; body: Json; times: number };

/** What is asked for one check, or for several that share their records. */
export type PlannedGroup = { checks: string[]; requests: PlannedRequest[] };

export type DryRun = {
  schema: 'syncproof.dry-run/1';
  runTag: string;
  before: PlannedRequest[];
  checks: PlannedGroup[];
  /** Checks for which nothing is asked, each with its reason. */
  notTestable: { check: string; reason: string }[];
  /** Checks that a pretended system could not take to their end: more may be asked for them. */
  incomplete: { check: string; reason: string }[];
  after: PlannedRequest[];
};

const RUN_TAG = 'zqdryrun';
const START = Date.UTC(2026, 0, 15, 9, 0, 0);

/** Goes through a remote run between systems and a sync that only pretend, and gives what would be asked of the real ones. */
export async function dryRun(prepared: Prepared, checks: Check[], options: RunOptions): Promise<DryRun> {
  const { plan } = prepared.compiled;
  const settings = settingsFor(prepared, plan);
  const redactor = new Redactor(secretsOf(settings), settings.runTag);
  let now = START;
  let ids = 0;
  const stage = pretend(located(plan, settings), settings, {
    now: () => now,
    pass: (ms) => void (now += ms),
    id: () => `key-${(ids += 1)}`,
  });
  const log = new RequestLog(redactor, plan, settings);
  const target = remoteTarget({
    plan,
    settings,
    send: log.noted(stage.send),
    clock: {
      now: () => now,
      async sleep(ms) {
        now += ms;
        await stage.sync.cycle();
      },
    },
    ledger: { write: async () => undefined },
    redactor,
    stopped: () => false,
    ids: () => `key-${(ids += 1)}`,
  });
  const before = await log.during(() => target.preflight());
  const groups = new Map<string, PlannedRequest[]>();
  const bundles = spreadBundles(bundleChecks(checks), plan);
  const finished = await runSideBySide({
    bundles,
    plan,
    target: grouped(target, log, groups),
    seed: options.seed,
    concurrency: 1,
    repeat: options.repeat,
    stopped: () => false,
    onFinished: () => undefined,
  });
  const after = await log.during(async () => void (await target.sweep()));
  const checksOf = (key: string) => {
    const bundle = bundles.find((one) => one.key === key.replace(/@\d+$/, ''));
    return bundle === undefined ? [key] : bundle.checks.map((check) => check.id);
  };
  const withVerdict = (...verdicts: string[]) =>
    finished
      .filter(({ outcome }) => outcome !== null && verdicts.includes(outcome.verdict))
      .map(({ id, outcome }) => ({ check: id, reason: redactor.text(outcome?.reason ?? '') }));
  return {
    schema: 'syncproof.dry-run/1',
    runTag: settings.runTag,
    before,
    checks: Array.from(groups, ([key, requests]) => ({ checks: checksOf(key), requests })),
    notTestable: withVerdict('not-testable'),
    incomplete: withVerdict('failed', 'error'),
    after,
  };
}

/** Nothing leaves, so no secret is asked for and no bound has to be kept. */
function settingsFor({ profile }: Prepared, plan: SyncPlan): RemoteSettings {
  const places = [plan.systems.a, plan.systems.b].map(({ api }) => api.baseUrlEnv);
  const env: Env = new Proxy(process.env, {
    get: (own, name) => {
      const value = own[String(name)];
      return value !== undefined && value !== ''
        ? value
        : places.includes(String(name))
          ? undefined
          : `$${String(name)}`;
    },
  });
  const asked = {
    allowProduction: true,
    env,
    runTag: profile?.profile.remote?.runTag ?? RUN_TAG,
    adapters: new Map(),
  };
  const settings = remoteSettings(profile, plan, asked);
  const unbound = { connections: 1000, requestsPerSecond: Number.POSITIVE_INFINITY };
  const side = (which: 'a' | 'b') => ({ ...settings.systems[which], limits: unbound });
  return { ...settings, ...unbound, systems: { a: side('a'), b: side('b') } };
}

type Time = { now: () => number; pass: (ms: number) => void; id: () => string };

/** Both systems and the reference sync between them, all in memory. */
function pretend(plan: SyncPlan, settings: RemoteSettings, time: Time): { send: WireFetch; sync: Sync } {
  const systems = { a: pretendSystem(plan.systems.a, time.now), b: pretendSystem(plan.systems.b, time.now) };
  const isOf = (side: 'a' | 'b', url: string) => url.startsWith(plan.systems[side].api.baseUrl);
  const reach: WireFetch = (request) => systems[isOf('a', request.url) ? 'a' : 'b'](request);
  const nobody = { key: '', clientId: '', clientSecret: '', webhookSecret: '', account: '' };
  const sync = createSync({
    plan,
    credentials: { a: nobody, b: nobody },
    store: createMemoryStore(),
    fetch: reach,
    clock: { now: time.now, sleep: async (ms) => time.pass(ms) },
    ids: time.id,
    log: () => undefined,
    workerId: 'dry-run',
    stages: {},
  });
  const { status, links, url } = settings.sync;
  const doors = new Map([
    [status, { method: 'GET', path: '/status' }],
    [links, { method: 'GET', path: '/links' }],
    [url, { method: 'POST', path: '/sync' }],
  ]);
  const send: WireFetch = async (request) => {
    const door = doors.get(request.url);
    if (door === undefined) return reach(request);
    const answer = await sync.fetch(wireRequest(`http://sync.test${door.path}`, { method: door.method }));
    return wireResponse(await answer.text(), answer.status, { 'content-type': 'application/json' });
  };
  return { send, sync };
}

/** Notes requests for whoever is at work; one after the other, so that each belongs to somebody. */
class RequestLog {
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
function grouped(target: Target, log: RequestLog, groups: Map<string, PlannedRequest[]>): Target {
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
