import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Remote } from './client.js';
import { MalformedAnswer } from './malformed-answer.js';
import { digestOf } from './digest.js';
import { noteGaps } from './gaps.js';
import { lostSince } from './missing.js';
import { entityOf, other, recordKey, type Engine } from './pair-context.js';
import { freeRivals, textsOf } from './rivals.js';

/** Entities of a side that take part in some pair. */
export function entitiesOf(engine: Engine, side: Side): string[] {
  return [...new Set(engine.plan.pairs.map((pair) => pair.entity[side]))];
}

/** Remembers a record's content and match keys; false when it is as it was known. */
export function note(
  engine: Engine,
  side: Side,
  entity: string,
  remote: Remote,
  digest = digestOf(remote.fields),
): boolean {
  const key = { side, entity, id: remote.id };
  if (engine.store.digest(key) === digest) return false;
  const texts = textsOf(engine, side, entity, remote.fields);
  freeRivals(engine, side, entity, remote.id, texts);
  engine.store.remember(key, digest, texts);
  return true;
}

/**
 * Takes in what was read of a record while it is worked on: an edit that brings back what was last listed would not show
 * otherwise (I5). Where other pairs look at its entity too, it is news for them.
 */
export function noteRead(engine: Engine, pair: PairPlan, side: Side, remote: Remote): void {
  const entity = pair.entity[side];
  // What an answer lacks is still known of the record, so that writing it back empties nothing (I8).
  if (lostSince(engine, side, entity, remote) !== null) return;
  if (!note(engine, side, entity, remote)) return;
  const isShared = engine.plan.pairs.some((one) => one !== pair && one.entity[side] === entity);
  if (isShared) engine.store.markDirty({ side, entity, id: remote.id }, engine.clock.now());
}

/** How many items of a listing were no record, and whether all of them were. */
export type Polled = { unusable: number; isBlind: boolean };

/**
 * Reads what changed since the watermark. Marks are stored before the watermark moves, and it moves to the newest
 * time seen, never to now, so that nothing between two polls is passed over (I19); it is a time of the provider's clock.
 * `unchanged` takes the keys of records that read as they did when they were last brought together. `whole` reads all
 * there is, whatever changed.
 */
export async function pollChanges(
  engine: Engine,
  side: Side,
  entity: string,
  unchanged: Set<string> = new Set(),
  whole = false,
): Promise<Polled> {
  const { store, clients, stages, clock } = engine;
  const turn = (engine.turn += 1);
  const since = whole ? null : stages.pollFrom(store.watermark(side, entity, 'changes'));
  const contract = entityOf(engine, side, entity);
  const { found, unusable } = await clients[side].changed(contract, since, stages.rereadPages());
  store.atomic(() => {
    let newest = store.watermark(side, entity, 'changes');
    for (const remote of found) {
      const key = { side, entity, id: remote.id };
      if (store.isDeleted(key)) store.setDeleted(key, null);
      const digest = digestOf(remote.fields);
      if (note(engine, side, entity, remote, digest)) store.markDirty(key, clock.now());
      else if (engine.reconciled.get(recordKey(side, entity, remote.id)) === digest)
        unchanged.add(recordKey(side, entity, remote.id));
      newest = Math.max(newest ?? 0, Math.min(remote.stamp, clients[side].now()));
    }
    // What could not be read is asked for again, so the watermark stays before it.
    if (newest !== null && unusable === 0) store.setWatermark(side, entity, 'changes', newest);
  });
  const isBlind = unusable > 0 && found.length === 0;
  if (!isBlind) engine.polled.set(placeOf(side, entity), turn);
  const showsGaps = clients[side].apiOf(contract).deletionsShow === 'listing-gap';
  const isWhole = showsGaps && clients[side].readsWhole(contract, since);
  // A record that could not be read is not gone.
  if (isWhole && unusable === 0) await noteGaps(engine, side, entity, found);
  return { unusable, isBlind };
}

const placeOf = (side: Side, entity: string) => `${side} ${entity}`;

/**
 * Reads the changes of the other side once more, unless they were read after this record was: whom it matches is
 * decided on all that was there before it. A record that an event told of may be newer than the last poll, and a poll
 * may have failed. Errors: `ClientError`.
 */
export async function catchUp(engine: Engine, pair: PairPlan, side: Side, remote: Remote): Promise<void> {
  const [own, opposite] = [pair.entity[side], pair.entity[other(side)]];
  const isKnown = engine.store.digest({ side, entity: own, id: remote.id }) === digestOf(remote.fields);
  const turnOf = (at: Side, entity: string) => engine.polled.get(placeOf(at, entity)) ?? 0;
  const isLater = turnOf(other(side), opposite) > turnOf(side, own);
  if (isKnown && isLater) return;
  const { isBlind } = await pollChanges(engine, other(side), opposite);
  if (isBlind) throw new MalformedAnswer(`nothing in the list of ${opposite} is a record`, null);
}

/** Reads deletions, the only evidence on which a record counts as deleted (I20). */
export async function pollDeletions(engine: Engine, side: Side, entity: string): Promise<void> {
  const { store, clients, clock } = engine;
  const since = store.watermark(side, entity, 'deletions');
  const contract = entityOf(engine, side, entity);
  const gone = await clients[side].deleted(contract, since);
  if (gone === null) {
    if (clients[side].apiOf(contract).deletionsShow !== 'listing-gap') return;
    return noteGaps(engine, side, entity, await clients[side].all(contract));
  }
  store.atomic(() => {
    let newest = since;
    for (const { id, at } of gone) {
      const key = { side, entity, id };
      newest = Math.max(newest ?? 0, Math.min(at, clients[side].now()));
      if (store.isDeleted(key)) continue;
      store.setDeleted(key, at);
      freeRivals(engine, side, entity, id);
      store.forget(key);
      store.markDirty(key, clock.now());
    }
    if (newest !== null) store.setWatermark(side, entity, 'deletions', newest);
  });
}
