import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { SyncProblem } from '../drivers/ports.js';
import type { Remote } from './client.js';
import { faultAt, problem, type Engine } from './pair-context.js';

/** The first side whose answer lacks the property, or holds there what it cannot mean; null when there is none. */
export function faultOf(
  engine: Engine,
  pair: PairPlan,
  row: MappedRow,
  read: Record<Side, Remote>,
): RowFault | null {
  for (const side of ['a', 'b'] as const) {
    const why = faultAt(engine, pair, side, row[side], read[side]);
    if (why !== null) return { side, why };
  }
  return null;
}

/** Which side's answer cannot be used for a row, and why. */
export type RowFault = { side: Side; why: string };

/** What is reported of it. */
export const faultProblem = (
  pair: PairPlan,
  { side, why }: RowFault,
  row: MappedRow,
  { id }: Remote,
): SyncProblem => problem(pair, side, id, row[side], `the property ${why}; it is left as it is`);
