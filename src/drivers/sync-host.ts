import type { SyncPlan } from '../checklist/plan.js';
import type { WireFetch } from '../contract/wire.js';
import { createSync, type Sync, type SyncConfig } from '../sync/create-sync.js';
import type { LogEvent } from '../sync/service.js';
import type { SyncStore } from '../sync/store/port.js';
import type { Breakage, MakeBreakage } from './breakage.js';

/** The process was killed: nothing that it still tries takes effect. */
class Killed extends Error {}

export type HostInput = Omit<SyncConfig, 'stages' | 'workerId' | 'log'> & { makeBreakage: MakeBreakage };

type Process = { sync: Sync; alive: boolean; breakage: Breakage; memory: Map<string, unknown> };

/** Runs processes of the reference sync on one store: starts, kills and restarts them, or several side by side. */
export class SyncHost {
  readonly logs: LogEvent[] = [];
  private current: Process;
  private workers = 0;

  constructor(
    private readonly input: HostInput,
    memory: Map<string, unknown> = new Map(),
  ) {
    this.current = this.start(memory);
  }

  get sync(): Sync {
    return this.current.sync;
  }

  /** Memory of the running process, for a second tenant that it serves too. */
  get memory(): Map<string, unknown> {
    return this.current.memory;
  }

  get breakage(): Breakage {
    return this.current.breakage;
  }

  /** Whether the running process was not killed. */
  get isAlive(): boolean {
    return this.current.alive;
  }

  kill(): void {
    this.current.alive = false;
  }

  restart(): void {
    this.kill();
    this.current = this.start(new Map());
  }

  /** One cycle of the running process; one that was killed during it has done what it had done. */
  async cycle(): Promise<{ dirtyLeft: number }> {
    return this.guarded(this.current);
  }

  /** One cycle of the running process and of another worker at the same time. */
  async together(): Promise<void> {
    const second = this.start(new Map());
    await Promise.all([this.guarded(this.current), this.guarded(second)]);
    second.alive = false;
  }

  private async guarded(process: Process): Promise<{ dirtyLeft: number }> {
    if (!process.alive) return { dirtyLeft: 0 };
    try {
      return await process.sync.cycle();
    } catch (error) {
      if (!process.alive) return { dirtyLeft: 1 };
      throw error;
    }
  }

  private start(memory: Map<string, unknown>): Process {
    const { makeBreakage, ...config } = this.input;
    const log = (event: LogEvent) => void this.logs.push(event);
    const breakage = makeBreakage({ now: config.clock.now, plan: config.plan, log, memory });
    this.workers += 1;
    const plan: SyncPlan = breakage.plan?.(config.plan) ?? config.plan;
    const isAlive = () => process.alive;
    const store = breakage.store?.(config.store) ?? config.store;
    const fetch = breakage.fetch?.(config.fetch) ?? config.fetch;
    const process: Process = {
      alive: true,
      breakage,
      memory,
      sync: createSync({
        ...config,
        plan,
        log,
        store: mortalStore(store, isAlive),
        fetch: mortalFetch(fetch, isAlive),
        workerId: `worker-${this.workers}`,
        stages: breakage.stages ?? {},
      }),
    };
    return process;
  }
}

function mortalFetch(fetch: WireFetch, isAlive: () => boolean): WireFetch {
  return async (request) => {
    if (!isAlive()) throw new Killed();
    const answer = await fetch(request);
    if (!isAlive()) throw new Killed();
    return answer;
  };
}

function mortalStore(store: SyncStore, isAlive: () => boolean): SyncStore {
  return new Proxy(store, {
    get(target, name: keyof SyncStore) {
      if (!isAlive()) throw new Killed();
      return target[name];
    },
  });
}
