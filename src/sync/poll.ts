import type { Side } from '../checklist/policies.js';
import type { Remote } from './client.js';
import { entityOf, recordKey, type Engine } from './pair-context.js';
import { freeRivals, textsOf } from './rivals.js';

/** Entities of a side that take part in some pair. */
export function entitiesOf(engine: Engine, side: Side): string[] {
  return [...new Set(engine.plan.pairs.map((pair) => pair.entity[side]))];
}

/** Remembers a record's content and match keys; false when it is as it was known. */
export function note(engine: Engine, side: Side, entity: string, remote: Remote): boolean {
  const key = { side, entity, id: remote.id };
  const digest = JSON.stringify(remote.fields);
  if (engine.store.digest(key) === digest) return false;
  const texts = textsOf(engine, side, entity, remote.fields);
  freeRivals(engine, side, entity, remote.id, texts);
  engine.store.remember(key, digest, texts);
  return true;
}

/**
 * Reads what changed since the watermark. Marks are stored before the watermark moves, and it moves to the newest
 * time seen, never to now, so that nothing between two polls is passed over (I19); it is a time of the provider's clock. `unchanged` takes the keys of
 * records that read as they did when they were last brought together.
 */
export async function pollChanges(
  engine: Engine,
  side: Side,
  entity: string,
  unchanged: Set<string> = new Set(),
): Promise<void> {
  const { store, clients, stages, clock } = engine;
  const since = stages.pollFrom(store.watermark(side, entity, 'changes'));
  const found = await clients[side].changed(entityOf(engine, side, entity), since, stages.rereadPages());
  store.atomic(() => {
    let newest = store.watermark(side, entity, 'changes');
    for (const remote of found) {
      const key = { side, entity, id: remote.id };
      if (store.isDeleted(key)) store.setDeleted(key, null);
      if (note(engine, side, entity, remote)) store.markDirty(key, clock.now());
      else if (engine.reconciled.get(recordKey(side, entity, remote.id)) === JSON.stringify(remote.fields))
        unchanged.add(recordKey(side, entity, remote.id));
      newest = Math.max(newest ?? 0, remote.stamp);
    }
    if (newest !== null) store.setWatermark(side, entity, 'changes', newest);
  });
}

/** Reads deletions, the only evidence on which a record counts as deleted (I20). */
export async function pollDeletions(engine: Engine, side: Side, entity: string): Promise<void> {
  const { store, clients, clock } = engine;
  const since = store.watermark(side, entity, 'deletions');
  const gone = await clients[side].deleted(entityOf(engine, side, entity), since);
  if (gone === null) return;
  store.atomic(() => {
    let newest = since;
    for (const { id, at } of gone) {
      const key = { side, entity, id };
      newest = Math.max(newest ?? 0, at);
      if (store.isDeleted(key)) continue;
      store.setDeleted(key, at);
      freeRivals(engine, side, entity, id);
      store.forget(key);
      store.markDirty(key, clock.now());
    }
    if (newest !== null) store.setWatermark(side, entity, 'deletions', newest);
  });
}
