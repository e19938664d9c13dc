import type { MappedRow, PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../../contract/field.js';
import { getPath, withoutConditions } from '../../contract/path.js';
import type { Exchange } from '../../drivers/ports.js';
import { isBlank, keyTexts } from './agreement.js';

/** What a record held from a call on; null while it is deleted. `phase` counts the rounds of the sync. */
export type Version = { seq: number; phase: number; fields: JsonObject | null };

/**
 * A user's change of one mapped property; `at` is true time, ms, `regime` how often the clock was moved before. An edit
 * of `formOnly` puts one form of emptiness in the place of another.
 */
export type Edit = {
  seq: number;
  phase: number;
  at: number;
  regime: number;
  value: Json;
  initial: boolean;
  formOnly: boolean;
};

/** A record of a system as the journal tells it. */
export type Tracked = {
  side: Side;
  entity: string;
  id: string;
  fields: JsonObject | null;
  versions: Version[];
  bySync: boolean;
  /** Edits of users by `pair/row`, oldest first. */
  edits: Map<string, Edit[]>;
  /** Saves of users, also those without a change. */
  saves: { seq: number; phase: number }[];
  /** Writes of the sync. */
  writes: { seq: number }[];
  removals: { seq: number; phase: number; by: 'user' | 'sync' }[];
  /** Match keys that it ever had. */
  keys: Set<string>;
};

export type SyncWrite = {
  record: Tracked;
  before: JsonObject | null;
  after: JsonObject | null;
  exchange: Exchange;
};

/** A link that the sync told; `agreedSeq` is the last call before both records agreed at rest. */
export type KnownLink = {
  pair: string;
  aId: string;
  bId: string;
  phase: number;
  /** Last call before the sync told it. */
  seq: number;
  agreedSeq: number | null;
  told: boolean;
  /** Whether it was reported at the last rest, so that what was held up may be written since. */
  heldUp: boolean;
};

export type Clocks = { phase: number; skewMs: Record<Side, number>; regime: Record<Side, number> };

/** The phases of the rounds are the odd ones; between them nothing of the sync runs. */
export const isRound = (phase: number): boolean => phase % 2 === 1;

export const rowKey = (pair: PairPlan, row: MappedRow): string => `${pair.slug}/${row.slug}`;

/** Both systems, rebuilt from the journal call by call. */
export class Mirror {
  readonly records = new Map<string, Tracked>();
  /** Every link ever told, by pair and both ids. */
  readonly links = new Map<string, KnownLink>();
  /** Calls, by side, in which the sync meant to write and nothing was written. */
  readonly vainWrites: Record<Side, number[]> = { a: [], b: [] };
  seq = 0;

  constructor(readonly plan: SyncPlan) {}

  record(side: Side, entity: string, id: string): Tracked | undefined {
    return this.records.get(`${side} ${entity} ${id}`);
  }

  of(pair: PairPlan, side: Side): Tracked[] {
    return [...this.records.values()].filter((one) => one.side === side && one.entity === pair.entity[side]);
  }

  live(pair: PairPlan, side: Side): Tracked[] {
    return this.of(pair, side).filter((one) => one.fields !== null);
  }

  /** Links of a record that were ever told, the newest last. */
  linksOf(pair: PairPlan, record: Tracked): KnownLink[] {
    return [...this.links.values()].filter(
      (one) => one.pair === pair.slug && (record.side === 'a' ? one.aId : one.bId) === record.id,
    );
  }

  counterparts(pair: PairPlan, record: Tracked): Tracked[] {
    const far: Side = record.side === 'a' ? 'b' : 'a';
    return this.linksOf(pair, record).flatMap(
      (link) => this.record(far, pair.entity[far], far === 'a' ? link.aId : link.bId) ?? [],
    );
  }

  /** The counterpart's id of a record of side a, as side b writes references; null when none was ever told. */
  refer = (slug: string, aId: string): Json => {
    const pair = this.plan.pairs.find((one) => one.slug === slug);
    const own = pair === undefined ? undefined : this.record('a', pair.entity.a, aId);
    if (pair === undefined || own === undefined) return null;
    const id = this.linksOf(pair, own).at(-1)?.bId ?? this.madeFor(pair, own)?.id;
    if (id === undefined) return null;
    return this.entity('b', pair.entity.b).idKind === 'integer' ? Number(id) : id;
  };

  /** The record that the sync made for one that was deleted meanwhile: a link that is never told as a live one. */
  private madeFor(pair: PairPlan, own: Tracked): Tracked | undefined {
    if (own.removals.length === 0) return undefined;
    return this.of(pair, 'b').find(
      (one) =>
        one.bySync && this.linksOf(pair, one).length === 0 && [...own.keys].some((key) => one.keys.has(key)),
    );
  }

  /** Records of users for which the sync may have made this one, whether it told of a link with them or not. */
  sources(pair: PairPlan, record: Tracked): Tracked[] {
    if (!record.bySync) return [];
    return this.of(pair, record.side === 'a' ? 'b' : 'a').filter(
      (one) => !one.bySync && [...one.keys].some((key) => record.keys.has(key)),
    );
  }

  entity(side: Side, name: string): EntityContract {
    const found = this.plan.systems[side].entities.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no entity ${name}`);
    return found;
  }

  field(pair: PairPlan, side: Side, path: string): FieldSpec | undefined {
    const own = withoutConditions(path);
    return this.entity(side, pair.entity[side]).fields.find((one) => one.path === own);
  }

  /** Takes in further calls, in their order; gives what the sync wrote. */
  absorb(exchanges: Exchange[], clocks: Clocks): SyncWrite[] {
    const writes: SyncWrite[] = [];
    for (const exchange of exchanges) {
      this.seq = Math.max(this.seq, exchange.seq);
      const { mutation } = exchange;
      const side: Side = exchange.side ?? (exchange.system === this.plan.systems.a.name ? 'a' : 'b');
      if (mutation === null) {
        if (exchange.caller === 'sync' && exchange.method !== 'GET') this.vainWrites[side].push(exchange.seq);
        continue;
      }
      const record = this.known(side, mutation.entity, mutation.id, exchange);
      const before = record.fields;
      record.fields = mutation.after;
      record.versions.push({ seq: exchange.seq, phase: clocks.phase, fields: mutation.after });
      if (exchange.caller === 'sync') {
        if (mutation.kind !== 'delete') record.writes.push({ seq: exchange.seq });
        writes.push({ record, before, after: mutation.after, exchange });
      } else this.noteSave(record, before, exchange, clocks);
      if (mutation.after === null)
        record.removals.push({
          seq: exchange.seq,
          phase: clocks.phase,
          by: exchange.caller === 'sync' ? 'sync' : 'user',
        });
      else this.noteKeys(record, mutation.after);
    }
    return writes;
  }

  private known(side: Side, entity: string, id: string, exchange: Exchange): Tracked {
    const key = `${side} ${entity} ${id}`;
    const found = this.records.get(key);
    if (found !== undefined) return found;
    const made: Tracked = {
      side,
      entity,
      id,
      fields: null,
      versions: [],
      bySync: exchange.caller === 'sync',
      edits: new Map(),
      saves: [],
      writes: [],
      removals: [],
      keys: new Set(),
    };
    this.records.set(key, made);
    return made;
  }

  private noteSave(record: Tracked, before: JsonObject | null, exchange: Exchange, clocks: Clocks): void {
    const after = exchange.mutation?.after ?? null;
    const { seq } = exchange;
    record.saves.push({ seq, phase: clocks.phase });
    if (after === null) return;
    const initial = exchange.mutation?.kind === 'create';
    const at = exchange.at - clocks.skewMs[record.side];
    for (const pair of this.plan.pairs) {
      if (pair.entity[record.side] !== record.entity) continue;
      for (const row of pair.rows) {
        const value = wholeAt(after, row[record.side]);
        const old = before === null ? null : wholeAt(before, row[record.side]);
        if (!initial && JSON.stringify(value) === JSON.stringify(old)) continue;
        const formOnly = !initial && isBlank(value) && isBlank(old);
        const key = rowKey(pair, row);
        const list = record.edits.get(key) ?? [];
        list.push({
          seq,
          phase: clocks.phase,
          at,
          regime: clocks.regime[record.side],
          value,
          initial,
          formOnly,
        });
        record.edits.set(key, list);
      }
    }
  }

  private noteKeys(record: Tracked, fields: JsonObject): void {
    for (const pair of this.plan.pairs)
      if (pair.entity[record.side] === record.entity)
        for (const text of keyTexts(pair, record.side, fields)) record.keys.add(text);
  }
}

const wholeAt = (fields: JsonObject, path: string): Json => getPath(fields, path);
