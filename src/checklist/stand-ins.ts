import { standInContract } from '../contract/stand-in.js';
import type { SyncPlan } from './plan.js';

/** A plan between stand-ins, and the names of the systems whose own API no stand-in speaks. */
export function standInPlan(plan: SyncPlan): { plan: SyncPlan; replaced: string[] } {
  const { a, b } = plan.systems;
  const systems = { a: standInContract(a, 'a'), b: standInContract(b, 'b') };
  const replaced = (['a', 'b'] as const).filter((side) => systems[side] !== plan.systems[side]);
  return {
    plan: replaced.length === 0 ? plan : { ...plan, systems },
    replaced: replaced.map((side) => plan.systems[side].name),
  };
}
