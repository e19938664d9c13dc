import type { Exchange } from '../../drivers/ports.js';
import type { Game } from './game.js';

/** Seconds of a Retry-After. */
export const ASKED_WAIT_S = 7;

/** A refusal with Retry-After: after which call of its side, and when on the true clock. */
export type AskedToWait = { side: 'a' | 'b'; seq: number; at: number };

/**
 * I23: who is asked to wait leaves the system alone for so long. A process that was started since, or runs beside the one
 * that was asked, does not know.
 */
export function judgeBackOff(game: Game, exchanges: Exchange[]): void {
  if (game.isForgetful) return;
  for (const { side, seq, at } of game.askedToWait()) {
    const { name } = game.plan.systems[side];
    const early = exchanges.find(
      (one) =>
        one.system === name &&
        (one.side ?? side) === side &&
        one.caller === 'sync' &&
        one.seq > seq &&
        one.at - game.clocks.skewMs[side] < at + ASKED_WAIT_S * 1000,
    );
    if (early !== undefined)
      game.fail(
        'I23',
        `${name} asked for ${ASKED_WAIT_S} s of rest, and got ${early.method} ${new URL(early.url).pathname} before they were over`,
      );
  }
}
