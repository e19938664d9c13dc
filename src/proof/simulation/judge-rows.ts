import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { agreesBy, isBlank, isCarriable } from './agreement.js';
import type { Game } from './game.js';
import { show, nameOf } from './judge-calls.js';
import { isRound, rowKey, type Edit, type KnownLink, type Tracked } from './mirror.js';

/** A clock that is less than two seconds off may count as right, and another one is known to the second. */
const MIN_SKEW_ERROR_MS = 3000;

/** Whether a row agrees; fails when it neither does nor may differ. */
export function judgeRow(
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
  // An edit of any of the properties that one feeds goes to all: which of them it was is not told here.
  if (pair.rows.some((one) => one !== row && (one.a === row.a || one.b === row.b))) return true;
  const uncarriable = [ea, eb].some(
    (edit) =>
      edit !== undefined &&
      edit.seq > since &&
      !isCarriable(game.mirror, pair, row, edit === ea ? 'a' : 'b', edit.value),
  );
  if (uncarriable) return true;
  if (ea === undefined && eb === undefined) return judgeUntouched(game, row, link, a, b, what);
  const winners = winnersOf(game, pair, row, link, a, b, ea, eb);
  const holds = winners.some((side) => {
    const edit = side === 'a' ? ea : eb;
    // What it referred to has another counterpart by now: that both agree is all that is left to ask.
    const end = side === 'a' ? a : b;
    const seen = edit !== undefined && isOfRestore(end, edit) ? since : (edit?.seq ?? -1);
    if (isRedirected(game, row, seen)) return true;
    const written = edit?.value ?? null;
    // What a user wrote stands as it was written where it was written, and as its counterpart on the other side (I9).
    return side === 'a'
      ? isKept(written, va) && agreesBy(game.mirror, pair, row, written, vb)
      : isKept(written, vb) && agreesBy(game.mirror, pair, row, va, written);
  });
  if (holds || isInherited(game, pair, row, a, b, since)) return true;
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

/** Whether a value came back with its record: what it refers to may have got another counterpart before. */
const isOfRestore = ({ versions }: Tracked, { seq, initial }: Edit): boolean =>
  !initial && versions.findLast((one) => one.seq < seq)?.fields === null;

const isKept = (written: Json, held: Json): boolean =>
  JSON.stringify(written) === JSON.stringify(held) || (isBlank(written) && isBlank(held));

/**
 * Whether both hold what a user wrote to an earlier counterpart of one of them. The sync carried it before that one was
 * left for another, and a value that stands on a side when two records first merge competes as if written there (I11).
 */
function isInherited(
  game: Game,
  pair: PairPlan,
  row: MappedRow,
  a: Tracked,
  b: Tracked,
  since: number,
): boolean {
  if (a.fields === null || b.fields === null) return false;
  const [va, vb] = [getPath(a.fields, row.a), getPath(b.fields, row.b)];
  const left = [a, b].flatMap((end) => [
    ...game.mirror.counterparts(pair, end),
    ...game.mirror.sources(pair, end),
  ]);
  return left.some(
    (other) =>
      other !== a &&
      other !== b &&
      (other.edits.get(rowKey(pair, row)) ?? []).some(
        ({ seq, value }) =>
          seq > since &&
          (other.side === 'a'
            ? agreesBy(game.mirror, pair, row, value, vb)
            : agreesBy(game.mirror, pair, row, va, value)),
      ),
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
  if (link.agreedSeq === null || isRedirected(game, row, link.agreedSeq)) return true;
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

/** How many records to which a row may refer got another counterpart since: what refers to them follows (I1, I14). */
export function redirections(game: Game, { transform }: MappedRow, since: number): number {
  if (transform.kind === 'lines')
    return transform.rows.reduce((sum, row) => sum + redirections(game, row, since), 0);
  if (transform.kind !== 'reference') return 0;
  const { mirror } = game;
  const pair = game.plan.pairs.find((one) => one.slug === transform.pair);
  if (pair === undefined) return 0;
  const links = [...mirror.links.values()].filter((link) => link.pair === transform.pair);
  const replaces = (link: KnownLink) =>
    links.some((other) => other !== link && (other.aId === link.aId || other.bId === link.bId));
  // What was made for a record that is gone is never told to be linked with it.
  const isTakenOver = ({ aId, bId }: KnownLink) =>
    (['a', 'b'] as const).some((side) => {
      const end = mirror.record(side, pair.entity[side], side === 'a' ? aId : bId);
      const sources = end === undefined ? [] : mirror.sources(pair, end);
      return sources.some((one) => one.removals.length > 0 && one.id !== (side === 'a' ? bId : aId));
    });
  return links.filter((link) => link.seq >= since && (replaces(link) || isTakenOver(link))).length;
}

const isRedirected = (game: Game, row: MappedRow, since: number): boolean =>
  redirections(game, row, since) > 0;

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
  // Nothing, null and an empty text or list may count as equal or not (I13): such an edit need not win, nor lose.
  if (ea.formOnly || eb.formOnly) return both;
  if (link.agreedSeq === null && (ea.initial || eb.initial) && mayBeMistaken(game, pair, a, b)) return both;
  const { policies } = pair;
  const later: Side = ea.at >= eb.at ? 'a' : 'b';
  const earlier: Side = later === 'a' ? 'b' : 'a';
  const [first, second] = later === 'a' ? [eb, ea] : [ea, eb];
  // Within a round the sync may have read between the two.
  const together = ea.phase === eb.phase && !isRound(ea.phase);
  if (isBlank(first.value) !== isBlank(second.value)) {
    const firstMerge = link.agreedSeq === null || !wasCarriable(game, pair, row, a, b, link.agreedSeq);
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
  if (isAsMeant(game, pair, row, a, b, ea) || isAsMeant(game, pair, row, b, a, eb)) return both;
  if (isBlurred(pair, row, a, ea) || isBlurred(pair, row, b, eb)) return both;
  if (policies.conflict === 'side-a-wins' || policies.conflict === 'side-b-wins') {
    const fixed: Side = policies.conflict === 'side-a-wins' ? 'a' : 'b';
    return together || fixed === (ea.seq > eb.seq ? 'a' : 'b') ? [fixed] : both;
  }
  if (policies.conflict === 'keep-for-review') return together ? both : both;
  const isSkewed = both.some((side) => game.clocks.skewMs[side] !== 0);
  if (ea.regime !== game.clocks.regime.a || eb.regime !== game.clocks.regime.b) return both;
  const apart = Math.abs(ea.at - eb.at);
  if (isSkewed && apart <= MIN_SKEW_ERROR_MS + policies.clockToleranceMs) return both;
  if (apart <= policies.clockToleranceMs) return together ? [policies.tie] : both;
  return [later];
}

/** What could not be carried when all else agreed was not agreed on: the row is still to be merged for the first time. */
function wasCarriable(
  { mirror }: Game,
  pair: PairPlan,
  row: MappedRow,
  a: Tracked,
  b: Tracked,
  agreedSeq: number,
): boolean {
  return [a, b].every(({ side, versions }) => {
    const then = versions.findLast(({ seq }) => seq <= agreedSeq)?.fields ?? null;
    return then === null || isCarriable(mirror, pair, row, side, getPath(then, row[side]));
  });
}

/** Whether the sync tried to create one of two records, so that it may take what it finds for that, edited since. */
function mayBeMistaken({ mirror, unread }: Game, pair: PairPlan, a: Tracked, b: Tracked): boolean {
  if (unread.a >= 0 || unread.b >= 0) return true;
  const keys = new Set([...a.keys, ...b.keys]);
  return [...mirror.of(pair, 'a'), ...mirror.of(pair, 'b')].some(
    (one) => one.bySync && one !== a && one !== b && [...one.keys].some((key) => keys.has(key)),
  );
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
        isKept(getPath(one.fields, row[record.side]), edit.value),
    );
}

const topOf = (path: string): string => path.split(/[.[]/)[0] ?? path;

/** Whether another part of the same list or group was edited later: a provider tells the time of the whole. */
function isBlurred(pair: PairPlan, row: MappedRow, record: Tracked, edit: Edit): boolean {
  const { side, edits } = record;
  if (topOf(row[side]) === row[side]) return false;
  return pair.rows.some(
    (one) =>
      one !== row &&
      topOf(one[side]) === topOf(row[side]) &&
      (edits.get(rowKey(pair, one)) ?? []).some(({ seq }) => seq > edit.seq),
  );
}

/**
 * Whether a user wrote what the sync meant to carry there in a call that wrote nothing: for a sync that got no answer
 * it stands there as its own (I17), so that the other side's edit alone is one.
 */
function isAsMeant(
  game: Game,
  pair: PairPlan,
  row: MappedRow,
  record: Tracked,
  other: Tracked,
  edit: Edit,
): boolean {
  const { mirror } = game;
  return game.vainWrites(record.side).some((seq) => {
    const then = other.versions.findLast((one) => one.seq <= seq)?.fields ?? null;
    if (seq > edit.seq || then === null) return false;
    const value = getPath(then, row[other.side]);
    return record.side === 'a'
      ? agreesBy(mirror, pair, row, edit.value, value)
      : agreesBy(mirror, pair, row, value, edit.value);
  });
}
