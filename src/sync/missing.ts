import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import type { Engine } from './pair-context.js';
import { lacks } from './paths.js';

/** Whether a property that an answer of a side lacks is no empty one, since the provider renders those. */
const tells = (engine: Engine, side: Side): boolean =>
  engine.clients[side].contract.api.record.absent === 'missing';

/**
 * A property that an answer lacks and that writing the whole record back would empty: one that a row names, or that the
 * record had when it was last listed (I8, I13). Null when there is none, or when only changes are written.
 */
export function emptiedByReplace(engine: Engine, pair: PairPlan, side: Side, read: Remote): string | null {
  if (!tells(engine, side) || engine.clients[side].contract.api.updateMode !== 'replace') return null;
  const row = pair.rows.find((one) => lacks(one[side], read.fields));
  if (row !== undefined) return row[side];
  return lostSince(engine, side, pair.entity[side], read);
}

/** A property that a record had when it was last taken in and an answer lacks, which is no empty one (I13). */
export function lostSince(engine: Engine, side: Side, entity: string, read: Remote): string | null {
  if (!tells(engine, side)) return null;
  const known = engine.store.digest({ side, entity, id: read.id });
  const before = known === null ? {} : (JSON.parse(known) as JsonObject);
  return Object.keys(before).find((name) => !(name in read.fields)) ?? null;
}
