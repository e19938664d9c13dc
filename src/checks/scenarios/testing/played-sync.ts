import type { Check } from '../../../checklist/check.js';
import type { MappedRow, PairPlan, SyncPlan } from '../../../checklist/plan.js';
import type { Side } from '../../../checklist/policies.js';
import type { FieldSpec, Json, JsonObject } from '../../../contract/field.js';
import { getPath, setInPlace } from '../../../contract/path.js';
import type { Look, StoredRecord, SyncLink, SyncProblem, World } from '../../../drivers/ports.js';
import { CheckContext } from '../../context.js';
import { expectedOnB } from '../../oracle/expected.js';
import { isLive } from '../../oracle/live-rows.js';
import { keyOf, pairOf as pairBetween } from '../../testing/pair-world.js';

export { rowOf } from '../../../checklist/testing/mapped-row.js';

type Held = { id: string; entity: string; fields: JsonObject };

/** Two systems in memory, and a sync that does on every `settle` what the test says. */
export type Played = {
  context: CheckContext;
  records: Record<Side, Held[]>;
  links: SyncLink[];
  problems: SyncProblem[];
  /** What each look saw: those of one settle come in twos, before the sync worked and after. */
  looks: boolean[];
};

export type Setting = {
  fields: Record<Side, FieldSpec[]>;
  rows: MappedRow[];
  pair?: Partial<PairPlan>;
  others?: PairPlan[];
  check?: Partial<Check>;
  work?: (played: Played) => void;
  /** Set where nobody can ask the sync for its links. */
  isClosed?: true;
};

export const text = (path: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path,
  type: { kind: 'string', maxLength: 60 },
  ...more,
});

export const pairOf = (rows: MappedRow[], more: Partial<PairPlan> = {}): PairPlan =>
  pairBetween('customer', 'Customer', 'Contact', { rows, ...more });

export const match = (slug: string, ...parts: [string, string][]): PairPlan['match'][number] => ({
  ...keyOf(...parts),
  slug,
});

export function play({ fields, rows, pair: own, others = [], check, work, isClosed }: Setting): Played {
  const pair = pairOf(rows, own);
  const pairs = [pair, ...others];
  const contractOf = (side: Side, name: string) => ({
    name,
    entities: pairs.map((one) => ({
      name: one.entity[side],
      collection: one.entity[side],
      idKind: 'string',
      fields: fields[side],
    })),
  });
  const systems = { a: contractOf('a', 'Shop'), b: contractOf('b', 'CRM') };
  const records: Played['records'] = { a: [], b: [] };
  const world = {
    a: systemOf(records.a, 'a', systems.a),
    b: systemOf(records.b, 'b', systems.b),
    capabilities: new Set(),
    journal: () => [],
    sync: {
      settle: async (look?: Look) => {
        if (look !== undefined) played.looks.push(await look());
        work?.(played);
        if (look !== undefined) played.looks.push(await look());
        return { quiescent: true, rounds: 1, waitedMs: 0 };
      },
      runAgain: async () => undefined,
      status: async () => ({ state: 'ok', problems: played.problems }),
      ...(isClosed === undefined ? { links: async () => played.links } : {}),
    },
  } as unknown as World;
  const judged = { pair: pair.slug, property: null, value: null, matchKey: null, from: null, ...check };
  const plan = { systems, pairs } as unknown as SyncPlan;
  const context = new CheckContext(judged as Check, plan, pair, world, 1, async () => world);
  const played: Played = { context, records, links: [], problems: [], looks: [] };
  return played;
}

function systemOf(held: Held[], side: Side, contract: object) {
  const stored = (one: Held): StoredRecord => ({
    id: one.id,
    fields: structuredClone(one.fields),
    updatedAt: null,
    version: null,
  });
  return {
    contract,
    create: async (entity: string, fields: JsonObject) => stored(add(held, side, entity, fields)),
    get: async (_entity: string, id: string) => held.filter((one) => one.id === id).map(stored)[0] ?? null,
    update: async (_entity: string, id: string, changes: JsonObject) => {
      const one = theOne(held, id);
      for (const [path, value] of Object.entries(changes)) setInPlace(one.fields, path, value);
      return stored(one);
    },
    list: async (entity: string) => held.filter((one) => one.entity === entity).map(stored),
  };
}

function add(held: Held[], side: Side, entity: string, fields: JsonObject): Held {
  const one = { id: `${side}${held.length + 1}`, entity, fields: structuredClone(fields) };
  held.push(one);
  return one;
}

function theOne(held: Held[], id: string): Held {
  const one = held.find((each) => each.id === id);
  if (one === undefined) throw new Error(`there is no record ${id}`);
  return one;
}

/** The provider of side a gives every new record this value, whatever was sent. */
export function presetOnA({ context, records }: Played, path: string, value: Json): void {
  const { a } = context.world;
  const create = a.create;
  a.create = async (entity, fields) => {
    const made = await create(entity, fields);
    setInPlace(theOne(records.a, made.id).fields, path, value);
    return made;
  };
}

/** The fields of a record. */
export const fieldsOf = ({ records }: Played, side: Side, id: string): JsonObject =>
  theOne(records[side], id).fields;

type Carried = { pair?: PairPlan; rows?: MappedRow[]; from?: Side };

/** What a plain sync does: every record of a side has a counterpart that holds what the rows carry. */
export function carry(
  played: Played,
  { pair = played.context.pair, rows = pair.rows, from = 'a' }: Carried = {},
): void {
  const meant = played.records[from].filter((one) => one.entity === pair.entity[from]);
  for (const { id } of meant) {
    const { aId, bId } = linkOf(played, pair, from, id);
    const [a, b] = [fieldsOf(played, 'a', aId), fieldsOf(played, 'b', bId)];
    for (const row of rows) {
      if (!isLive(pair.rows, row, a, b)) continue;
      if (from === 'b') setInPlace(a, row.a, getPath(b, row.b));
      else setInPlace(b, row.b, expectedOnB(row.transform, getPath(a, row.a), played.context.refer));
    }
  }
}

function linkOf({ links, records }: Played, { slug, entity }: PairPlan, from: Side, id: string): SyncLink {
  const known = links.find((one) => one.pair === slug && one[`${from}Id`] === id);
  if (known !== undefined) return known;
  const to = from === 'a' ? 'b' : 'a';
  const made = add(records[to], to, entity[to], {}).id;
  const link = from === 'a' ? { pair: slug, aId: id, bId: made } : { pair: slug, aId: made, bId: id };
  links.push(link);
  return link;
}
