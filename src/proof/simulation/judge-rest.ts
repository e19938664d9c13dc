import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { isLive } from '../../checks/oracle/live-rows.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { SyncProblem, SyncStatus } from '../../drivers/ports.js';
import { agreesBy, isBlank, isCarriable, keyTexts } from './agreement.js';
import type { Game } from './game.js';
import { nameOf, show } from './judge-calls.js';
import { rowKey, type Edit, type KnownLink, type Tracked } from './mirror.js';

const MIN_SKEW_ERROR_MS = 2000;

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

const reportsOn = (problems: SyncProblem[], pair: PairPlan, ...records: Tracked[]): SyncProblem[] =>
  problems.filter(
    (one) =>
      one.pair === pair.slug &&
      records.some((record) => one.side === record.side && one.recordId === record.id),
  );

function judgeLink(game: Game, pair: PairPlan, link: KnownLink, problems: SyncProblem[]): void {
  const [a, b] = endsOf(game, pair, link);
  const newer = [a, b].some((end) => game.mirror.linksOf(pair, end).at(-1) !== link);
  if (newer) return;
  if (a.fields === null || b.fields === null) return judgeGone(game, pair, a, b, problems);
  const reported = reportsOn(problems, pair, a, b);
  if (!link.told) {
    if (reported.length > 0 || pair.policies.delete === 'unlink' || a.removals.length + b.removals.length > 0)
      return;
    return game.fail('I2', `${nameOf(a)} and ${nameOf(b)} are no longer linked`);
  }
  let agreed = true;
  for (const row of pair.rows) {
    if (!isLive(pair.rows, row, a.fields, b.fields)) continue;
    const ok = judgeRow(game, pair, row, link, a, b, reported.length > 0);
    agreed &&= ok;
  }
  judgeBudget(game, pair, link, a, b);
  if (agreed) link.agreedSeq = game.mirror.seq;
}

/** Whether a row agrees; fails when it neither does nor may differ. */
function judgeRow(
  game: Game,
  pair: PairPlan,
  row: MappedRow,
  link: KnownLink,
  a: Tracked,
  b: Tracked,
  reported: boolean,
): boolean {
  if (a.fields === null || b.fields === null) return false;
  const [va, vb] = [getPath(a.fields, row.a), getPath(b.fields, row.b)];
  const agrees = agreesBy(game.mirror, pair, row, va, vb);
  const since = link.agreedSeq ?? -1;
  const last = (record: Tracked) => record.edits.get(rowKey(pair, row))?.findLast((edit) => edit.seq > since);
  const [ea, eb] = [last(a), last(b)];
  const what = `${row.a} of ${nameOf(a)} is ${show(va)}, ${row.b} of ${nameOf(b)} is ${show(vb)}`;
  if (!agrees) {
    if (reported) return false;
    if (pair.policies.emptyAfterwards === 'never-overwrite' && (isBlank(va) || isBlank(vb))) return false;
    if (row.direction === 'a-to-b' ? ea === undefined : row.direction === 'b-to-a' && eb === undefined)
      return false;
    return game.fail('I1', `${what}; they differ at rest and nothing is reported`);
  }
  if (row.direction !== 'both' || reported || row.precedence !== undefined || row.only !== undefined)
    return true;
  const uncarriable = [ea, eb].some(
    (edit) =>
      edit !== undefined &&
      edit.seq > since &&
      !isCarriable(game.mirror, pair, row, edit === ea ? 'a' : 'b', edit.value),
  );
  if (uncarriable) return true;
  if (ea === undefined && eb === undefined) return judgeUntouched(game, row, link, a, b, what);
  const winners = winnersOf(game, pair, row, link, a, b, ea, eb);
  const holds = winners.some((side) =>
    side === 'a'
      ? agreesBy(game.mirror, pair, row, ea?.value ?? null, vb)
      : agreesBy(game.mirror, pair, row, va, eb?.value ?? null),
  );
  if (holds) return true;
  const told = [
    ea === undefined ? [] : [`side a edited to ${show(ea.value)} at ${ea.at}`],
    eb === undefined ? [] : [`side b edited to ${show(eb.value)} at ${eb.at}`],
  ]
    .flat()
    .join(', ');
  const invariant = ea !== undefined && eb !== undefined ? 'I11' : 'I5';
  return game.fail(
    invariant,
    `${what}; ${told}; the edit of side ${winners.join(' or ')} must hold (${pair.policies.conflict})`,
  );
}

