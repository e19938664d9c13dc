import type { Target, World } from '../../src/drivers/ports.js';

/** Targets that can do less than the in-process one, or whose systems are shared. */
export const LESSER_WORLDS: Record<string, (target: Target) => Target> = {
  'nothing but the two systems': changed((world) => {
    const { settle, runAgain } = world.sync;
    for (const key of ['clock', 'events', 'disturb', 'logs', 'secrets', 'journalAfter'] as const)
      delete world[key];
    world.sync = { settle, runAgain };
  }),
  'no view of the calls': changed((world) => {
    world.capabilities = new Set([...world.capabilities].filter((one) => one !== 'journal'));
    world.journal = () => [];
    delete world.journalAfter;
  }),
  'shared systems': changed((world) => {
    world.tag = 'q7';
  }),
};

function changed(change: (world: World) => void) {
  return (target: Target): Target => ({
    ...target,
    open: async (pairs, seed, settings) => {
      const world = await target.open(pairs, seed, settings);
      change(world);
      return world;
    },
  });
}
