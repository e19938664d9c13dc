import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { createRng, sampleValue } from '../../contract/values.js';
import { choose } from './choose.js';
import type { Game } from './game.js';
import type { Tracked } from './mirror.js';
import type { Step } from './step.js';
import { valueFor } from './values.js';

type Changes = Record<string, Json>;

export async function save(
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

export function edit(
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
export async function editBoth(game: Game, step: Extract<Step, { kind: 'edit-both' }>): Promise<boolean> {
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

export function clear(game: Game, step: Extract<Step, { kind: 'clear' }>): Promise<boolean> {
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

export function unmapped(game: Game, pair: PairPlan, record: Tracked, seed: number): Changes | null {
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

export function newKey(game: Game, pair: PairPlan, side: Side, seed: number): Changes | null {
  const [part] = pair.match[0]?.parts ?? [];
  const row = pair.rows.find((one) => one.a === part?.a);
  const field = part === undefined ? undefined : game.mirror.field(pair, side, part[side]);
  if (part === undefined || row === undefined || field === undefined || row.transform.kind !== 'identity')
    return null;
  return { [part[side]]: sampleValue(field, createRng(seed)) };
}
