import type { PairPlan } from '../../checklist/plan.js';
import type { SyncLink } from '../../drivers/ports.js';
import type { Game } from './game.js';
import type { KnownLink, Tracked } from './mirror.js';

/** Takes in the links that the sync tells now: one-to-one, stable, and only between records that belong together. */
export function judgeLinks(game: Game, links: SyncLink[]): void {
  const text = JSON.stringify(links);
  if (text === game.linksSeen) return;
  game.linksSeen = text;
  const seen = new Set<string>();
  const before = new Set([...game.mirror.links.values()].filter((known) => known.told));
  for (const known of before) known.told = false;
  for (const link of links) {
    const pair = game.plan.pairs.find((one) => one.slug === link.pair);
    if (pair === undefined) continue;
    for (const end of [`${link.pair} a ${link.aId}`, `${link.pair} b ${link.bId}`]) {
      if (seen.has(end)) game.fail('I2', `${end} is linked twice`);
      seen.add(end);
    }
    takeLink(game, pair, link, before);
  }
}

function takeLink(game: Game, pair: PairPlan, link: SyncLink, before: Set<KnownLink>): void {
  const { mirror } = game;
  const key = `${link.pair} ${link.aId} ${link.bId}`;
  const known = mirror.links.get(key);
  if (known !== undefined) {
    known.told = true;
    if (!before.has(known)) takeAgain(game, key, known);
    return;
  }
  const a = mirror.record('a', pair.entity.a, link.aId);
  const b = mirror.record('b', pair.entity.b, link.bId);
  if (a === undefined || b === undefined) return game.fail('I2', `${key} links a record that never was`);
  for (const [own, far] of [
    [a, b],
    [b, a],
  ] as const) {
    const earlier = mirror.counterparts(pair, own).filter((one) => one !== far);
    const kept = earlier.find((one) => one.removals.length === 0 && own.removals.length === 0);
    if (kept !== undefined)
      game.fail(
        'I3',
        `${pair.entity[own.side]} ${own.id} was linked with ${kept.id}, and now is with ${far.id}`,
      );
  }
  if (pair.match.length > 0 && !shareKey(a, b) && !(isMade(a, b) && !carriesKey(pair)))
    game.fail('I28', `${pair.slug} ${a.id} and ${b.id} are linked and never had a match key in common`);
  mirror.links.set(key, {
    ...link,
    phase: game.clocks.phase,
    seq: mirror.seq,
    agreedSeq: null,
    told: true,
    heldUp: false,
  });
}

/** A link that was left is told again; where another one stood in between, the two are brought together anew. */
function takeAgain({ mirror }: Game, key: string, known: KnownLink): void {
  const isReplaced = [...mirror.links.values()].some(
    (one) =>
      one !== known &&
      one.pair === known.pair &&
      one.seq >= known.seq &&
      (one.aId === known.aId || one.bId === known.bId),
  );
  if (isReplaced) known.agreedSeq = null;
  known.seq = mirror.seq;
  mirror.links.delete(key);
  mirror.links.set(key, known);
}

/** Whether the sync made one of two records, which then need not match. */
const isMade = (a: Tracked, b: Tracked): boolean => a.bySync || b.bySync;

/** Whether what is made of a record has one of its keys: rows carry each part of it. */
const carriesKey = ({ match, rows }: PairPlan): boolean =>
  match.some(({ parts }) => parts.every((part) => rows.some(({ a, b }) => a === part.a && b === part.b)));

const shareKey = (a: Tracked, b: Tracked): boolean => [...a.keys].some((key) => b.keys.has(key));
