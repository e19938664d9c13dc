import type { MappedRow } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json, JsonObject } from '../contract/field.js';
import { isObject, type Cell } from './json.js';
import type { Engine } from './pair-context.js';
import { accessor, holds } from './paths.js';
import type { CreateIntent, Link } from './store/port.js';

/**
 * The record `id` of a side gets another counterpart than the one that is gone: what refers to it there still names the
 * old one. Its reference counts as an edit, so that it is carried to the new one (I1, I14); so does that of one whose
 * create was sent and is not answered yet.
 */
export function followReplaced(engine: Engine, slug: string, side: Side, id: string): void {
  const { store, plan, clock } = engine;
  for (const pair of plan.pairs) {
    for (const link of store.links()) {
      if (link.pair !== pair.slug || link.base === null) continue;
      const { base } = link;
      const stale = pair.rows.filter((row) => refers(row, slug, side, base[row.slug]?.[side], id));
      if (stale.length === 0) continue;
      const forgotten = stale.map((row) => [row.slug, { ...base[row.slug], [side]: null }]);
      store.putLink({ ...link, base: { ...base, ...Object.fromEntries(forgotten) } });
      store.markDirty({ side: 'a', entity: pair.entity.a, id: link.aId }, clock.now());
    }
    for (const intent of store.createIntents()) {
      if (intent.pair !== pair.slug) continue;
      const stale = pair.rows.filter((row) => refers(row, slug, side, sentValue(intent, row, side), id));
      if (stale.length === 0) continue;
      const replaced = Object.fromEntries(stale.map((row) => [row.slug, side]));
      store.putCreateIntent({ ...intent, replaced: { ...intent.replaced, ...replaced } });
    }
  }
}

const sentValue = (intent: CreateIntent, row: MappedRow, side: Side): Cell =>
  side === intent.from ? intent.values[row.slug]?.[side] : accessor(row[side]).read(intent.fields);

/**
 * The records of a link are both there again: what refers to either and was refused meanwhile is tried again (I14, I23),
 * whether it did so when it was last agreed on or does so by an edit that was refused.
 */
export function retryReferrers(engine: Engine, { pair: slug, aId, bId }: Link): void {
  const { store, plan, clock } = engine;
  const ends = { a: aId, b: bId };
  for (const pair of plan.pairs) {
    for (const { pair: named, side: reported, recordId } of store.problems()) {
      if (named !== pair.slug) continue;
      const link = store.linkOf(named, reported, recordId);
      // Nothing is carried to a counterpart that is gone, and two that refer to each other would never come to rest.
      if (link?.state === 'a-gone' || link?.state === 'b-gone') continue;
      const own: [Side, string][] =
        link === null
          ? [[reported, recordId]]
          : [
              ['a', link.aId],
              ['b', link.bId],
            ];
      const isReferrer = own.some(([side, id]) => {
        const read = JSON.parse(store.digest({ side, entity: pair.entity[side], id }) ?? '{}') as JsonObject;
        return pair.rows.some(
          (row) =>
            refers(row, slug, side, link?.base?.[row.slug]?.[side], ends[side]) ||
            refers(row, slug, side, accessor(row[side]).read(read), ends[side]),
        );
      });
      if (isReferrer)
        store.markDirty({ side: reported, entity: pair.entity[reported], id: recordId }, clock.now());
    }
  }
}

function refers({ transform }: MappedRow, slug: string, side: Side, cell: Cell, id: string): boolean {
  if (transform.kind === 'reference') return transform.pair === slug && holds(cell, id);
  if (transform.kind !== 'lines' || !Array.isArray(cell)) return false;
  return cell.some(
    (item: Json) =>
      isObject(item) &&
      transform.rows.some((inner) => refers(inner, slug, side, accessor(inner[side]).read(item), id)),
  );
}
