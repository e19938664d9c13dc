import type { Capability } from '../../checklist/check.js';
import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import {
  SystemError,
  UnsupportedHere,
  type Exchange,
  type Settled,
  type StoredRecord,
  type SyncLink,
  type SyncStatus,
  type System,
  type World,
} from '../ports.js';
import { currentExchanges, Interrupted } from './guard.js';
import type { RunState } from './run-state.js';
import { holdsTag } from './run-tag.js';
import { removalOrder } from './sweep.js';
import type { Listing } from './watch.js';

type Place = { side: Side; entity: string };
type View = Map<string, Listing>;

const MOST_SAVES = 6;
const placeKey = ({ side, entity }: Place) => `${side} ${entity}`;

/** The records of one check in two systems that are shared with others. */
export class RemoteWorld {
  private readonly exchanges: Exchange[] = [];
  /** Ids of own records that were seen, by place. */
  private readonly seen = new Map<string, Set<string>>();
  private readonly places: Place[];
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
    this.places = removalOrder(pairs);
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
          this.demandOwn({ side, entity }, id);
          await system.remove(entity, id);
          this.changedAt = this.run.clock.now();
        }),
      restore: (entity, id) =>
        this.noted(async () => {
          this.demandOwn({ side, entity }, id);
          await system.restore(entity, id);
          this.changedAt = this.run.clock.now();
        }),
      list: (entity) => this.noted(() => this.list({ side, entity })),
    };
  }

  private async status(): Promise<SyncStatus> {
    const status = (await this.run.door.status?.()) ?? { state: 'error', problems: [] };
    const own = status.problems.filter((one) => this.isSeen(one.recordId));
    this.noteAsked(this.run.settings.sync.status, { state: status.state, problems: own });
    return status;
  }

  private async links(): Promise<SyncLink[]> {
    const links = (await this.run.door.links?.()) ?? [];
    const own = links.filter((one) => this.isSeen(one.aId) || this.isSeen(one.bId));
    this.noteAsked(this.run.settings.sync.links, own);
    return links;
  }

  private isSeen(id: string): boolean {
    return [...this.seen.values()].some((ids) => ids.has(id));
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
    const { ledger, systems } = this.run;
    await ledger.write({ event: 'making', side, entity, tag: this.tag });
    const record = await systems[side].create(entity, fields);
    this.remember({ side, entity }, record.id);
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
    this.demandOwn(place, id);
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

  /** Records that the run did not make are never written to. */
  private demandOwn(place: Place, id: string): void {
    if (this.seen.get(placeKey(place))?.has(id) === true) return;
    const { name } = this.run.systems[place.side].contract;
    throw new Error(`the ${name} ${place.entity} ${id} is not of this run and is left alone`);
  }

  private remember(place: Place, id: string): void {
    const key = placeKey(place);
    const held = this.seen.get(key);
    if (held === undefined) this.seen.set(key, new Set([id]));
    else held.add(id);
  }

  /** Own records; one that a listing passed over, as pages may, is asked for by its id. */
  private async list(place: Place): Promise<StoredRecord[]> {
    const listing = this.view?.get(placeKey(place)) ?? (await this.run.watch(place.side, place.entity).ask());
    const own = new Map((listing.byTag.get(this.tag) ?? []).map((record) => [record.id, record]));
    for (const id of own.keys()) this.remember(place, id);
    for (const id of this.seen.get(placeKey(place)) ?? []) {
      if (own.has(id)) continue;
      const record = listing.byId.get(id) ?? (await this.run.systems[place.side].get(place.entity, id));
      if (record !== null) own.set(id, record);
    }
    if (this.view === null) this.noteListing(place, [...own.values()]);
    return [...own.values()];
  }

  private noteListing(place: Place, own: StoredRecord[]): void {
    const { contract } = this.run.systems[place.side];
    const collection = contract.entities.find((one) => one.name === place.entity)?.collection ?? place.entity;
    const path = contract.api.routes.list.path.replace('{collection}', collection);
    const body = own.map(({ id, fields }) => ({ id, fields }));
    this.noteAsked(`${contract.api.baseUrl}${path}`, body, contract.name);
  }

  private async lookAround(): Promise<View> {
    const listings = await Promise.all(
      this.places.map(async (place) => {
        const listing = await this.run.watch(place.side, place.entity).ask();
        for (const record of listing.byTag.get(this.tag) ?? []) this.remember(place, record.id);
        return [placeKey(place), listing] as const;
      }),
    );
    return new Map(listings);
  }

  /** All own records of a view, as one text. */
  private state(view: View): string {
    return JSON.stringify(
      this.places.map((place) => {
        const listing = view.get(placeKey(place));
        const ids = [...(this.seen.get(placeKey(place)) ?? [])].toSorted();
        return ids.map((id) => [id, listing?.byId.get(id)?.fields ?? null]);
      }),
    );
  }

  /**
   * Looks with growing pauses until what is expected is there, or the budget is over; then nothing may change for the
   * quiet period. Where nothing is expected, the sync gets the whole time in which it could have done something.
   */
  private async settle(look?: () => Promise<boolean>): Promise<Settled> {
    const { clock, settings, door } = this.run;
    const began = clock.now();
    const deadline = began + settings.settleMs;
    const firstTurn = door.turns();
    let pause = settings.pollMs;
    let last: string | null = null;
    let changed = began;
    let seen: number | null = null;
    for (let rounds = 1; ; rounds++) {
      if (this.run.stopped()) throw new Interrupted();
      await door.nudge();
      const asked = clock.now();
      this.view = await this.lookAround();
      const state = this.state(this.view);
      const isThere = await this.takeLook(look, began, firstTurn).finally(() => (this.view = null));
      const now = clock.now();
      if (state !== last) {
        changed = asked;
        if (last !== null) pause = settings.pollMs;
        last = state;
      }
      if (isThere && seen === null) {
        seen = now;
        pause = settings.pollMs;
      }
      if (!isThere) seen = null;
      const waitedMs = now - began;
      if (seen !== null && asked - Math.max(changed, seen) >= settings.quietMs) {
        if (look !== undefined) this.run.latencies.push({ check: this.purpose, ms: seen - this.changedAt });
        return { quiescent: true, rounds, waitedMs };
      }
      if (seen === null && now >= deadline) {
        const isStill = asked - changed >= settings.quietMs;
        return { quiescent: isStill, rounds, waitedMs, late: { waitedMs, budgetMs: settings.settleMs } };
      }
      if (now >= deadline + settings.settleMs) return { quiescent: false, rounds, waitedMs };
      const quietLeft = seen === null ? pause : Math.max(1, Math.max(changed, seen) + settings.quietMs - now);
      await clock.sleep(Math.min(pause, quietLeft));
      pause = Math.min(pause * 1.5, settings.pollMs * 8);
    }
  }

  private async takeLook(
    look: (() => Promise<boolean>) | undefined,
    began: number,
    firstTurn: number,
  ): Promise<boolean> {
    if (look !== undefined) return look();
    const { settings, door, clock } = this.run;
    if (settings.sync.kind === 'trigger') return door.turns() >= firstTurn + 2;
    return clock.now() - began >= settings.absenceMs;
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
      const view = await this.lookAround().catch(() => new Map<string, Listing>());
      for (const place of this.places) {
        const ids = new Set(this.seen.get(placeKey(place)) ?? []);
        for (const record of view.get(placeKey(place))?.byTag.get(this.tag) ?? []) ids.add(record.id);
        for (const id of ids) await this.removeOwn(place, id);
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
