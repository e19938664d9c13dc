import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { WireFetch } from '../../contract/wire.js';
import { EventBus } from '../../drivers/events.js';
import { httpSystem } from '../../drivers/http-system.js';
import type { SyncLink } from '../../drivers/ports.js';
import type { MakeTwin, TwinPort } from '../../drivers/twin-port.js';
import type { CrashStage } from './stage.js';

export type ServedOptions = {
  plan: SyncPlan;
  makeTwin: MakeTwin;
  /** Puts something that answers requests on a free loopback port. */
  serve: (fetch: WireFetch) => Promise<{ url: string; close(): Promise<void> }>;
  /** Words after `node` that serve the sync between systems at two URLs, its store in a file, and print one JSON line. */
  command: (urls: Record<Side, string>) => string[];
  /** Where the process is killed, counted from 1: odd before the request is handled, even after; 0 never. */
  point: number;
};

/** How many requests of the sync came in, and at which the process was killed. */
export type Kills = { requests: number; killedAt: string | null };

const SETTLE_MS = 20_000;
const children = new Set<ChildProcess>();

/** Ends every process that was started and is still there. */
export function endChildren(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** A stage whose sync is a process of its own, killed with SIGKILL at one point and started again on the same file. */
export async function openServed(options: ServedOptions): Promise<{ stage: CrashStage; kills: Kills }> {
  const { plan, makeTwin, point } = options;
  const kills: Kills = { requests: 0, killedAt: null };
  let seq = 0;
  let sync: SyncChild | null = null;
  const make = (side: Side) =>
    makeTwin({
      side,
      contract: plan.systems[side],
      clock: { now: Date.now, advance: Date.now },
      nextSeq: () => (seq += 1),
      webhookPath: `/webhooks/${side}`,
      skewMs: () => 0,
      zoneMinutes: 0,
    });
  const twins: Record<Side, TwinPort> = { a: make('a'), b: make('b') };
  const watched =
    (side: Side): WireFetch =>
    async (request) => {
      kills.requests += 1;
      const own = kills.requests;
      const kill = async (when: string) => {
        kills.killedAt = `${when} ${request.method} ${new URL(request.url).pathname}`;
        await sync?.kill();
      };
      if (own * 2 - 1 === point) {
        await kill('before');
        throw new TypeError('the caller is dead');
      }
      const answer = await twins[side].fetch(request);
      if (own * 2 === point) await kill('after');
      return answer;
    };
  const served = { a: await options.serve(watched('a')), b: await options.serve(watched('b')) };
  const start = () => SyncChild.start(options.command({ a: served.a.url, b: served.b.url }));
  sync = await start();
  const alive = async (): Promise<SyncChild> => {
    if (sync === null || sync.isDead) sync = await start();
    return sync;
  };
  const bus = new EventBus(
    twins,
    async (side, body, headers) => (await sync?.post(`/webhooks/${side}`, body, headers))?.status ?? 503,
  );
  const journal = () =>
    [...twins.a.journal, ...twins.b.journal].toSorted((one, other) => one.seq - other.seq);
  const writes = () => journal().filter((one) => one.caller === 'sync' && one.mutation !== null).length;
  const round = async (): Promise<number> => {
    await alive();
    await bus.flush();
    const answer = await (await alive()).post('/sync', '', {});
    return answer === null ? 1 : ((JSON.parse(answer.text) as { dirtyLeft?: number }).dirtyLeft ?? 1);
  };

  const stage: CrashStage = {
    plan,
    a: httpSystem('a', twins.a.contract, twins.a.fetch, twins.a.credentials.harness),
    b: httpSystem('b', twins.b.contract, twins.b.fetch, twins.b.credentials.harness),
    async settle() {
      const until = Date.now() + SETTLE_MS;
      while (Date.now() < until) {
        const before = writes();
        const left = await round();
        if (writes() === before && bus.idle() && left === 0) return { quiescent: true };
        if (left > 0) await pause(50);
      }
      return { quiescent: false };
    },
    later: () => pause(5),
    async links() {
      const answer = await (await alive()).get('/links');
      return JSON.parse(answer) as SyncLink[];
    },
    async runAgain(rounds) {
      for (let count = 0; count < rounds; count++) await round();
    },
    redeliver: () => bus.redeliverAll(),
    journal,
    async close() {
      await sync?.kill();
      await served.a.close();
      await served.b.close();
    },
  };
  return { stage, kills };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One process of the sync. */
class SyncChild {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(command: string[]): Promise<SyncChild> {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    child.once('exit', () => children.delete(child));
    const told: string[] = [];
    child.stderr?.on('data', (data) => told.splice(0, Math.max(0, told.length - 20), String(data)));
    if (child.stdout === null) throw new Error('the sync has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      const { urls } = JSON.parse(line) as { urls: Record<string, string> };
      return new SyncChild(child, urls['sync'] ?? '');
    }
    throw new Error(`the sync did not start: ${told.join('')}`);
  }

  get isDead(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async kill(): Promise<void> {
    if (this.isDead) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Null when the process is gone or goes before it answers. */
  async post(
    path: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string } | null> {
    try {
      const answer = await fetch(`${this.url}${path}`, { method: 'POST', body, headers });
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async get(path: string): Promise<string> {
    return (await fetch(`${this.url}${path}`)).text();
  }
}
