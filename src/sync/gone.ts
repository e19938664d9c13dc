import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import { ClientError } from './client-error.js';
import type { Remote } from './client.js';
import { isEdited } from './merge.js';
import { entityOf, other, problem, wakeWaiting, type Engine } from './pair-context.js';
import { accessor } from './paths.js';
import { pollDeletions } from './poll.js';
import { retryReferrers } from './referrers.js';
import { freeRivals, offerToOthers } from './rivals.js';
import type { Link } from './store/port.js';

/** A record that is there while its counterpart is deleted, such as one that was restored, may be linked with another (I28). */
export function offerRest(engine: Engine, pair: PairPlan, link: Link, side: Side, left: Remote): void {
  const gone = { side, entity: pair.entity[side], id: side === 'a' ? link.aId : link.bId };
  const state = side === 'a' ? 'a-gone' : 'b-gone';
  if (link.state !== state) {
    if (!engine.store.isDeleted(gone)) return;
    engine.stages.saveLink(engine.store, { ...link, state });
    wakeWaiting(engine, link);
  }
  retryReferrers(engine, link);
  offerToOthers(engine, pair, other(side), left);
}

/** A record that is gone follows the policy, but only on the evidence of a deletion (I20). */
export async function handleGone(
  engine: Engine,
  pair: PairPlan,
  link: Link,
  side: Side,
  left: Remote | null,
): Promise<void> {
  const { store, stages, clients } = engine;
  const id = side === 'a' ? link.aId : link.bId;
  const key = { side, entity: pair.entity[side], id };
  const rest = other(side);
  const then = stages.onGone();
  if (then === 'recreate') {
    store.forget(key);
    store.dropLink(pair.slug, link.aId);
    if (left !== null)
      store.markDirty({ side: rest, entity: pair.entity[rest], id: left.id }, engine.clock.now());
    return;
  }
  if (then === 'fail') throw new Error(`${id} is gone`);
  if (!store.isDeleted(key)) await pollDeletions(engine, side, pair.entity[side]);
  const evidence = store.isDeleted(key);
  const api = clients[side].apiOf(entityOf(engine, side, pair.entity[side]));
  const known = api.routes.deleted !== null || api.deletionsShow === 'listing-gap';
  if (known && !evidence)
    throw new ClientError('transient', `the record ${id} cannot be read, and no deletion is known`, null);
  freeRivals(engine, side, pair.entity[side], id);
  // Where both are gone, the other deletion is taken in too, so that a record that is restored is news.
  if (left === null) await pollDeletions(engine, rest, pair.entity[rest]);
  const follows = pair.policies.delete === 'propagate' && left !== null && link.state === 'live';
  const keeps =
    follows && pair.policies.deleteVersusEdit === 'edit-wins' && holdsEdit(engine, pair, link, rest, left);
  if (follows && !keeps) await removeOther(engine, pair, rest, left.id);
  stages.saveLink(store, { ...link, state: side === 'a' ? 'a-gone' : 'b-gone' });
  if (left !== null && (keeps || !follows)) offerToOthers(engine, pair, rest, left);
  if (!keeps) return;
  const message = `deleted as ${id} while ${left.id} was edited; the edit is kept`;
  store.setProblems(pair.slug, rest, left.id, [problem(pair, rest, left.id, null, message)]);
}

/**
 * Deletes the counterpart before the link says so: a call that fails or is cut off is made again, and one that took
 * effect finds nothing left to delete (I5, I17).
 */
async function removeOther(engine: Engine, pair: PairPlan, side: Side, id: string): Promise<void> {
  try {
    await engine.clients[side].remove(entityOf(engine, side, pair.entity[side]), id);
  } catch (error) {
    if (!(error instanceof ClientError) || error.kind !== 'missing') throw error;
  }
  // Nothing is known of it any more, so that it is news when a user restores it.
  const key = { side, entity: pair.entity[side], id };
  freeRivals(engine, side, pair.entity[side], id);
  engine.store.atomic(() => {
    engine.store.setDeleted(key, engine.clock.now());
    engine.store.forget(key);
  });
}

/** Whether a record holds anything else than what was agreed. */
function holdsEdit(engine: Engine, pair: PairPlan, link: Link, side: Side, remote: Remote): boolean {
  return pair.rows.some((row) => {
    const agreed = link.base?.[row.slug];
    const value = accessor(row[side]).read(remote.fields) ?? null;
    return agreed !== undefined && isEdited(engine.stages, value, agreed, side);
  });
}
