import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { SystemError, type StoredRecord, type System } from '../ports.js';
import { holdsTag } from './run-tag.js';
import type { RemoteClock } from './settings.js';

export type Found = { side: Side; entity: string; id: string };
export type Swept = { removed: Found[]; left: Found[]; problems: string[] };

export type SweepInput = {
  systems: Record<Side, System>;
  pairs: PairPlan[];
  runTag: string;
  /** Whether the run's ledger names the record as made by it. */
  isMade: (found: Found) => boolean;
  /** How long nothing new may turn up before the systems count as clean, ms. */
  quietMs: number;
  clock: RemoteClock;
  onRemoved?: (found: Found) => Promise<void>;
};

/** Rounds in which something may still turn up; each lasts the quiet period. */
const MOST_ROUNDS = 12;
/** Listings in a row that must show nothing. */
const CLEAN_LISTINGS = 3;

/**
 * Removes every record of a run from both systems, those that the sync made of them too, and lists until nothing turns
 * up any more. Records that neither bear the tag nor stand in the ledger are not touched.
 */
export async function sweep(input: SweepInput): Promise<Swept> {
  const removed: Found[] = [];
  let problems: string[] = [];
  for (let round = 0, clean = 0; round < MOST_ROUNDS; round++) {
    const left = await listOwn(input);
    clean = left.length === 0 ? clean + 1 : 0;
    if (clean === CLEAN_LISTINGS) return { removed, left, problems };
    if (left.length > 0) problems = [];
    for (const found of left) {
      try {
        await input.systems[found.side].remove(found.entity, found.id);
        removed.push(found);
        await input.onRemoved?.(found);
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        problems.push(error.message);
      }
    }
    await input.clock.sleep(input.quietMs);
  }
  return { removed, left: await listOwn(input), problems };
}

/** Records of the run in the order in which they can go: those that refer to others first. */
async function listOwn({ systems, pairs, runTag, isMade }: SweepInput): Promise<Found[]> {
  const own: Found[] = [];
  for (const { side, entity } of removalOrder(pairs)) {
    const isOwn = (record: StoredRecord) =>
      holdsTag(record.fields as Json, runTag) || isMade({ side, entity, id: record.id });
    for (const record of (await systems[side].list(entity)).filter(isOwn))
      own.push({ side, entity, id: record.id });
  }
  return own;
}

/** Entities of both sides, those that refer to others before what they refer to. */
export function removalOrder(pairs: PairPlan[]): { side: Side; entity: string }[] {
  const ordered: PairPlan[] = [];
  const visit = (pair: PairPlan): void => {
    if (ordered.includes(pair)) return;
    const rows = pair.rows.flatMap((row) => (row.transform.kind === 'lines' ? row.transform.rows : [row]));
    const slugs = rows.flatMap((row) => (row.transform.kind === 'reference' ? [row.transform.pair] : []));
    for (const needed of pairs.filter((one) => one !== pair && slugs.includes(one.slug))) visit(needed);
    if (!ordered.includes(pair)) ordered.push(pair);
  };
  pairs.forEach(visit);
  const places = ordered.toReversed().flatMap(({ entity }) => [
    { side: 'a' as const, entity: entity.a },
    { side: 'b' as const, entity: entity.b },
  ]);
  return places.filter(
    (place, at) => places.findIndex((one) => one.side === place.side && one.entity === place.entity) === at,
  );
}
