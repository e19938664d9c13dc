import type { Side } from '../../checklist/policies.js';
import { trouble } from './disturb.js';
import { armKill, race } from './disturb-users.js';
import type { Game } from './game.js';
import { counterpart, create, page, recreate } from './play-creations.js';
import { merge, remove, restore } from './play-deletions.js';
import { clear, edit, editBoth, newKey, save, unmapped } from './play-edits.js';
import { events, forge } from './play-events.js';
import { line } from './play-lines.js';
import { poll, restart, stabilise, twoWorkers } from './rounds.js';
import { isRefused } from './refused.js';
import type { Step } from './step.js';

/** Plays one step; gives false when there was nothing that it could do. */
export async function play(game: Game, step: Step): Promise<boolean> {
  try {
    return await act(game, step);
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

async function act(game: Game, step: Step): Promise<boolean> {
  const { world } = game;
  switch (step.kind) {
    case 'create':
      return create(game, game.pair(step.pair), step.side, step.value, step.sparse);
    case 'counterpart':
      return counterpart(game, step);
    case 'recreate':
      return recreate(game, game.pair(step.pair), step.side, step.pick);
    case 'edit':
      return edit(game, step.side, game.pair(step.pair), step.pick, step.row, step.value);
    case 'edit-both':
      return editBoth(game, step);
    case 'no-op':
      return save(game, game.pair(step.pair), step.side, step.pick, () => ({}));
    case 'clear':
      return clear(game, step);
    case 'unmapped':
      return save(game, game.pair(step.pair), step.side, step.pick, (record, pair) =>
        unmapped(game, pair, record, step.value),
      );
    case 'change-key':
      return save(game, game.pair(step.pair), step.side, step.pick, (_record, pair) =>
        newKey(game, pair, step.side, step.value),
      );
    case 'line':
      return line(game, step);
    case 'merge':
      return merge(game, game.pair(step.pair), step.side, step.pick);
    case 'remove':
      return remove(game, game.pair(step.pair), step.side, step.pick);
    case 'restore':
      return restore(game, game.pair(step.pair), step.side, step.pick);
    case 'page':
      return page(game, step);
    case 'poll':
      return poll(game);
    case 'advance':
      world.clock?.advance(step.ms);
      return world.clock !== undefined;
    case 'skew':
      return skew(game, step.side, step.ms);
    case 'trouble':
      trouble(game, step);
      return true;
    case 'race':
      return race(game, step);
    case 'kill':
      return armKill(game, step);
    case 'restart':
      return restart(game);
    case 'two-workers':
      return twoWorkers(game);
    case 'stabilise':
      await stabilise(game, false);
      return true;
    case 'forge':
      return forge(game, step.side, step.how);
    default:
      return events(game, step.kind);
  }
}

/** Clocks are moved ahead only: what is stamped before the newest stamp already read can be found by no poll. */
function skew(game: Game, side: Side, ms: number): boolean {
  if (game.world.clock?.skew === undefined || game.clocks.skewMs[side] >= ms) return false;
  game.world.clock.skew(side, ms);
  game.clocks.skewMs[side] = ms;
  game.clocks.regime[side] += 1;
  return true;
}
