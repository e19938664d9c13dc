import type { MatchPart, PairPlan, SyncPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import type { SyncProblem } from '../drivers/ports.js';
import type { Client, Remote } from './client.js';
import { misfitOf } from './misfit.js';
import { accessor, fieldPathOf, lacks } from './paths.js';
import { digestOf } from './digest.js';
import type { SyncStages } from './stages.js';
import type { SyncStore } from './store/port.js';
import { carry, UnmappableValue } from './transform.js';
import type { SyncClock } from './transport.js';

/** What the parts of the engine share. */
export type Engine = {
  plan: SyncPlan;
  clients: Record<Side, Client>;
  store: SyncStore;
  stages: SyncStages;
  clock: SyncClock;
  ids: () => string;
  /** Pause between two readings of a whole listing for deletions that show by nothing else, ms. */
  scanMs: number;
  /** Content of linked records when they were last brought together; kept in memory, so a restart reads again. */
  reconciled: Map<string, string>;
  /** Number of this process's last round among those of all workers. */
  round: number;
  /** `<side> <entity>` to the turn at which its changes were last read, counted over all reads of this process. */
  polled: Map<string, number>;
  /** Number of reads of changes that were begun. */
  turn: number;
};

export const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

export function entityOf(engine: Engine, side: Side, name: string): EntityContract {
  const entity = engine.plan.systems[side].entities.find((one) => one.name === name);
  if (entity === undefined) throw new Error(`${engine.plan.systems[side].name} holds no entity ${name}`);
  return entity;
}

export const recordKey = (side: Side, entity: string, id: string) => `${side} ${entity} ${id}`;
/** Remembers that a record is as the sync left it, unless several pairs look at its entity. */
export function noteReconciled(engine: Engine, pair: PairPlan, side: Side, remote: Remote): void {
  const entity = pair.entity[side];
  if (engine.plan.pairs.filter((one) => one.entity[side] === entity).length > 1) return;
  engine.reconciled.set(recordKey(side, entity, remote.id), digestOf(remote.fields));
}

export const refKey = (pair: string, side: Side, id: string) => `${pair} ${side} ${id}`;

/** What waited for either record of a link to have a counterpart goes on (I14). */
export function wakeWaiting({ store }: Engine, link: { pair: string; aId: string; bId: string }): void {
  store.wake(refKey(link.pair, 'a', link.aId));
  store.wake(refKey(link.pair, 'b', link.bId));
}

/** The counterpart's id in the form in which the other side writes references (I14). */
export function referOf(engine: Engine): (pair: string, from: Side, id: string) => Json {
  return (slug, from, id) => {
    const link = engine.store.linkOf(slug, from, id);
    if (link === null || link.state === `${other(from)}-gone`)
      return engine.stages.unresolved(refKey(slug, from, id));
    const pair = engine.plan.pairs.find((one) => one.slug === slug);
    const to = other(from);
    const target = to === 'a' ? link.aId : link.bId;
    const isNumber = pair !== undefined && entityOf(engine, to, pair.entity[to]).idKind === 'integer';
    return isNumber ? Number(target) : target;
  };
}

const indexes = new WeakMap<FieldSpec[], Map<string, FieldSpec | undefined>>();

/** The field of an entity at a path, whatever list element the path means; looked up once for each path. */
export function fieldAt({ fields }: EntityContract, path: string): FieldSpec | undefined {
  const known = indexes.get(fields) ?? new Map<string, FieldSpec | undefined>();
  indexes.set(fields, known);
  if (known.has(path)) return known.get(path);
  const own = fieldPathOf(path);
  const found = fields.find((field) => field.path === own);
  known.set(path, found);
  return found;
}

/** Match keys of a record, one text for each key whose parts are all filled. */
export function matchTexts(engine: Engine, pair: PairPlan, side: Side, fields: JsonObject): string[] {
  return pair.match.flatMap((key) => {
    const parts = key.parts.map((part) => {
      const value = comparable(part, side, accessor(part[side]).read(fields) ?? null);
      return value === null || value === '' ? null : engine.stages.normaliseKey(value, part);
    });
    return parts.includes(null) ? [] : [[pair.slug, key.slug, ...parts].join('\u0000')];
  });
}

/** A property of a key as side b holds it; null where it cannot be carried there, so that nothing matches. */
function comparable({ transform }: MatchPart, side: Side, value: Json): Json {
  if (side === 'b' || transform === undefined || value === null || value === '') return value;
  try {
    return carry(transform, 'a', value, () => null);
  } catch (error) {
    if (error instanceof UnmappableValue) return null;
    throw error;
  }
}

export function problem(
  pair: PairPlan,
  side: Side,
  recordId: string,
  field: string | null,
  message: string,
): SyncProblem {
  return { pair: pair.slug, side, recordId, field, message };
}

/** What an answer lacks or holds wrongly at a path of one side; null where the value can be used (I13). */
export function faultAt(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  path: string,
  remote: Remote,
): string | null {
  const cell = accessor(path).read(remote.fields);
  const { absent } = engine.clients[side].contract.api.record;
  if (absent === 'missing' && lacks(path, remote.fields)) return MISSING;
  return misfitOf(fieldAt(entityOf(engine, side, pair.entity[side]), path), cell);
}

export const MISSING = 'is missing in the answer';
