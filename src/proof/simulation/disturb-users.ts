import { arm, methodOf } from './disturb.js';
import type { Game } from './game.js';
import { edit } from './play-edits.js';
import { isRefused } from './refused.js';
import type { Step } from './step.js';

/** A user edits a record just before a call of the sync is answered. */
export function race(game: Game, step: Extract<Step, { kind: 'race' }>): boolean {
  const pair = game.pair(step.pair);
  const method = methodOf(game, step.side, step.on);
  const action = async () => {
    try {
      await edit(game, step.side, pair, step.pick, step.row, step.value);
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  };
  arm(game, 'race', { side: step.side, effect: { kind: 'before', act: action } }, { method, nth: step.nth });
  return true;
}

export function armKill(game: Game, step: Extract<Step, { kind: 'kill' }>): boolean {
  const { kill } = game.world.sync;
  if (kill === undefined) return false;
  const action = async () => {
    kill();
    game.dead = true;
  };
  const method = methodOf(game, step.side, step.on);
  arm(game, 'kill', { side: step.side, effect: { kind: step.when, act: action } }, { method, nth: step.nth });
  return true;
}
