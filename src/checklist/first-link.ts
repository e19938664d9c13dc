import type { CreationRule, PairPlan } from './plan.js';

type Connection = { pair: string; path: string };
/**
 * How a record comes to be linked when nothing else of its pair is: `create` as the sync makes its counterpart, `match`
 * with a record that somebody made, `connect` once one that it is connected to is linked, `back` from side b, `hand` by
 * someone who links the two, since nothing else can: where a link comes first, or where a pair waits for itself.
 */
export type FirstLink = 'create' | 'match' | 'connect' | 'back' | 'hand';

type Start = { pair: PairPlan; way: FirstLink };

const known = new WeakMap<PairPlan[], Map<string, FirstLink>>();

export const firstLink = (pairs: PairPlan[], { slug }: PairPlan): FirstLink =>
  waysOf(pairs).get(slug) ?? 'hand';

/**
 * The one of several connections of a pair whose record is linked the most easily; null where there is none. A rival
 * comes last: it would make a second counterpart of each record of the pair itself.
 */
export function easiest(pairs: PairPlan[], own: PairPlan, to: Connection[]): Connection | null {
  const order = new Map([...waysOf(pairs).keys()].map((slug, rank) => [slug, rank]));
  const rivals = new Set(pairs.filter((one) => areRivals(one, own)).map(({ slug }) => slug));
  const rank = ({ pair }: Connection) =>
    (rivals.has(pair) ? pairs.length + 1 : 0) + (order.get(pair) ?? order.size);
  return to.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** Two sections of the same two entities. */
const areRivals = (one: PairPlan, other: PairPlan) =>
  one.slug !== other.slug && one.entity.a === other.entity.a && one.entity.b === other.entity.b;

/** The way of each pair, those that need the least first. */
function waysOf(pairs: PairPlan[]): Map<string, FirstLink> {
  const before = known.get(pairs);
  if (before !== undefined) return before;
  const ways = new Map<string, FirstLink>();
  known.set(pairs, ways);
  const after = followers(pairs);
  for (const kind of ['create', 'match', 'back', 'hand'] as const) {
    const queue = pairs.filter((pair) => startOf(pair) === kind).map((pair): Start => ({ pair, way: kind }));
    for (const { pair, way } of queue) {
      if (ways.has(pair.slug)) continue;
      ways.set(pair.slug, way);
      for (const one of after(pair)) queue.push(one);
    }
  }
  return ways;
}

/** How a pair starts that waits for no other one. */
function startOf({ creation: { a, b }, match }: PairPlan): FirstLink | null {
  if (startsAlone(a)) return 'create';
  if (match.length > 0) return 'match';
  if (startsAlone(b)) return 'back';
  return a.kind === 'linked-only' && b?.kind !== 'connected' ? 'hand' : null;
}

const startsAlone = (rule: CreationRule | null) => rule?.kind === 'every' || rule?.kind === 'when';

/** Tells, once for each list of connections, which pairs can start as soon as one of the list is linked, and how. */
function followers(pairs: PairPlan[]): (first: PairPlan) => Start[] {
  const waiting = new Map<Connection[], { left: Start[] }>();
  for (const pair of pairs) {
    const { a, b } = pair.creation;
    for (const rule of [a, b]) {
      if (rule?.kind !== 'connected') continue;
      const own = waiting.get(rule.to) ?? { left: [] };
      waiting.set(rule.to, own);
      own.left.push({ pair, way: rule === b ? 'back' : 'connect' });
    }
  }
  const lists = new Map<string, { left: Start[] }[]>();
  for (const [to, list] of waiting) {
    for (const { pair } of to) {
      const own = lists.get(pair) ?? [];
      lists.set(pair, own);
      own.push(list);
    }
  }
  return (first) =>
    (lists.get(first.slug) ?? []).flatMap((list) => {
      const all = list.left;
      list.left = all.filter(({ pair }) => areRivals(first, pair));
      return all.filter(({ pair }) => !areRivals(first, pair));
    });
}
