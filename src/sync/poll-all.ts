import type { Side } from '../checklist/policies.js';
import { ClientError } from './client-error.js';
import { MalformedAnswer } from './malformed-answer.js';
import { deletionsDue, noteDeletionsRead } from './deletions-due.js';
import { entityOf, problem, type Engine } from './pair-context.js';
import { entitiesOf, pollChanges, pollDeletions } from './poll.js';

const SIDES: Side[] = ['a', 'b'];

/** Stands for a whole listing in the place of a record's id. */
export const LISTING = '*';

/**
 * Reads every feed; false when one could not be read. It is passed over this time and its watermark stays where it
 * is; answers that are not what the contract says are reported.
 */
export async function pollAll(
  engine: Engine,
  unchanged: Set<string>,
  keepLease: () => boolean,
): Promise<boolean> {
  let reachable = true;
  for (const side of SIDES) {
    for (const entity of entitiesOf(engine, side)) {
      if (!keepLease()) return false;
      const fault = await pollEntity(engine, side, entity, unchanged);
      if (fault !== null) reachable = false;
      reportListing(engine, side, entity, fault instanceof MalformedAnswer ? fault : null);
    }
  }
  return reachable;
}

async function pollEntity(
  engine: Engine,
  side: Side,
  entity: string,
  unchanged: Set<string>,
): Promise<ClientError | null> {
  const api = engine.clients[side].apiOf(entityOf(engine, side, entity));
  const isListing = api.deletionsShow === 'listing-gap';
  const isDue = deletionsDue(engine, side, entity, isListing);
  try {
    const polled = await pollChanges(engine, side, entity, unchanged, isDue && isListing);
    if (isDue && !isListing) await pollDeletions(engine, side, entity);
    if (polled.unusable === 0) {
      if (isDue) noteDeletionsRead(engine, side, entity, isListing);
      return null;
    }
    const message = `${polled.unusable} items of the list of ${entity} are no record`;
    return new MalformedAnswer(message, engine.plan.systems[side].api.record.id);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error;
  }
}

function reportListing(engine: Engine, side: Side, entity: string, fault: MalformedAnswer | null): void {
  const { store } = engine;
  for (const pair of engine.plan.pairs) {
    if (pair.entity[side] !== entity) continue;
    const known = store
      .problems()
      .find((one) => one.pair === pair.slug && one.side === side && one.recordId === LISTING);
    if (known?.message === fault?.message) continue;
    const problems = fault === null ? [] : [problem(pair, side, LISTING, fault.field, fault.message)];
    store.setProblems(pair.slug, side, LISTING, problems);
  }
}