function judgeUntouched(
  game: Game,
  row: MappedRow,
  link: KnownLink,
  a: Tracked,
  b: Tracked,
  what: string,
): boolean {
  if (link.agreedSeq === null) return true;
  for (const record of [a, b]) {
    const then = record.versions.findLast((one) => one.seq <= (link.agreedSeq ?? 0))?.fields ?? null;
    const now = record.fields;
    if (then === null || now === null) continue;
    const path = row[record.side];
    if (JSON.stringify(getPath(then, path)) !== JSON.stringify(getPath(now, path)))
      return game.fail('I4', `${what}; it was ${show(getPath(then, path))} and no user has edited it since`);
  }
  return true;
}

/** The sides whose last edit of a row may hold at rest under the policy, whatever the unseen order of reads and writes. */
function winnersOf(
  game: Game,
  pair: PairPlan,
  row: MappedRow,
  link: KnownLink,
  a: Tracked,
  b: Tracked,
  ea: Edit | undefined,
  eb: Edit | undefined,
): Side[] {
  const both: Side[] = ['a', 'b'];
  if (ea === undefined) return ['b'];
  if (eb === undefined) return ['a'];
  const { policies } = pair;
  const later: Side = ea.at >= eb.at ? 'a' : 'b';
  const earlier: Side = later === 'a' ? 'b' : 'a';
  const [first, second] = later === 'a' ? [eb, ea] : [ea, eb];
  const together = ea.phase === eb.phase;
  if (isBlank(first.value) !== isBlank(second.value)) {
    const firstMerge = link.agreedSeq === null;
    if (firstMerge && policies.emptyOnMerge === 'keep-value') {
      if (ea.initial && eb.initial) return [isBlank(ea.value) ? 'b' : 'a'];
      return both;
    }
    if (policies.emptyAfterwards === 'never-overwrite') return both;
    if ((isBlank(ea.value) && ea.initial) || (isBlank(eb.value) && eb.initial)) return both;
  }
  if (
    isReturn(later === 'a' ? a : b, row, link, second) ||
    isReturn(earlier === 'a' ? a : b, row, link, first)
  )
    return both;
  if (policies.conflict === 'side-a-wins' || policies.conflict === 'side-b-wins') {
    const fixed: Side = policies.conflict === 'side-a-wins' ? 'a' : 'b';
    return together || fixed === later ? [fixed] : both;
  }
  if (policies.conflict === 'keep-for-review') return together ? both : both;
  const isSkewed = both.some((side) => game.clocks.skewMs[side] !== 0);
  if (ea.regime !== game.clocks.regime.a || eb.regime !== game.clocks.regime.b) return both;
  const apart = Math.abs(ea.at - eb.at);
  if (isSkewed && apart <= MIN_SKEW_ERROR_MS + policies.clockToleranceMs) return both;
  if (apart <= policies.clockToleranceMs) return together ? [policies.tie] : both;
  return [later];
}

/** Whether an edit brought back a value that the record held before, so that the sync may not have seen any edit. */
function isReturn(record: Tracked, row: MappedRow, link: KnownLink, edit: Edit): boolean {
  const from = record.versions.findLastIndex((one) => one.seq <= (link.agreedSeq ?? 0));
  return record.versions
    .slice(Math.max(0, from))
    .some(
      (one) =>
        one.seq < edit.seq &&
        one.fields !== null &&
        JSON.stringify(getPath(one.fields, row[record.side])) === JSON.stringify(edit.value),
    );
}

