import type { Capability } from '../../checklist/check.js';
import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import {
  SystemError,
  UnsupportedHere,
  type Exchange,
  type Look,
  type Settled,
  type StoredRecord,
  type SyncLink,
  type SyncStatus,
  type System,
  type World,
} from '../ports.js';
import { currentExchanges } from './guard.js';
import { OwnRecords, placeKey, type Place, type View } from './own-records.js';
import type { RunState } from './run-state.js';
import { holdsTag } from './run-tag.js';
import { removalOrder } from './sweep.js';
import { settle, type Watched } from './settle.js';

const MOST_SAVES = 6;

/** The records of one check in two systems that are shared with others. */
export class RemoteWorld {
  private readonly exchanges: Exchange[] = [];
  private readonly own: OwnRecords;
  private readonly opened: { since: number };
  private changedAt: number;
  /** What is read from while a look is taken. */
  private view: View | null = null;

  constructor(
    private readonly run: RunState,
    private readonly purpose: string,
    private readonly tag: string,
    pairs: PairPlan[],
    private readonly capabilities: ReadonlySet<Capability>,
  ) {
    this.own = new OwnRecords(run, tag, removalOrder(pairs));
    this.changedAt = run.clock.now();
    this.opened = { since: this.changedAt };
    run.open.add(this.opened);
  }

  asWorld(): World {
    const { door } = this.run;
    return {
      tag: this.tag,
      a: this.system('a'),
      b: this.system('b'),
      sync: {
        settle: (look) => this.noted(() => this.settle(look)),
        runAgain: (cycles) => this.noted(() => this.runAgain(cycles)),
        ...(door.status === undefined ? {} : { status: () => this.status() }),
        ...(door.links === undefined ? {} : { links: () => this.links() }),
      },
      capabilities: this.capabilities,
      journal: () => [],
      exchanges: () => [...this.exchanges],
      close: () => this.close(),
    };
  }

  private noted<T>(work: () => Promise<T>): Promise<T> {
    return currentExchanges.run(this.exchanges, work);
  }

  private system(side: Side): System {
    const system = this.run.systems[side];
    return {
      side,
      contract: system.contract,
      create: (entity, fields) => this.noted(() => this.create(side, entity, fields)),
      get: (entity, id) => this.noted(() => this.get({ side, entity }, id)),
      update: (entity, id, changes) => this.noted(() => this.update({ side, entity }, id, changes)),
      remove: (entity, id) =>
        this.noted(async () => {
          this.own.demand({ side, entity }, id);
          await system.remove(entity, id);
          this.changedAt = this.run.clock.now();
        }),
      restore: (entity, id) =>
        this.noted(async () => {
          this.own.demand({ side, entity }, id);
          await system.restore(entity, id);
          this.changedAt = this.run.clock.now();
        }),
      list: (entity) => this.noted(() => this.list({ side, entity })),
    };
  }

  private async status(): Promise<SyncStatus> {
    const status = (await this.run.door.status?.()) ?? { state: 'error', problems: [] };
    const own = status.problems.filter((one) => this.own.holds(one.recordId));
    this.noteAsked(this.run.settings.sync.status, { state: status.state, problems: own });
    return status;
  }

  private async links(): Promise<SyncLink[]> {
    const links = (await this.run.door.links?.()) ?? [];
    const own = links.filter((one) => this.own.holds(one.aId) || this.own.holds(one.bId));
    this.noteAsked(this.run.settings.sync.links, own);
    return links;
  }

  /** An answer that is shared by all checks: each notes of it what is its own. */
  private noteAsked(url: string | null, body: Json, system = 'the sync'): void {
    if (this.view !== null) return;
    this.exchanges.push({
      seq: this.exchanges.at(-1)?.seq ?? 0,
      at: this.run.clock.now(),
      system,
      caller: 'harness',
      method: 'GET',
      url: url ?? '',
      requestBody: null,
      status: 200,
      responseBody: body,
      mutation: null,
    });
  }

  private async create(side: Side, entity: string, fields: JsonObject): Promise<StoredRecord> {
    if (!holdsTag(fields, this.tag))
      throw new UnsupportedHere(
        `no property of the ${this.run.systems[side].contract.name} ${entity} can hold the run's tag`,
        'name a text property of it as a row in the profile',
      );
    const { ledger, systems, redactor } = this.run;
    redactor.addOwn(fields);
    await ledger.write({ event: 'making', side, entity, tag: this.tag });
    const record = await systems[side].create(entity, fields);
    this.own.remember({ side, entity }, record.id);
    this.run.made.add(`${side} ${entity} ${record.id}`);
    this.changedAt = this.run.clock.now();
    await ledger.write({ event: 'made', side, entity, tag: this.tag, id: record.id });
    return record;
  }

  private async get(place: Place, id: string): Promise<StoredRecord | null> {
    const shown = this.view?.get(placeKey(place))?.byId.get(id);
    return shown ?? this.run.systems[place.side].get(place.entity, id);
  }

  /** A record that the sync wrote meanwhile is read again and saved again: the change is the same. */
  private async update(place: Place, id: string, changes: Record<string, Json>): Promise<StoredRecord> {
    this.own.demand(place, id);
    this.run.redactor.addOwn(changes);
    for (let attempt = 1; ; attempt++) {
      try {
        const record = await this.run.systems[place.side].update(place.entity, id, changes);
        this.changedAt = this.run.clock.now();
        return record;
      } catch (error) {
        const isStale = error instanceof SystemError && (error.status === 409 || error.status === 412);
        if (!isStale || attempt === MOST_SAVES) throw error;
      }
    }
  }

  private async list(place: Place): Promise<StoredRecord[]> {
    const listing = this.view?.get(placeKey(place)) ?? (await this.run.watch(place.side, place.entity).ask());
    const records = await this.own.pick(place, listing);
    if (this.view === null) this.noteListing(place, records);
    return records;
  }

  private noteListing(place: Place, own: StoredRecord[]): void {
    const { contract } = this.run.systems[place.side];
    const collection = contract.entities.find((one) => one.name === place.entity)?.collection ?? place.entity;
    const path = contract.api.routes.list.path.replace('{collection}', collection);
    const body = own.map(({ id, fields }) => ({ id, fields }));
    this.noteAsked(`${contract.api.baseUrl}${path}`, body, contract.name);
  }

  private async settle(look?: Look): Promise<Settled> {
    let read: View = new Map();
    const watched: Watched = {
      refresh: async () => {
        read = await this.own.lookAround();
        return this.own.state(read);
      },
      during: async (ask) => {
        this.view = read;
        return ask().finally(() => (this.view = null));
      },
      changedAt: () => this.changedAt,
    };
    return settle(this.run, watched, this.purpose, look);
  }

  private async runAgain(cycles: number): Promise<void> {
    const { clock, settings, door } = this.run;
    if (settings.sync.kind === 'none' || settings.sync.kind === 'status')
      return clock.sleep(settings.quietMs);
    for (let cycle = 0; cycle < cycles; cycle++) await door.nudge();
  }

  /** Removes what the world made and what the sync made of it; the sweep at the end of the run proves it. */
  private async close(): Promise<void> {
    try {
      await this.own.lookAround().catch(() => undefined);
      for (const place of this.own.places) {
        for (const id of new Set(this.own.ids(place))) await this.removeOwn(place, id);
      }
    } finally {
      this.run.open.delete(this.opened);
    }
  }

  private async removeOwn({ side, entity }: Place, id: string): Promise<void> {
    try {
      await this.run.cleaners[side].remove(entity, id);
      await this.run.ledger.write({ event: 'gone', side, entity, id });
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
    }
  }
}
