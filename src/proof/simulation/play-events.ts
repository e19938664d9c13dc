import type { Side } from '../../checklist/policies.js';
import type { Game } from './game.js';
import type { EventStep } from './step.js';

/** What becomes of the events that wait to be delivered. */
export async function events(game: Game, kind: EventStep): Promise<boolean> {
  const bus = game.world.events;
  if (bus === undefined) return false;
  const pending = bus.pending();
  switch (kind) {
    case 'deliver':
      return (await bus.flush()) > 0;
    case 'drop':
      bus.drop();
      return pending > 0;
    case 'duplicate':
      bus.duplicate();
      return pending > 0;
    case 'reorder':
      bus.reverse();
      return pending > 1;
    case 'delay':
      bus.hold();
      return true;
    case 'release':
      bus.release();
      return pending > 0;
    case 'redeliver':
      if (!game.dead) await bus.redeliverAll();
      return !game.dead;
  }
}

/** An event without a valid signature, or a true one sent again when it is stale: it must be refused (I25). */
export async function forge(game: Game, side: Side, how: 'unsigned' | 'stale'): Promise<boolean> {
  const { events: bus, clock } = game.world;
  const scheme = game.plan.systems[side].api.webhooks;
  const sent = bus?.last(side);
  if (bus === undefined || sent === undefined || sent === null || scheme === null || game.dead) return false;
  const isFar = Math.abs(game.clocks.skewMs[side]) > scheme.toleranceMs / 2;
  if (isFar) return false;
  if (how === 'stale') clock?.advance(2 * scheme.toleranceMs + 1000);
  const headers =
    how === 'stale'
      ? sent.headers
      : { ...sent.headers, [scheme.signatureHeader]: 'forged', [scheme.deliveryHeader]: 'forged' };
  const status = await bus.send(side, sent.body, headers);
  if (status < 400)
    game.fail(
      'I25',
      `an event of side ${side} that is ${how === 'stale' ? 'stale and sent again' : 'not validly signed'} was answered with ${status}`,
    );
  return true;
}
