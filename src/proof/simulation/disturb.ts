import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import type { Disturbance } from '../../drivers/ports.js';
import type { Armed, Game } from './game.js';
import { ASKED_WAIT_S } from './judge-back-off.js';
import type { CallKind, Step, Trouble } from './step.js';

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
  const { side } = disturbance;
  const armed: Armed = { name, side, active: true, hits: () => 0, met: () => [] };
  /** Last call before each hit. */
  const seqs: number[] = [];
  const isTimed =
    name === 'rate-limit' || (name !== 'race' && match.method === methodOf(game, side, 'update'));
  const when = () => {
    if (isTimed) seqs[disturbed.at.length] = game.lastSeq();
    return armed.active;
  };
  const disturbed = game.world.disturb({ ...disturbance, match: { ...match, when } });
  armed.hits = hits ?? (() => disturbed.at.length);
  armed.met = () => disturbed.at.map((at, index) => ({ side, seq: seqs[index] ?? Infinity, at }));
  game.armed.push(armed);
}

const LISTINGS: Trouble[] = ['empty-page', 'broken-page'];
const WRITES: Trouble[] = ['refusal', 'partial'];
/** Writes of one batch, of which `partial` refuses the second and every other one after it. */
const BATCH = 4;

/** Lets something go wrong with calls of the sync. */
export function trouble(game: Game, step: Extract<Step, { kind: 'trouble' }>): void {
  const { side, what, on, nth, times } = step;
  const isRead = on === 'read' || on === 'list';
  const calls: CallKind = LISTINGS.includes(what)
    ? 'list'
    : WRITES.includes(what) && isRead
      ? 'update'
      : what === 'missing-field'
        ? 'read'
        : on;
  const method = methodOf(game, side, calls);
  const altered = { times: 0 };
  const effect = effectOf(what, game, side, () => (altered.times += 1));
  const hits = effect.kind === 'alter' ? () => altered.times : undefined;
  if (what === 'partial')
    for (let at = 2; at <= BATCH; at += 2) arm(game, what, { side, effect }, { method, nth: at, times: 1 });
  else arm(game, what, { side, effect }, { method, nth, times }, hits);
}

function effectOf(what: Trouble, game: Game, side: Side, onAltered: () => void): Disturbance['effect'] {
  switch (what) {
    case 'rate-limit':
      return { kind: 'answer', status: 429, headers: { 'Retry-After': String(ASKED_WAIT_S) } };
    case 'partial':
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
        body: (body) => emptied(body, game.plan.systems[side].api.record.many, onAltered),
      };
    case 'broken-page':
      return {
        kind: 'alter',
        body: (body) => broken(body, game.plan.systems[side].api.record.many, onAltered),
      };
    case 'missing-field':
      return { kind: 'alter', body: (body) => lacking(game, side, body, onAltered) };
  }
}

/** A listing without its records; any other answer as it is. */
function emptied(body: Json, many: string | null, onEmptied: () => void): Json {
  if (many === null) {
    if (!Array.isArray(body) || body.some((one) => isObject(one) && 'changed' in one)) return body;
    onEmptied();
    return [];
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !Array.isArray(body[many]))
    return body;
  onEmptied();
  return { ...body, [many]: [], paging: null };
}

/** A listing without the array that holds its records, as a proxy answers that has cut it off. */
function broken(body: Json, many: string | null, onBroken: () => void): Json {
  if (many === null ? !Array.isArray(body) : !isObject(body) || !Array.isArray(body[many])) return body;
  onBroken();
  return {};
}

/** One record without a property that a row names, where its provider renders all of them. */
function lacking(game: Game, side: Side, body: Json, onLacking: () => void): Json {
  const { record } = game.plan.systems[side].api;
  if (record.absent !== 'missing' || !isObject(body)) return body;
  const [row] = game.plan.pairs.flatMap((pair) =>
    pair.rows.filter(
      (one) => !/[.[]/.test(one[side]) && game.mirror.field(pair, side, one[side])?.required !== true,
    ),
  );
  const within = record.fields === null ? body : body[record.fields];
  if (row === undefined || !isObject(within) || !(row[side] in within)) return body;
  onLacking();
  game.lacked.add(`${side} ${row[side]}`);
  const { [row[side]]: _gone, ...rest } = within;
  return record.fields === null ? rest : { ...body, [record.fields]: rest };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ends all that goes wrong. */
export function heal(game: Game): void {
  for (const one of game.armed) one.active = false;
}
