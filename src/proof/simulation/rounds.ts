import type { Side } from '../../checklist/policies.js';
import type { SyncStatus } from '../../drivers/ports.js';
import { heal } from './disturb.js';
import type { Game } from './game.js';
import { judgeRest } from './judge-rest.js';

const LATE_FACTOR = 2;

/** One round of the sync; one that was killed is started again first. */
export async function poll(game: Game): Promise<boolean> {
  if (game.dead) await restart(game);
  await judgeStaleStatus(game);
  const before = refusals(game);
  await game.round(async () => game.world.sync.tick?.());
  if (refusals(game) > before) await excuseReported(game);
  judgeEvents(game);
  return true;
}

/** Calls so far that a provider refused for good, or whose answer lacked a property: to be reported. */
const refusals = (game: Game): number =>
  game.armed.reduce(
    (sum, one) => sum + (one.name === 'refusal' || one.name === 'missing-field' ? one.hits() : 0),
    0,
  );

/** A call that the provider refused for good: what the sync reports then has a reason. */
async function excuseReported(game: Game): Promise<void> {
  game.owesExcuse = game.dead;
  if (game.dead) return;
  for (const one of (await statusOf(game))?.problems ?? []) game.excused.add(`${one.side} ${one.recordId}`);
}

async function statusOf(game: Game): Promise<SyncStatus | null> {
  return game.dead ? null : ((await game.world.sync.status?.()) ?? null);
}

/** I24: a sync that has not run for long does not call itself fine. */
async function judgeStaleStatus(game: Game): Promise<void> {
  const longest = longestLatency(game);
  const since = game.lastRound === null ? 0 : game.now() - game.lastRound;
  if (since <= longest * LATE_FACTOR) return;
  const status = await statusOf(game);
  if (status?.state === 'ok') game.fail('I24', `the status is ok although nothing ran for ${since} ms`);
}

/** I25: a true event is taken in. */
function judgeEvents(game: Game): void {
  if (game.dead) return;
  for (const side of ['a', 'b'] as const) {
    const sent = game.world.events?.last(side);
    const scheme = game.plan.systems[side].api.webhooks;
    if (sent === undefined || sent === null || scheme === null) continue;
    if (isTooFar(game, side, scheme.toleranceMs) || game.clocks.regime[side] > 0) continue;
    if (sent.status >= 400 && sent.status < 500)
      game.fail('I25', `a true event of side ${side} was answered with ${sent.status}`);
  }
}

const isTooFar = (game: Game, side: Side, toleranceMs: number): boolean =>
  Math.abs(game.clocks.skewMs[side]) > toleranceMs / 2;

export async function restart(game: Game): Promise<boolean> {
  if (game.world.sync.restart === undefined) return false;
  await game.world.sync.restart();
  game.dead = false;
  game.isForgetful = true;
  if (game.owesExcuse) await excuseReported(game);
  return true;
}

export async function twoWorkers(game: Game): Promise<boolean> {
  const { together } = game.world.sync;
  if (together === undefined) return false;
  if (game.dead) await restart(game);
  game.crowded = true;
  game.isForgetful = true;
  const before = refusals(game);
  await game.world.events?.flush();
  await game.round(together);
  if (refusals(game) > before) await excuseReported(game);
  return true;
}

/** All trouble ends, the sync comes to rest, and everything is judged; `last` adds the fixpoint of every event again (I6). */
export async function stabilise(game: Game, last: boolean): Promise<void> {
  heal(game);
  game.world.events?.release();
  if (game.dead) await restart(game);
  let quiescent = true;
  await game.round(async () => {
    ({ quiescent } = await game.world.sync.settle());
    if (!quiescent || !mayBeUnseen(game)) return;
    game.world.clock?.advance(longestLatency(game));
    ({ quiescent } = await game.world.sync.settle());
  });
  if (!quiescent) game.fail('I6', 'the sync did not come to rest');
  const status = await game.world.sync.status?.();
  const problems = status?.problems ?? [];
  judgeRest(game, status ?? { state: 'ok', problems });
  // What a provider refused for good may be tried again when its event comes again.
  await judgeFixpoint(game, last, last && game.excused.size === 0);
  game.armed.length = 0;
  game.crowded = false;
  game.isForgetful = false;
}

const longestLatency = (game: Game): number =>
  Math.max(...game.plan.pairs.map((pair) => pair.policies.latencyMs), 0);

/** Whether a deletion may be known to nobody yet: where they are ignored, the sync has the latency bound to find it. */
function mayBeUnseen(game: Game): boolean {
  return game.plan.pairs.some(
    (pair) =>
      pair.policies.delete === 'ignore' &&
      (['a', 'b'] as const).some((side) =>
        game.mirror.of(pair, side).some(({ removals }) => removals.some(({ seq }) => seq > game.restSeq)),
      ),
  );
}

/** I6: at rest further rounds write nothing, not even when every event comes again. */
async function judgeFixpoint(game: Game, last: boolean, redelivers: boolean): Promise<void> {
  const before = game.syncWrites;
  await game.round(async () => {
    if (redelivers) await game.world.events?.redeliverAll();
    await game.world.sync.runAgain(last ? 2 : 1);
  });
  if (game.syncWrites > before)
    game.fail(
      'I6',
      `the sync wrote ${game.syncWrites - before} times although it was at rest, at last ${game.lastWrite}`,
    );
  game.restSeq = game.mirror.seq;
  game.restPhase = game.clocks.phase;
}
