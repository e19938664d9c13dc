import type { Capability, NotTestable } from '../../checklist/check.js';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { cloneJson } from '../../contract/clone-json.js';
import type { Look, Settled, StoredRecord, SyncLink, SyncStatus, System, Target, World } from '../ports.js';
import { fromRecordedError, type RecordedCall, type RecordedWorld } from './recording.js';

/** A check asks for something that the recording does not hold: it was made by other checks than these. */
export class NotRecorded extends Error {
  constructor(purpose: string, call: string) {
    super(`the recording holds no answer to "${call}" in ${purpose}`);
    this.name = 'NotRecorded';
  }
}

type PlayedInput = {
  plan: SyncPlan;
  worlds: RecordedWorld[];
  capabilities: Capability[];
  lacks: (missing: Capability[]) => NotTestable;
};

/** A target whose worlds answer what was recorded of them, at once. */
export function playedTarget({ plan, worlds, capabilities, lacks }: PlayedInput): Target {
  const byPlace = new Map(worlds.map((world) => [`${world.purpose} ${world.nth}`, world]));
  const counts = new Map<string, number>();
  const offered = new Set(capabilities);
  return {
    name: 'remote',
    capabilities: offered,
    lacks,
    async open(_pairs, seed, { purpose = `world ${seed}` } = {}) {
      const nth = (counts.get(purpose) ?? 0) + 1;
      counts.set(purpose, nth);
      const world = byPlace.get(`${purpose} ${nth}`);
      if (world === undefined) throw new NotRecorded(purpose, `open world ${nth}`);
      return new Player(world, plan, offered).asWorld();
    },
  };
}

class Player {
  private left: Map<string, RecordedCall[]>;

  constructor(
    private readonly world: RecordedWorld,
    private readonly plan: SyncPlan,
    private readonly capabilities: ReadonlySet<Capability>,
  ) {
    this.left = byCall(world.calls);
  }

  asWorld(): World {
    const { tag, exchanges } = this.world;
    return {
      ...(tag === null ? {} : { tag }),
      a: this.system('a'),
      b: this.system('b'),
      sync: {
        settle: (look) => this.settle(look),
        runAgain: async (cycles) => void this.answer(`run again ${cycles}`),
        ...(this.capabilities.has('errors')
          ? { status: async () => this.answer('status') as SyncStatus }
          : {}),
        ...(this.capabilities.has('links') ? { links: async () => this.answer('links') as SyncLink[] } : {}),
      },
      capabilities: this.capabilities,
      journal: () => [],
      exchanges: () => exchanges.slice(0, Number(this.answer('exchanges'))),
      close: async () => undefined,
    };
  }

  private system(side: Side): System {
    return {
      side,
      contract: this.plan.systems[side],
      create: async (entity) => this.answer(`${side} create ${entity}`) as StoredRecord,
      get: async (entity, id) => this.answer(`${side} get ${entity} ${id}`) as StoredRecord | null,
      update: async (entity, id) => this.answer(`${side} update ${entity} ${id}`) as StoredRecord,
      remove: async (entity, id) => void this.answer(`${side} remove ${entity} ${id}`),
      restore: async (entity, id) => void this.answer(`${side} restore ${entity} ${id}`),
      list: async (entity) => this.answer(`${side} list ${entity}`) as StoredRecord[],
    };
  }

  private async settle(look: Look | undefined): Promise<Settled> {
    const entry = this.take('settle');
    const outer = this.left;
    for (const calls of look === undefined ? [] : (entry.looks ?? [])) {
      this.left = byCall(calls);
      try {
        await look?.();
      } finally {
        this.left = outer;
      }
    }
    return this.open(entry) as Settled;
  }

  private answer(call: string): unknown {
    return this.open(this.take(call));
  }

  private take(call: string): RecordedCall {
    const entry = this.left.get(call)?.shift();
    if (entry === undefined) throw new NotRecorded(this.world.purpose, call);
    return entry;
  }

  private open(entry: RecordedCall): unknown {
    if (entry.error !== undefined) throw fromRecordedError(entry.error);
    return entry.value === undefined ? undefined : cloneJson(entry.value);
  }
}

function byCall(calls: RecordedCall[]): Map<string, RecordedCall[]> {
  const left = new Map<string, RecordedCall[]>();
  for (const one of calls) left.set(one.call, [...(left.get(one.call) ?? []), one]);
  return left;
}
