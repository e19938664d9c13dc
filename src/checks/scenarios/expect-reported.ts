import type { CheckContext } from '../context.js';
import { CheckFailure } from '../failure.js';

/** Fails unless the sync reports a problem with one of these records (I5, I22). */
export async function expectReported(context: CheckContext, ids: string[], what: string): Promise<void> {
  const status = await context.world.sync.status?.();
  if (status === undefined || status.problems.some((problem) => ids.includes(problem.recordId))) return;
  throw new CheckFailure(`${what} is not reported by the id of the record`);
}
