import type { Side } from '../../checklist/policies.js';
import type { Look, SyncUnderTest, System, Target, World } from '../ports.js';
import { kept, toRecordedError, type RecordedCall, type RecordedWorld } from './recording.js';

/** A target that keeps what its worlds answer; `worlds` grows as they are opened. */
export function recordingTarget(target: Target): { target: Target; worlds: RecordedWorld[] } {
  const worlds: RecordedWorld[] = [];
  const counts = new Map<string, number>();
  return {
    worlds,
    target: {
      ...target,
      async open(pairs, seed, settings = {}) {
        const purpose = settings.purpose ?? `world ${seed}`;
        const nth = (counts.get(purpose) ?? 0) + 1;
        counts.set(purpose, nth);
        const world = await target.open(pairs, seed, settings);
        const recorded = { purpose, nth, tag: world.tag ?? null, calls: [], exchanges: [] };
        worlds.push(recorded);
        return new WorldRecorder(world, recorded).asWorld();
      },
    },
  };
}

class WorldRecorder {
  private sink: RecordedCall[];

  constructor(
    private readonly world: World,
    private readonly recorded: RecordedWorld,
  ) {
    this.sink = recorded.calls;
  }

  asWorld(): World {
    const { world } = this;
    const exchanges = world.exchanges?.bind(world);
    return {
      ...world,
      a: this.system('a'),
      b: this.system('b'),
      sync: this.sync(),
      ...(exchanges === undefined
        ? {}
        : {
            exchanges: () => {
              this.recorded.exchanges = exchanges();
              this.sink.push({ call: 'exchanges', value: this.recorded.exchanges.length });
              return this.recorded.exchanges;
            },
          }),
    };
  }

  private async note<T>(call: string, work: () => Promise<T>): Promise<T> {
    const entry: RecordedCall = { call };
    this.sink.push(entry);
    try {
      const value = await work();
      if (value !== undefined) entry.value = kept(value);
      return value;
    } catch (error) {
      entry.error = toRecordedError(error);
      throw error;
    }
  }

  private system(side: Side): System {
    const system = this.world[side];
    return {
      side,
      contract: system.contract,
      create: (entity, fields) => this.note(`${side} create ${entity}`, () => system.create(entity, fields)),
      get: (entity, id) => this.note(`${side} get ${entity} ${id}`, () => system.get(entity, id)),
      update: (entity, id, changes) =>
        this.note(`${side} update ${entity} ${id}`, () => system.update(entity, id, changes)),
      remove: (entity, id) => this.note(`${side} remove ${entity} ${id}`, () => system.remove(entity, id)),
      restore: (entity, id) => this.note(`${side} restore ${entity} ${id}`, () => system.restore(entity, id)),
      list: (entity, since) => this.note(`${side} list ${entity}`, () => system.list(entity, since)),
    };
  }

  private sync(): SyncUnderTest {
    const { sync } = this.world;
    const { status, links } = sync;
    return {
      settle: (look) => this.settle(look),
      runAgain: (cycles) => this.note(`run again ${cycles}`, () => sync.runAgain(cycles)),
      ...(status === undefined ? {} : { status: () => this.note('status', () => status.call(sync)) }),
      ...(links === undefined ? {} : { links: () => this.note('links', () => links.call(sync)) }),
    };
  }

  private async settle(look: Look | undefined) {
    const looks: RecordedCall[][] = [];
    const seen: Look | undefined = look && (() => this.look(look, looks));
    const outer = this.sink;
    const waited = this.note('settle', () => this.world.sync.settle(seen));
    const entry = outer.at(-1);
    if (entry !== undefined) entry.looks = looks;
    return waited;
  }

  /** A look changes nothing, so one that is answered as the one before need not be kept. */
  private async look(look: Look, looks: RecordedCall[][]): Promise<boolean> {
    const outer = this.sink;
    const own: RecordedCall[] = [];
    this.sink = own;
    try {
      return await look();
    } finally {
      this.sink = outer;
      if (JSON.stringify(own) !== JSON.stringify(looks.at(-1) ?? null)) looks.push(own);
    }
  }
}
