import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Remote } from './client.js';
import { entityOf, matchTexts, other, type Engine } from './pair-context.js';
import { catchUp } from './poll.js';
import { reconcileLink } from './reconcile-link.js';

/** What a record may be linked with, by all that was there before it. A record of b that nothing is made of waits for a. */
export async function findCandidates(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  remote: Remote,
): Promise<string[]> {
  if (pair.match.length === 0) return [];
  if (side === 'b') {
    const known = await candidatesOf(engine, pair, side, remote);
    if (known.length > 0 || pair.creation.b === null || pair.creation.b.kind === 'linked-only') return known;
  }
  await catchUp(engine, pair, side, remote);
  await releaseTaken(engine, pair, side, remote);
  return candidatesOf(engine, pair, side, remote);
}

/** Records of the other side that match, in the order of the keys. */
function matchesOf(engine: Engine, pair: PairPlan, side: Side, remote: Remote): string[][] {
  const to = other(side);
  return matchTexts(engine, pair, side, remote.fields).map((text) =>
    engine.store.findByMatchKey(to, pair.entity[to], text),
  );
}

/** Unlinked records of the other side that match and are there, in the order of the keys (I21, I28). */
export async function candidatesOf(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  remote: Remote,
): Promise<string[]> {
  for (const ids of matchesOf(engine, pair, side, remote)) {
    const found = await freeOf(engine, pair, side, ids);
    if (found.length > 0) return found.map(({ id }) => id);
  }
  return [];
}

/** Those records of the other side that are there and that a record may be linked with (I21). */
export async function freeOf(engine: Engine, pair: PairPlan, side: Side, ids: string[]): Promise<Remote[]> {
  const to = other(side);
  const entity = entityOf(engine, to, pair.entity[to]);
  const found: Remote[] = [];
  for (const id of ids) {
    const isFree =
      engine.stages.isFree(engine.store.linkOf(pair.slug, to, id), side) &&
      !engine.store.isDeleted({ side: to, entity: entity.name, id });
    const remote = isFree ? await engine.clients[to].get(entity, id) : null;
    if (remote !== null) found.push(remote);
  }
  return found;
}

/** A match that is linked with a record which is gone, though nobody told, is free again (I15, I21). */
async function releaseTaken(engine: Engine, pair: PairPlan, side: Side, remote: Remote): Promise<void> {
  const own = entityOf(engine, side, pair.entity[side]);
  for (const id of new Set(matchesOf(engine, pair, side, remote).flat())) {
    const link = engine.store.linkOf(pair.slug, other(side), id);
    if (link?.state !== 'live') continue;
    const holder = side === 'a' ? link.aId : link.bId;
    if ((await engine.clients[side].get(own, holder)) === null) await reconcileLink(engine, pair, link);
  }
}

/** The one of several candidates that the policy picks: the newest, or else the first. */
export async function choose(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  candidates: string[],
): Promise<string | null> {
  if (candidates.length < 2 || pair.policies.ambiguousMatch !== 'newest') return candidates[0] ?? null;
  const to = other(side);
  const entity = entityOf(engine, to, pair.entity[to]);
  let newest: Remote | null = null;
  for (const id of candidates) {
    const remote = await engine.clients[to].get(entity, id);
    if (remote !== null && (newest === null || remote.updatedAt > newest.updatedAt)) newest = remote;
  }
  return newest?.id ?? null;
}
