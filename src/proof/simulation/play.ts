import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { cloneJson } from '../../contract/clone-json.js';
import { createRng, sampleValue } from '../../contract/values.js';
import { expectedOnB } from '../../checks/oracle/expected.js';
import { SystemError } from '../../drivers/ports.js';
import { arm, methodOf, trouble } from './disturb.js';
import type { Game } from './game.js';
import type { Tracked } from './mirror.js';
import { poll, restart, stabilise, twoWorkers } from './rounds.js';
import type { Step } from './step.js';
import { lineFor, recordFor, valueFor } from './values.js';

/** Plays one step; gives false when there was nothing that it could do. */
export async function play(game: Game, step: Step): Promise<boolean> {
  try {
    return await act(game, step);
  } catch (error) {
    if (error instanceof SystemError) return false;
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
      trouble(game, step.side, step.what, step.on, step.nth, step.times);
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

const choose = <T>(list: T[], index: number): T | undefined => list[index % Math.max(list.length, 1)];
const far = (side: Side): Side => (side === 'a' ? 'b' : 'a');

async function create(
  game: Game,
  pair: PairPlan,
  side: Side,
  value: number,
  sparse: boolean,
): Promise<boolean> {
  for (const needed of side === 'a' ? referredPairs(game, pair) : []) {
    if (game.mirror.live(needed, 'a').length === 0) await create(game, needed, 'a', value + 1, false);
  }
  await game.absorb();
  const fields = recordFor(game.mirror, pair, side, value, sparse);
  if (fields === null) return false;
  await game.world[side].create(pair.entity[side], fields);
  return true;
}

function referredPairs(game: Game, pair: PairPlan): PairPlan[] {
  const rows = pair.rows.flatMap((row) => (row.transform.kind === 'lines' ? row.transform.rows : [row]));
  const slugs = new Set(
    rows.flatMap((row) => (row.transform.kind === 'reference' ? [row.transform.pair] : [])),
  );
  return game.plan.pairs.filter((one) => slugs.has(one.slug));
}

/** A record on one side that is like one on the other, but for a few properties. */
async function counterpart(game: Game, step: Extract<Step, { kind: 'counterpart' }>): Promise<boolean> {
  const pair = game.pair(step.pair);
  const from = far(step.side);
  const model = choose(game.mirror.live(pair, from), step.pick);
  if (model?.fields === undefined || model.fields === null) return false;
  const fields = recordFor(game.mirror, pair, step.side, step.value, false);
  if (fields === null) return false;
  const rng = createRng(step.value);
  const keys = new Set(pair.match.flatMap((key) => key.parts.map((part) => part[step.side])));
  const apart = new Set(Array.from({ length: step.differs }, () => Math.floor(rng() * pair.rows.length)));
  for (const [index, row] of pair.rows.entries()) {
    if (
      (apart.has(index) && !keys.has(row[step.side])) ||
      row.transform.kind === 'reference' ||
      row.transform.kind === 'lines'
    )
      continue;
    const own = getPath(model.fields, row[from]);
    const value =
      step.side === 'b'
        ? expectedOnB(row.transform, own, game.mirror.refer)
        : row.transform.kind === 'identity'
          ? own
          : undefined;
    if (value === undefined) continue;
    const isText = typeof value === 'string' && keys.has(row[step.side]);
    const folds = pair.match.some((key) =>
      key.parts.some((part) => part[step.side] === row[step.side] && part.normalise === 'case-insensitive'),
    );
    setInPlace(fields, row[step.side], isText && folds && rng() < 0.5 ? value.toUpperCase() : value);
  }
  if (step.differs > 1)
    for (const row of pair.rows)
      if (
        !keys.has(row[step.side]) &&
        row.transform.kind === 'identity' &&
        rng() < 0.2 &&
        game.mirror.field(pair, step.side, row[step.side])?.required !== true
      )
        setInPlace(fields, row[step.side], null);
  await game.world[step.side].create(pair.entity[step.side], fields);
  return true;
}

/** A user creates again what was deleted. */
async function recreate(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const gone = choose(
    game.mirror.of(pair, side).filter((one) => one.fields === null),
    pick,
  );
  const last = gone?.versions.findLast((one) => one.fields !== null)?.fields;
  if (last === undefined || last === null) return false;
  await game.world[side].create(pair.entity[side], cloneJson(last));
  return true;
}

type Changes = Record<string, Json>;

async function save(
  game: Game,
  pair: PairPlan,
  side: Side,
  pick: number,
  change: (record: Tracked, pair: PairPlan) => Changes | null,
): Promise<boolean> {
  const record = choose(game.mirror.live(pair, side), pick);
  const changes = record === undefined ? null : change(record, pair);
  if (record === undefined || changes === null) return false;
  await game.world[side].update(pair.entity[side], record.id, changes);
  return true;
}

function rowChange(
  game: Game,
  pair: PairPlan,
  record: Tracked,
  rowIndex: number,
  seed: number,
): Changes | null {
  const keys = new Set(pair.match.flatMap((key) => key.parts.map((part) => part[record.side])));
  const row = choose(
    pair.rows.filter((one) => !keys.has(one[record.side])),
    rowIndex,
  );
  if (row === undefined || record.fields === null) return null;
  const value = valueFor(game.mirror, pair, row, record.side, seed);
  if (value === null) return null;
  return JSON.stringify(value) === JSON.stringify(getPath(record.fields, row[record.side]))
    ? null
    : { [row[record.side]]: value };
}

function edit(
  game: Game,
  side: Side,
  pair: PairPlan,
  pick: number,
  rowIndex: number,
  seed: number,
): Promise<boolean> {
  return save(game, pair, side, pick, (record) => rowChange(game, pair, record, rowIndex, seed));
}

/** Both ends of a link are edited in the same property, with or without a tick between. */
async function editBoth(game: Game, step: Extract<Step, { kind: 'edit-both' }>): Promise<boolean> {
  const pair = game.pair(step.pair);
  const linked = game.mirror
    .live(pair, step.first)
    .filter((one) => game.mirror.counterparts(pair, one).some((two) => two.fields !== null));
  const record = choose(linked, step.pick);
  const other =
    record === undefined
      ? undefined
      : game.mirror.counterparts(pair, record).findLast((one) => one.fields !== null);
  if (record === undefined || other === undefined) return false;
  const first = rowChange(game, pair, record, step.row, step.value);
  const second = rowChange(game, pair, other, step.row, step.value + 1);
  if (first === null || second === null) return false;
  await game.world[record.side].update(record.entity, record.id, first);
  game.world.clock?.advance(step.gap);
  await game.world[other.side].update(other.entity, other.id, second);
  return true;
}

function clear(game: Game, step: Extract<Step, { kind: 'clear' }>): Promise<boolean> {
  return save(game, game.pair(step.pair), step.side, step.pick, (record, pair) => {
    const { fields } = record;
    const rows = pair.rows.filter((row) => {
      const field = game.mirror.field(pair, step.side, row[step.side]);
      const isPlain =
        row.transform.kind !== 'reference' &&
        row.transform.kind !== 'lines' &&
        row.transform.kind !== 'placeholder';
      const isKey = pair.match.some((key) => key.parts.some((part) => part[step.side] === row[step.side]));
      return (
        isPlain &&
        !isKey &&
        field?.required !== true &&
        fields !== null &&
        getPath(fields, row[step.side]) !== null
      );
    });
    const row = choose(rows, step.row);
    return row === undefined ? null : { [row[step.side]]: null };
  });
}

function unmapped(game: Game, pair: PairPlan, record: Tracked, seed: number): Changes | null {
  const tops = new Set(pair.rows.map((row) => row[record.side].split(/[.[]/)[0]));
  const field = game.mirror
    .entity(record.side, record.entity)
    .fields.find(
      (one) =>
        !tops.has(one.path.split(/[.[]/)[0]) &&
        one.required !== true &&
        one.readOnly !== true &&
        one.type.kind === 'string',
    );
  return field === undefined ? null : { [field.path]: sampleValue(field, createRng(seed)) };
}

function newKey(game: Game, pair: PairPlan, side: Side, seed: number): Changes | null {
  const [part] = pair.match[0]?.parts ?? [];
  const row = pair.rows.find((one) => one.a === part?.a);
  const field = part === undefined ? undefined : game.mirror.field(pair, side, part[side]);
  if (part === undefined || row === undefined || field === undefined || row.transform.kind !== 'identity')
    return null;
  return { [part[side]]: sampleValue(field, createRng(seed)) };
}

async function line(game: Game, step: Extract<Step, { kind: 'line' }>): Promise<boolean> {
  const pair = game.plan.pairs.find((one) => one.rows.some((row) => row.transform.kind === 'lines'));
  const row = pair?.rows.find((one) => one.transform.kind === 'lines');
  if (pair === undefined || row === undefined) return false;
  return save(game, pair, step.side, step.pick, (record) => {
    const held = getPath(record.fields ?? {}, row[step.side]);
    const lines = Array.isArray(held) ? (cloneJson(held) as JsonObject[]) : [];
    const rng = createRng(step.value);
    const at = Math.floor(rng() * lines.length);
    const fresh = lineFor(game.mirror, pair, row, step.side, rng);
    if (row.transform.kind !== 'lines') return null;
    const count = row.transform.rows.find((one) => one.transform.kind === 'identity');
    if (step.how === 'add' && fresh !== null) lines.push(fresh);
    else if (step.how === 'replace' && fresh !== null && lines.length > 0) lines[at] = fresh;
    else if (step.how === 'remove' && lines.length > 1) lines.splice(at, 1);
    else if (step.how === 'reorder' && lines.length > 1) lines.reverse();
    else if (step.how === 'quantity' && count !== undefined && lines[at] !== undefined)
      setInPlace(lines[at], count[step.side], 1 + (step.value % 97));
    else return null;
    return { [row[step.side]]: lines };
  });
}

async function remove(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const record = choose(game.mirror.live(pair, side), pick);
  if (record === undefined || game.plan.systems[side].api.routes.remove === null) return false;
  await game.world[side].remove(record.entity, record.id);
  return true;
}

async function restore(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const gone = choose(
    game.mirror.of(pair, side).filter((one) => one.fields === null),
    pick,
  );
  if (gone === undefined || game.plan.systems[side].api.routes.restore === undefined) return false;
  await game.world[side].restore(gone.entity, gone.id);
  return true;
}

/** As many records at one instant as a page of a listing holds, one less or one more. */
async function page(game: Game, step: Extract<Step, { kind: 'page' }>): Promise<boolean> {
  const pair = game.pair(step.pair);
  const { paging } = game.plan.systems[step.side].api;
  if (paging.kind === 'none' || game.played.has('page')) return false;
  const count = paging.size + step.over - game.mirror.live(pair, step.side).length;
  for (let made = 0; made < count; made++)
    await create(game, pair, step.side, step.value + made * 7919, true);
  return count > 0;
}

/** Clocks are moved ahead only: what is stamped before the newest stamp already read can be found by no poll. */
function skew(game: Game, side: Side, ms: number): boolean {
  if (game.world.clock?.skew === undefined || game.clocks.skewMs[side] >= ms) return false;
  game.world.clock.skew(side, ms);
  game.clocks.skewMs[side] = ms;
  game.clocks.regime[side] += 1;
  return true;
}

/** A user edits a record just before a call of the sync is answered. */
function race(game: Game, step: Extract<Step, { kind: 'race' }>): boolean {
  const pair = game.pair(step.pair);
  const method = methodOf(game, step.side, step.on);
  const action = async () => {
    try {
      await edit(game, step.side, pair, step.pick, step.row, step.value);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
    }
  };
  arm(game, 'race', { side: step.side, effect: { kind: 'before', act: action } }, { method, nth: step.nth });
  return true;
}

function armKill(game: Game, step: Extract<Step, { kind: 'kill' }>): boolean {
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

async function events(
  game: Game,
  kind: 'deliver' | 'drop' | 'duplicate' | 'delay' | 'release' | 'reorder' | 'redeliver',
): Promise<boolean> {
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
async function forge(game: Game, side: Side, how: 'unsigned' | 'stale'): Promise<boolean> {
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