/** I7: no more writes to a pair of records than users saved them, besides those whose answer was lost. */
function judgeBudget(game: Game, pair: PairPlan, link: KnownLink, a: Tracked, b: Tracked): void {
  const saves = [a, b].reduce(
    (sum, one) => sum + one.saves.filter(({ seq }) => seq > game.restSeq).length,
    0,
  );
  const isNew = link.agreedSeq === null;
  const lost = [...game.armed].reduce((sum, one) => sum + one.hits(), 0);
  const allowed = saves * pair.policies.writeBudget + (isNew ? 2 : 0) + lost + (game.crowded ? 2 : 0);
  const writes = [a, b].reduce(
    (sum, one) => sum + one.writes.filter(({ seq }) => seq > game.restSeq).length,
    0,
  );
  if (writes > allowed + 1)
    game.fail('I7', `${nameOf(a)} and ${nameOf(b)} were written ${writes} times for ${saves} saves of users`);
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

/** Records without a counterpart that should have one (I2, I5, I28). */
function judgeUnlinked(game: Game, pair: PairPlan, problems: SyncProblem[]): void {
  const { mirror } = game;
  const loose = (side: Side) =>
    mirror.live(pair, side).filter((one) => !mirror.linksOf(pair, one).some((link) => link.told));
  const [as, bs] = [loose('a'), loose('b')];
  for (const b of [...as, ...bs]) {
    if (!b.bySync) continue;
    const old = mirror.counterparts(pair, b);
    if (old.length === 0) game.fail('I2', `the sync created ${nameOf(b)} and tells of no link`);
  }
  const rule = pair.creation.a;
  for (const a of as) {
    if (a.fields === null || mirror.linksOf(pair, a).length > 0 || a.removals.length > 0) continue;
    if (reportsOn(problems, pair, a).length > 0) continue;
    const inScope =
      rule.kind === 'every' ||
      (rule.kind === 'when' &&
        JSON.stringify(getPath(a.fields, rule.condition.path)) === JSON.stringify(rule.condition.equals));
    if (!inScope || (pair.policies.noMatch === 'wait' && pair.match.length > 0)) continue;
    game.fail('I5', `${nameOf(a)} has no counterpart at rest, and nothing is reported`);
  }
  for (const a of as) {
    if (a.fields === null || a.removals.length > 0 || mirror.linksOf(pair, a).length > 0) continue;
    const keys = keyTexts(pair, 'a', a.fields);
    const alike = (one: Tracked) =>
      one.fields !== null && keyTexts(pair, one.side, one.fields).some((key) => keys.includes(key));
    const found = bs.filter(alike);
    const b = found[0];
    if (
      b === undefined ||
      found.length > 1 ||
      as.filter(alike).length > 1 ||
      b.removals.length > 0 ||
      mirror.linksOf(pair, b).length > 0
    )
      continue;
    if (reportsOn(problems, pair, a, b).length > 0) continue;
    if (pair.creation.a.kind === 'connected') continue;
    game.fail('I28', `${nameOf(a)} and ${nameOf(b)} match and are not linked`);
  }
}

/** A report needs a reason: a sync that sets everything aside must not pass for that. */
function judgeReports(game: Game, problems: SyncProblem[]): void {
  for (const one of problems) {
    const pair = game.plan.pairs.find((own) => own.slug === one.pair);
    const record =
      pair === undefined ? undefined : game.mirror.record(one.side, pair.entity[one.side], one.recordId);
    if (pair === undefined || record === undefined) continue;
    if (hasReason(game, pair, record)) continue;
    game.fail('I5', `${nameOf(record)} is set aside for no reason: ${one.field ?? ''} ${one.message}`);
  }
}

function hasReason(game: Game, pair: PairPlan, record: Tracked): boolean {
  const { mirror } = game;
  const ends = [record, ...mirror.counterparts(pair, record)];
  if (ends.some((one) => game.excused.has(`${one.side} ${one.id}`))) return true;
  if (pair.policies.conflict === 'keep-for-review') return true;
  if (ends.some((one) => one.removals.length > 0)) return true;
  const hasUncarriable = ends.some((one) =>
    pair.rows.some(
      (row) =>
        one.fields !== null && !isCarriable(mirror, pair, row, one.side, getPath(one.fields, row[one.side])),
    ),
  );
  if (hasUncarriable) return true;
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
          return (
            target === undefined ||
            target.fields === null ||
            target.removals.length > 0 ||
            !mirror.linksOf(to, target).some((link) => link.told)
          );
        });
      }),
    );
  });
}
