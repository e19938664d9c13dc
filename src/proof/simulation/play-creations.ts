import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { expectedOnB } from '../../checks/oracle/expected.js';
import { cloneJson } from '../../contract/clone-json.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { createRng } from '../../contract/values.js';
import { choose, far } from './choose.js';
import type { Game } from './game.js';
import type { Step } from './step.js';
import { recordFor } from './values.js';

export async function create(
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

/** From so many differences on, the match keys only resemble those of the other record. */
const NEAR_MISS = 4;

/** A record on one side that is like one on the other, but for a few properties. */
export async function counterpart(
  game: Game,
  step: Extract<Step, { kind: 'counterpart' }>,
): Promise<boolean> {
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
    if (isText && step.differs >= NEAR_MISS) {
      setInPlace(fields, row[step.side], nearMiss(value));
      continue;
    }
    const folds = pair.match.some((key) =>
      key.parts.some((part) => part[step.side] === row[step.side] && part.normalise === 'case-insensitive'),
    );
    const text = isText && folds && rng() < 0.5 ? value.toUpperCase() : value;
    setInPlace(fields, row[step.side], isText && rng() < 0.5 ? String(text).normalize('NFD') : text);
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

/** A text that another one holds. */
const nearMiss = (text: string): string => (text.includes('@') ? `x${text}` : `${text}9`);

/** A user creates again what was deleted. */
export async function recreate(game: Game, pair: PairPlan, side: Side, pick: number): Promise<boolean> {
  const gone = choose(
    game.mirror.of(pair, side).filter((one) => one.fields === null),
    pick,
  );
  const last = gone?.versions.findLast((one) => one.fields !== null)?.fields;
  if (last === undefined || last === null) return false;
  await game.world[side].create(pair.entity[side], cloneJson(last));
  return true;
}

/** As many records at one instant as a page of a listing holds, one less or one more. */
export async function page(game: Game, step: Extract<Step, { kind: 'page' }>): Promise<boolean> {
  const pair = game.pair(step.pair);
  const { paging } = game.plan.systems[step.side].api;
  if (paging.kind === 'none' || game.played.has('page')) return false;
  const count = paging.size + step.over - game.mirror.live(pair, step.side).length;
  for (let made = 0; made < count; made++)
    await create(game, pair, step.side, step.value + made * 7919, true);
  return count > 0;
}
