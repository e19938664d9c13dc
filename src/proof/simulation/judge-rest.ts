import type { PairPlan } from '../../checklist/plan.js';
import { isLive } from '../../checks/oracle/live-rows.js';
import type { SyncProblem, SyncStatus } from '../../drivers/ports.js';
import type { Game } from './game.js';
import { nameOf } from './judge-calls.js';
import { canCarry, holdsUpRecord, judgeReports, reportsOn } from './judge-reports.js';
import { judgeRow, redirections } from './judge-rows.js';
import { judgeUnlinked } from './judge-unlinked.js';
import type { KnownLink, Tracked } from './mirror.js';

/** Judges everything once the sync has come to rest, and starts a new stretch of the history (I1 to I7, I10 to I14, I20 to I22, I24). */
export function judgeRest(game: Game, status: SyncStatus): void {
  const { problems } = status;
  if (status.state === 'ok' && problems.length > 0)
    game.fail('I24', `the status is ok while ${problems.length} problems are reported`);
  for (const pair of game.plan.pairs) {
    for (const link of game.mirror.links.values())
      if (link.pair === pair.slug) judgeLink(game, pair, link, problems);
    judgeUnlinked(game, pair, problems);
  }
  judgeReports(game, problems);
  game.restSeq = game.mirror.seq;
  game.restPhase = game.clocks.phase;
}

function endsOf(game: Game, pair: PairPlan, link: KnownLink): [Tracked, Tracked] {
  const a = game.mirror.record('a', pair.entity.a, link.aId);
  const b = game.mirror.record('b', pair.entity.b, link.bId);
  if (a === undefined || b === undefined)
    throw new Error(`the link of ${link.aId} and ${link.bId} is of unknown records`);
  return [a, b];
}

function judgeLink(game: Game, pair: PairPlan, link: KnownLink, problems: SyncProblem[]): void {
  const [a, b] = endsOf(game, pair, link);
  const newer = [a, b].some((end) => game.mirror.linksOf(pair, end).at(-1) !== link);
  if (newer) return;
  if (a.fields === null || b.fields === null) return judgeGone(game, pair, a, b, problems);
  const reported = reportsOn(problems, pair, a, b);
  if (!link.told) {
    if (reported.length > 0 || pair.policies.delete === 'unlink') return;
    const invariant = a.removals.length + b.removals.length > 0 ? 'I21' : 'I2';
    return game.fail(invariant, `${nameOf(a)} and ${nameOf(b)} are no longer linked`);
  }
  // Where a deletion unlinks, a record that was restored is met for the first time.
  const { agreedSeq } = link;
  const isGoneSince = ({ removals }: Tracked) => removals.some(({ seq }) => seq > (agreedSeq ?? 0));
  if (pair.policies.delete === 'unlink' && (isGoneSince(a) || isGoneSince(b))) link.agreedSeq = null;
  const isHeldUp = holdsUpRecord(game, pair, [a, b]);
  let agreed = true;
  for (const row of pair.rows) {
    if (!isLive(pair.rows, row, a.fields, b.fields)) continue;
    const isCarried = canCarry(game, pair, row, a) && canCarry(game, pair, row, b);
    const ok = judgeRow(game, pair, row, link, a, b, reported.length > 0 && (isHeldUp || !isCarried));
    agreed &&= ok;
  }
  judgeBudget(game, pair, link, a, b);
  link.heldUp = reported.length > 0;
  if (agreed) link.agreedSeq = game.mirror.seq;
}

/** Calls that took effect without the sync's knowing, so that it may make them again. */
const REPEATED = new Set(['lost-reply', 'false-error', 'kill']);

/** I7: no more writes to a pair of records than users changed them, besides those whose answer was lost. */
function judgeBudget(game: Game, pair: PairPlan, link: KnownLink, a: Tracked, b: Tracked): void {
  // What was carried between either and an earlier counterpart counts too.
  const all = new Set([a, b].flatMap((end) => [end, ...game.mirror.counterparts(pair, end)]));
  // What was edited while the counterpart was deleted is carried once it is restored.
  const agreedSeq = link.agreedSeq ?? game.restSeq;
  const wasGone = [a, b].some(({ removals }) => removals.some(({ seq }) => seq > agreedSeq));
  const since = wasGone ? Math.min(agreedSeq, game.restSeq) : game.restSeq;
  const saves = [...all].reduce((sum, one) => sum + changesSince(one, since), 0);
  const isNew = link.agreedSeq === null;
  const lost = game.armed.reduce((sum, one) => sum + (REPEATED.has(one.name) ? one.hits() : 0), 0);
  const redirected = pair.rows.reduce((sum, row) => sum + redirections(game, row, game.restSeq), 0);
  const allowed =
    saves * pair.policies.writeBudget * (concernsOthers(pair) ? 2 : 1) +
    (isNew ? 2 : 0) +
    lost +
    redirected +
    (link.heldUp ? 2 : 0) +
    (game.crowded ? 2 : 0);
  const writes = [a, b].reduce(
    (sum, one) => sum + one.writes.filter(({ seq }) => seq > game.restSeq).length,
    0,
  );
  if (writes > allowed)
    game.fail('I7', `${nameOf(a)} and ${nameOf(b)} were written ${writes} times for ${saves} saves of users`);
}

/** Whether a write may concern other rows than that of the edit, so that one save is written on both sides. */
const concernsOthers = ({ rows }: PairPlan): boolean =>
  new Set(rows.map(({ a }) => a)).size < rows.length ||
  new Set(rows.map(({ b }) => b)).size < rows.length ||
  rows.some(({ only }) => only !== undefined);

/** Saves of users that changed something that a row names. */
function changesSince(record: Tracked, since: number): number {
  const seqs = [...record.edits.values()].flatMap((edits) => edits.map(({ seq }) => seq));
  return new Set(seqs.filter((seq) => seq > since)).size;
}

function judgeGone(game: Game, pair: PairPlan, a: Tracked, b: Tracked, problems: SyncProblem[]): void {
  const left = a.fields === null ? b : a;
  const gone = left === a ? b : a;
  if (left.fields === null || pair.policies.delete !== 'propagate') return;
  const last = gone.removals.at(-1);
  const edited =
    left.saves.some((save) => save.seq > game.restSeq) ||
    (left.edits.size > 0 &&
      [...left.edits.values()].some((list) => list.some((edit) => edit.seq > game.restSeq)));
  const isSure =
    last !== undefined &&
    last.by === 'user' &&
    last.seq > game.restSeq &&
    left.removals.length === 0 &&
    gone.removals.length === 1;
  if (!isSure || game.mirror.linksOf(pair, left).every((link) => link.agreedSeq === null)) return;
  if (edited && pair.policies.deleteVersusEdit === 'edit-wins') return;
  if (reportsOn(problems, pair, left, gone).length > 0) return;
  game.fail('I5', `${nameOf(gone)} was deleted, and ${nameOf(left)} is still there`);
}
