import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { getPath } from '../../contract/path.js';
import type { SyncProblem } from '../../drivers/ports.js';
import { keyTexts } from './agreement.js';
import type { Game } from './game.js';
import { nameOf } from './judge-calls.js';
import { reportsOn } from './judge-reports.js';
import type { Tracked } from './mirror.js';

/** Records without a counterpart that should have one (I2, I5, I28). */
export function judgeUnlinked(game: Game, pair: PairPlan, problems: SyncProblem[]): void {
  const { mirror } = game;
  const loose = (side: Side) =>
    mirror.live(pair, side).filter((one) => !mirror.linksOf(pair, one).some((link) => link.told));
  const [as, bs] = [loose('a'), loose('b')];
  for (const b of [...as, ...bs]) {
    // One that a user deleted and restored since is the user's.
    if (!b.bySync || b.removals.some(({ by }) => by === 'user')) continue;
    const old = mirror.counterparts(pair, b);
    if (old.length === 0) judgeOrphan(game, pair, b, problems);
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

/**
 * A record of the sync's that was never told to be linked. That is right only when its source was deleted while the
 * create was under way; it then fares as if it had been linked before (I17).
 */
function judgeOrphan(game: Game, pair: PairPlan, record: Tracked, problems: SyncProblem[]): void {
  const far: Side = record.side === 'a' ? 'b' : 'a';
  const sources = game.mirror
    .of(pair, far)
    .filter((one) => !one.bySync && mayBeSource(game, pair, one, record));
  if (isBesideCopy(game, pair, record, sources)) return;
  // Several may be what was made: that is reported, and a person decides.
  if (
    sources.some((one) => reportsOn(problems, pair, one).some(({ message }) => message.includes(record.id)))
  )
    return;
  const gone = sources.filter((one) => one.removals.length > 0);
  if (gone.length === 0) game.fail('I2', `the sync created ${nameOf(record)} and tells of no link`);
  if (pair.policies.delete !== 'propagate' || record.saves.length > 0) return;
  if (sources.some((one) => one.fields !== null) || reportsOn(problems, pair, record).length > 0) return;
  game.fail('I17', `${nameOf(record)} is still there although its source was deleted as it was created`);
}

/** Whether one may have been made of another: they share a key, or, where keys tell nothing, it was never linked. */
const mayBeSource = ({ mirror }: Game, pair: PairPlan, one: Tracked, record: Tracked): boolean =>
  record.keys.size === 0
    ? mirror.linksOf(pair, one).length === 0
    : [...one.keys].some((key) => record.keys.has(key));

/**
 * A record whose match key a user changed before the sync learnt of it, while another user made a copy of what was sent:
 * the sync takes the copy for what it made.
 */
function isBesideCopy(game: Game, pair: PairPlan, record: Tracked, sources: Tracked[]): boolean {
  const [first, last] = [record.versions[0]?.fields ?? null, record.fields];
  if (first === null || last === null) return false;
  const kept = keyTexts(pair, record.side, last);
  const lost = keyTexts(pair, record.side, first).some((key) => !kept.includes(key));
  return lost && sources.some((one) => game.mirror.counterparts(pair, one).some((other) => !other.bySync));
}
