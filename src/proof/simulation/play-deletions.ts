import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { cloneJson } from '../../contract/clone-json.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { isBlank } from './agreement.js';
import { choose } from './choose.js';
import type { Game } from './game.js';
import type { Tracked } from './mirror.js';
import { idOf } from './values.js';

export async function remove(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const record = choose(game.mirror.live(pair, side), pick);
  if (record === undefined || game.plan.systems[side].api.routes.remove === null) return false;
  await game.world[side].remove(record.entity, record.id);
  return true;
}

export async function restore(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const gone = choose(
    game.mirror.of(pair, side).filter((one) => one.fields === null),
    pick,
  );
  if (gone === undefined || game.plan.systems[side].api.routes.restore === undefined) return false;
  await game.world[side].restore(gone.entity, gone.id);
  return true;
}

/**
 * A user merges two records of one side, as systems offer it: the survivor takes what it lacks from the other one, what
 * referred to the other one refers to the survivor, and the other one is deleted.
 */
export async function merge(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const live = game.mirror.live(pair, side);
  const [survivor, loser] = [choose(live, pick), choose(live, pick + 1)];
  const system = game.world[side];
  if (survivor === undefined || loser === undefined || survivor === loser) return false;
  if (game.plan.systems[side].api.routes.remove === null) return false;
  const taken = lacking(pair, survivor, loser);
  if (Object.keys(taken).length > 0) await system.update(survivor.entity, survivor.id, taken);
  await game.absorb();
  for (const one of game.plan.pairs)
    for (const record of game.mirror.live(one, side)) {
      const changes = redirected(game, one.rows, pair.slug, record, loser, survivor);
      if (Object.keys(changes).length > 0) await system.update(record.entity, record.id, changes);
    }
  await system.remove(loser.entity, loser.id);
  return true;
}

/** What the survivor lacks and the loser has; match keys stay, since the loser still holds them. */
function lacking(pair: PairPlan, survivor: Tracked, loser: Tracked): Record<string, Json> {
  const { side } = survivor;
  const keys = new Set(pair.match.flatMap((key) => key.parts.map((part) => part[side])));
  const paths = pair.rows.map((row) => row[side]).filter((path) => !keys.has(path) && !path.includes('['));
  return Object.fromEntries(
    paths.flatMap((path) => {
      const [own, other] = [getPath(survivor.fields ?? {}, path), getPath(loser.fields ?? {}, path)];
      return isBlank(own) && !isBlank(other) ? [[path, other]] : [];
    }),
  );
}

/** The properties of a record that refer to the loser, referring to the survivor. */
function redirected(
  game: Game,
  rows: MappedRow[],
  slug: string,
  record: Tracked,
  loser: Tracked,
  survivor: Tracked,
): Record<string, Json> {
  const { side } = record;
  const changes: Record<string, Json> = {};
  for (const row of rows) {
    const held = getPath(record.fields ?? {}, row[side]);
    if (row.transform.kind === 'reference' && row.transform.pair === slug && String(held) === loser.id)
      changes[row[side]] = idOf(game.mirror, survivor);
    if (row.transform.kind !== 'lines' || !Array.isArray(held)) continue;
    const lines = cloneJson(held) as JsonObject[];
    const inner = row.transform.rows.filter(
      (one) => one.transform.kind === 'reference' && one.transform.pair === slug,
    );
    const stale = lines.flatMap((line) =>
      inner.filter((one) => String(getPath(line, one[side])) === loser.id).map((one) => ({ line, one })),
    );
    for (const { line, one } of stale) setInPlace(line, one[side], idOf(game.mirror, survivor));
    if (stale.length > 0) changes[row[side]] = lines;
  }
  return changes;
}
