import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { SyncProblem } from '../../drivers/ports.js';
import { isCarriable } from './agreement.js';
import type { Game } from './game.js';
import { nameOf } from './judge-calls.js';
import type { Tracked } from './mirror.js';

/** What the sync reports on some records. */
export const reportsOn = (problems: SyncProblem[], pair: PairPlan, ...records: Tracked[]): SyncProblem[] =>
  problems.filter(
    (one) =>
      one.pair === pair.slug &&
      records.some((record) => one.side === record.side && one.recordId === record.id),
  );

/** A report needs a reason: a sync that sets everything aside must not pass for that. */
export function judgeReports(game: Game, problems: SyncProblem[]): void {
  for (const one of problems) {
    const pair = game.plan.pairs.find((own) => own.slug === one.pair);
    const record =
      pair === undefined ? undefined : game.mirror.record(one.side, pair.entity[one.side], one.recordId);
    if (pair === undefined || record === undefined) continue;
    const ends = [record, ...game.mirror.counterparts(pair, record)];
    if (holdsUncarriable(game, pair, ends) || holdsUpRecord(game, pair, ends)) continue;
    game.fail('I5', `${nameOf(record)} is set aside for no reason: ${one.field ?? ''} ${one.message}`);
  }
}

/** Whether the other side cannot hold some value of the records: that property alone is to be held back (I5, I27). */
function holdsUncarriable(game: Game, pair: PairPlan, ends: Tracked[]): boolean {
  return ends.some((one) => pair.rows.some((row) => !canCarry(game, pair, row, one)));
}

/** Whether the other side can hold what a record has in a row. */
export function canCarry(game: Game, pair: PairPlan, row: MappedRow, { side, fields }: Tracked): boolean {
  return fields === null || isCarriable(game.mirror, pair, row, side, getPath(fields, row[side]));
}

/** Whether there is a reason to set two linked records aside as a whole, or one that is not linked. */
export function holdsUpRecord(game: Game, pair: PairPlan, ends: Tracked[]): boolean {
  const { mirror } = game;
  if (ends.some((one) => game.excused.has(`${one.side} ${one.id}`))) return true;
  if (pair.policies.conflict === 'keep-for-review') return true;
  if (ends.some((one) => one.removals.length > 0)) return true;
  const near = ends.flatMap((one) => [...one.keys]);
  const rivals = (['a', 'b'] as const)
    .flatMap((side) => mirror.of(pair, side))
    .filter((one) => !ends.includes(one) && near.some((key) => one.keys.has(key)));
  if (rivals.length > 0) return true;
  return (
    pair.rows.some((row) => row.transform.kind === 'reference' || row.transform.kind === 'lines') &&
    refersToLoose(game, pair, ends)
  );
}

/**
 * Whether nothing on the other side can be named for a record. One that was deleted can still be referred to where the
 * policy ignores deletions and its counterpart is there, and is that of no other one by now (I14).
 */
function isLoose({ mirror }: Game, pair: PairPlan, target: Tracked): boolean {
  const links = mirror.linksOf(pair, target);
  const isGone = target.fields === null || target.removals.length > 0;
  if (!isGone) return !links.some((link) => link.told);
  if (pair.policies.delete !== 'ignore' || links.length !== 1) return true;
  return mirror
    .counterparts(pair, target)
    .some((one) => one.fields === null || one.removals.length > 0 || mirror.linksOf(pair, one).length > 1);
}

/** Whether a record refers to one that is gone or has no counterpart. */
function refersToLoose(game: Game, pair: PairPlan, ends: Tracked[]): boolean {
  const { mirror } = game;
  return pair.rows.some((row) => {
    const inner =
      row.transform.kind === 'lines'
        ? row.transform.rows.filter((one) => one.transform.kind === 'reference')
        : row.transform.kind === 'reference'
          ? [row]
          : [];
    return ends.some((record) =>
      inner.some((one) => {
        if (record.fields === null || one.transform.kind !== 'reference') return false;
        const slug = one.transform.pair;
        const to = mirror.plan.pairs.find((own) => own.slug === slug);
        if (to === undefined) return false;
        const held =
          row.transform.kind === 'lines' ? getPath(record.fields, row[record.side]) : [record.fields];
        return (Array.isArray(held) ? held : []).some((item) => {
          const id = getPath(item as Record<string, Json>, one[record.side]);
          const target =
            id === null ? undefined : mirror.record(record.side, to.entity[record.side], String(id));
          return target === undefined || isLoose(game, to, target);
        });
      }),
    );
  });
}
