import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { matchTexts, other, type Engine } from './pair-context.js';
import type { Link } from './store/port.js';

/** The match keys of a record, of every pair that its entity takes part in. */
export function textsOf(engine: Engine, side: Side, entity: string, fields: JsonObject): string[] {
  return engine.plan.pairs
    .filter((pair) => pair.entity[side] === entity)
    .flatMap((pair) => matchTexts(engine, pair, side, fields));
}

/**
 * A record that no longer bears a match key may have been one too many for those of the other side that match it, or have
 * kept a provider from taking the same key for another one: they are looked at again (I23, I28). `kept` are the keys that
 * it still has.
 */
export function freeRivals(
  engine: Engine,
  side: Side,
  entity: string,
  id: string,
  kept: string[] = [],
): void {
  const { store, plan, clock } = engine;
  const known = JSON.parse(store.digest({ side, entity, id }) ?? '{}') as JsonObject;
  const lost = textsOf(engine, side, entity, known).filter((text) => !kept.includes(text));
  const to = other(side);
  for (const pair of plan.pairs) {
    if (pair.entity[side] !== entity) continue;
    for (const rival of lost.flatMap((text) => store.findByMatchKey(to, pair.entity[to], text))) {
      const link = store.linkOf(pair.slug, to, rival);
      if (link === null || isReported(engine, link))
        store.markDirty({ side: to, entity: pair.entity[to], id: rival }, clock.now());
    }
  }
}

/** Whether a problem is reported on either record of a link. */
export const isReported = ({ store }: Engine, link: Link): boolean =>
  store
    .problems()
    .some((one) => one.pair === link.pair && one.recordId === (one.side === 'a' ? link.aId : link.bId));

/** A record whose counterpart is gone may be linked with another one that matches it: those are looked at again (I28). */
export function offerToOthers(engine: Engine, pair: PairPlan, side: Side, left: Remote): void {
  const { store, clock } = engine;
  const to = other(side);
  const entity = pair.entity[to];
  for (const text of matchTexts(engine, pair, side, left.fields))
    for (const id of store.findByMatchKey(to, entity, text))
      if (store.linkOf(pair.slug, to, id) === null) store.markDirty({ side: to, entity, id }, clock.now());
}
