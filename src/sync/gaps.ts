import type { Side } from '../checklist/policies.js';
import type { Remote } from './client.js';
import { entityOf, type Engine } from './pair-context.js';
import { freeRivals } from './rivals.js';

const MOST_GAPS = 100;

/**
 * Where a deletion shows by nothing but a gap in the listing, a linked record counts as deleted when the whole listing
 * lacks it and it cannot be read either: a listing that came short is no evidence (I20).
 */
export async function noteGaps(engine: Engine, side: Side, entity: string, listed: Remote[]): Promise<void> {
  const { store, clients, clock } = engine;
  const there = new Set(listed.map((remote) => remote.id));
  const pairs = new Set(
    engine.plan.pairs.filter((pair) => pair.entity[side] === entity).map((pair) => pair.slug),
  );
  const missing = store
    .links()
    .filter((link) => link.state === 'live' && pairs.has(link.pair))
    .map((link) => (side === 'a' ? link.aId : link.bId))
    .filter((id) => !there.has(id) && !store.isDeleted({ side, entity, id }));
  for (const id of [...new Set(missing)].slice(0, MOST_GAPS)) {
    if ((await clients[side].get(entityOf(engine, side, entity), id)) !== null) continue;
    const key = { side, entity, id };
    store.atomic(() => {
      store.setDeleted(key, clock.now());
      freeRivals(engine, side, entity, id);
      store.forget(key);
      store.markDirty(key, clock.now());
    });
  }
}
