import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import type { Disturbance } from '../../drivers/ports.js';
import type { Game } from './game.js';
import type { CallKind, Trouble } from './step.js';

/** Seconds of a Retry-After. */
const ASKED_WAIT_S = 7;

export function methodOf(game: Game, side: Side, on: CallKind): string {
  const { routes } = game.plan.systems[side].api;
  return { read: 'GET', list: 'GET', create: routes.create.method, update: routes.update.method }[on];
}

/** Makes a disturbance that ends when the history comes to rest. */
export function arm(
  game: Game,
  name: string,
  disturbance: Omit<Disturbance, 'match'>,
  match: Disturbance['match'],
  hits?: () => number,
): void {
  if (game.world.disturb === undefined) return;
  const armed = { name, active: true, hits: () => 0 };
  const disturbed = game.world.disturb({ ...disturbance, match: { ...match, when: () => armed.active } });
  armed.hits = hits ?? (() => disturbed.at.length);
  game.armed.push(armed);
}

/** Lets something go wrong with calls of the sync. */
export function trouble(
  game: Game,
  side: Side,
  what: Trouble,
  on: CallKind,
  nth: number,
  times: number,
): void {
  const isRead = on === 'read' || on === 'list';
  const calls: CallKind = what === 'empty-page' ? 'list' : what === 'refusal' && isRead ? 'update' : on;
  const match = { method: methodOf(game, side, calls), nth, times };
  let emptied = 0;
  const effect = effectOf(what, game, side, () => (emptied += 1));
  arm(game, what, { side, effect }, match, what === 'empty-page' ? () => emptied : undefined);
}

function effectOf(what: Trouble, game: Game, side: Side, onEmptied: () => void): Disturbance['effect'] {
  switch (what) {
    case 'rate-limit':
      return { kind: 'answer', status: 429, headers: { 'Retry-After': String(ASKED_WAIT_S) } };
    case 'server-error':
      return { kind: 'answer', status: 503 };
    case 'timeout':
      return { kind: 'drop' };
    case 'lost-reply':
      return { kind: 'commit-then-drop' };
    case 'false-error':
      return { kind: 'commit-then-answer', status: 500 };
    case 'refusal':
      return { kind: 'answer', status: 422 };
    case 'expired':
      return { kind: 'answer', status: 401 };
    case 'empty-page':
      return {
        kind: 'alter',
        body: (body) => emptied(body, game.plan.systems[side].api.record.many, onEmptied),
      };
  }
}

/** A listing without its records; any other answer as it is. */
function emptied(body: Json, many: string | null, onEmptied: () => void): Json {
  if (many === null) {
    if (!Array.isArray(body)) return body;
    onEmptied();
    return [];
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !Array.isArray(body[many]))
    return body;
  onEmptied();
  return { ...body, [many]: [], paging: null };
}

/** Ends all that goes wrong. */
export function heal(game: Game): void {
  for (const one of game.armed) one.active = false;
}
