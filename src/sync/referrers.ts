import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json, JsonObject } from '../contract/field.js';
import { isObject } from './json.js';
import type { Engine } from './pair-context.js';
import { accessor } from './paths.js';
import { isReported } from './rivals.js';
import type { CreateIntent, Link } from './store/port.js';

/**
 * The record `id` of a side gets another counterpart than the one that is gone: what refers to it there still names the
 * old one. Its reference counts as an edit, so that it is carried to the new one (I1, I14); so does that of one whose
 * create was sent and is not answered yet.
 */
export function followReplaced(engine: Engine, slug: string, side: Side, id: string): void {
  const { store, plan, clock } = engine;
  for (const pair of plan.pairs) {
    const rows = pair.rows.filter((row) => mayRefer(row, slug));
    if (rows.length === 0) continue;
    for (const link of store.links()) {
      if (link.pair !== pair.slug || link.base === null) continue;
      const { base } = link;
      const stale = rows.filter((row) => refers(row, slug, side, base[row.slug]?.[side] ?? null, id));
      if (stale.length === 0) continue;
      const forgotten = stale.map((row) => [row.slug, { ...base[row.slug], [side]: null }]);
      store.putLink({ ...link, base: { ...base, ...Object.fromEntries(forgotten) } });
      store.markDirty({ side: 'a', entity: pair.entity.a, id: link.aId }, clock.now());
    }
    for (const intent of store.createIntents()) {
      if (intent.pair !== pair.slug) continue;
      const stale = rows.filter((row) => refers(row, slug, side, sentValue(intent, row, side), id));
      if (stale.length === 0) continue;
      const replaced = Object.fromEntries(stale.map((row) => [row.slug, side]));
      store.putCreateIntent({ ...intent, replaced: { ...intent.replaced, ...replaced } });
    }
  }
}

const sentValue = (intent: CreateIntent, row: MappedRow, side: Side): Json =>
  side === intent.from
    ? (intent.values[row.slug]?.[side] ?? null)
    : (accessor(row[side]).read(intent.fields) ?? null);

/**
 * The records of a link are both there again: what refers to either and was refused meanwhile is tried again (I14, I23).
 */
export function retryReferrers(engine: Engine, { pair: slug, aId, bId }: Link): void {
  const { store, plan, clock } = engine;
  const ends: [Side, string][] = [
    ['a', aId],
    ['b', bId],
  ];
  for (const pair of plan.pairs) {
    const rows = pair.rows.filter((row) => mayRefer(row, slug));
    if (rows.length === 0) continue;
    for (const link of store.links()) {
      if (link.pair !== pair.slug || !isReported(engine, link)) continue;
      const isReferrer = rows.some((row) =>
        ends.some(([side, id]) => refers(row, slug, side, link.base?.[row.slug]?.[side] ?? null, id)),
      );
      if (isReferrer) store.markDirty({ side: 'a', entity: pair.entity.a, id: link.aId }, clock.now());
    }
    for (const [side, id] of ends) retryRefused(engine, pair, rows, slug, side, id);
  }
}

/** Records that refer to one and have no counterpart yet, since it was refused. */
function retryRefused(
  { store, clock }: Engine,
  pair: PairPlan,
  rows: MappedRow[],
  slug: string,
  side: Side,
  id: string,
): void {
  const entity = pair.entity[side];
  for (const { pair: named, side: where, recordId } of store.problems()) {
    if (named !== pair.slug || where !== side || store.linkOf(named, side, recordId) !== null) continue;
    const known = store.digest({ side, entity, id: recordId });
    if (known === null) continue;
    const fields = JSON.parse(known) as JsonObject;
    if (rows.some((row) => refers(row, slug, side, accessor(row[side]).read(fields) ?? null, id)))
      store.markDirty({ side, entity, id: recordId }, clock.now());
  }
}

const mayRefer = ({ transform }: MappedRow, slug: string): boolean =>
  transform.kind === 'lines'
    ? transform.rows.some((row) => mayRefer(row, slug))
    : transform.kind === 'reference' && transform.pair === slug;

function refers(row: MappedRow, slug: string, side: Side, value: Json, id: string): boolean {
  const { transform } = row;
  if (transform.kind === 'reference')
    return transform.pair === slug && value !== null && String(value) === id;
  if (transform.kind !== 'lines' || !Array.isArray(value)) return false;
  return value.some(
    (item) =>
      isObject(item) &&
      transform.rows.some((inner) => refers(inner, slug, side, accessor(inner[side]).read(item) ?? null, id)),
  );
}
