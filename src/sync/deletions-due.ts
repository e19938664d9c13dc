import type { Side } from '../checklist/policies.js';
import type { Engine } from './pair-context.js';

/**
 * Whether deletions are to be looked for in this round. Where they are followed, each time, or as often as was asked for
 * where the whole listing has to be read for it. Where the policy ignores them, four times within the latency bound: an
 * event that was lost would leave a deleted record linked for ever.
 */
export function deletionsDue(engine: Engine, side: Side, entity: string, isListing: boolean): boolean {
  const { store, clock } = engine;
  const { isFollowed, pauseMs } = paceOf(engine, side, entity, isListing);
  if (pauseMs === 0) return true;
  const last = store.fact(factOf(side, entity));
  if (last !== null) return clock.now() - last >= pauseMs;
  if (!isFollowed) store.setFact(factOf(side, entity), clock.now());
  return isFollowed;
}

/** Remembers that deletions were just looked for. */
export function noteDeletionsRead(engine: Engine, side: Side, entity: string, isListing: boolean): void {
  if (paceOf(engine, side, entity, isListing).pauseMs === 0) return;
  engine.store.setFact(factOf(side, entity), engine.clock.now());
}

const factOf = (side: Side, entity: string) => `deletions ${side} ${entity}`;

function paceOf(
  { plan, scanMs }: Engine,
  side: Side,
  entity: string,
  isListing: boolean,
): { isFollowed: boolean; pauseMs: number } {
  const policies = plan.pairs.filter((pair) => pair.entity[side] === entity).map((pair) => pair.policies);
  const isFollowed = policies.some((one) => one.delete !== 'ignore');
  if (isFollowed) return { isFollowed, pauseMs: isListing ? scanMs : 0 };
  return { isFollowed, pauseMs: Math.min(...policies.map((one) => one.latencyMs)) / 4 };
}
