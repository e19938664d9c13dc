import type { SyncPlan } from '../checklist/plan.js';
import type { SystemContract } from '../contract/api-description.js';

/** What is worked out once for a system is kept with it, so that the same size gives the same object again. */
const resized = new WeakMap<SystemContract, Map<number, SystemContract>>();

function withSize(system: SystemContract, size: number): SystemContract {
  const { paging } = system.api;
  if (paging.kind === 'none') return system;
  const known = resized.get(system) ?? new Map<number, SystemContract>();
  resized.set(system, known);
  const found = known.get(size) ?? { ...system, api: { ...system.api, paging: { ...paging, size } } };
  known.set(size, found);
  return found;
}

/** The plan as its clients ask for pages of so many records; null leaves it as it is. */
export function withPageSize(plan: SyncPlan, size: number | null): SyncPlan {
  if (size === null) return plan;
  return { ...plan, systems: { a: withSize(plan.systems.a, size), b: withSize(plan.systems.b, size) } };
}
