import type { SyncPlan } from '../checklist/plan.js';
import { ContractObserver } from '../contract/observe.js';
import type { Target } from '../drivers/ports.js';

/** A target whose traffic is held against the contracts; each world is looked at when it closes. */
export function observed(
  target: Target,
  { systems }: SyncPlan,
): { target: Target; observer: ContractObserver } {
  const observer = new ContractObserver([systems.a, systems.b]);
  const watching: Target = {
    ...target,
    open: async (pairs, seed, settings) => {
      const world = await target.open(pairs, seed, settings);
      const { close } = world;
      world.close = async () => {
        for (const exchange of world.journal()) observer.see(exchange);
        await close();
      };
      return world;
    },
  };
  return { target: watching, observer };
}
