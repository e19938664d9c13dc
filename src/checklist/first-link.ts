import type { CreationRule, PairPlan } from './plan.js';

type Connection = { pair: string; path: string };
/**
 * How a record comes to be linked when nothing else of its pair is: `create` as the sync makes its counterpart, `match`
 * with a record that somebody made, `connect` once one that it is connected to is linked, `back` from side b, `hand` by
 * someone who links the two, since nothing else can: where a link comes first, or where a pair waits for itself.
 */
export type FirstLink = 'create' | 'match' | 'connect' | 'back' | 'hand';

const known = new WeakMap<PairPlan[], Map<string, FirstLink>>();

export const firstLink = (pairs: PairPlan[], { slug }: PairPlan): FirstLink =>
  waysOf(pairs).get(slug) ?? 'hand';

/** The one of several connections whose record is linked the most easily; null where there is none. */
export function easiest(pairs: PairPlan[], to: Connection[]): Connection | null {
  const order = [...waysOf(pairs).keys()];
  const rank = ({ pair }: Connection) => (order.includes(pair) ? order.indexOf(pair) : order.length);
  return to.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** The way of each pair, those that need the least first. */
function waysOf(pairs: PairPlan[]): Map<string, FirstLink> {
  const before = known.get(pairs);
  if (before !== undefined) return before;
  const ways = new Map<string, FirstLink>();
  known.set(pairs, ways);
  const after = followers(pairs);
  for (const kind of ['create', 'match', 'back', 'hand'] as const) {
    const queue = pairs
      .filter((pair) => startOf(pair) === kind)
      .map(({ slug }): [string, FirstLink] => [slug, kind]);
    for (const [slug, way] of queue) {
      if (ways.has(slug)) continue;
      ways.set(slug, way);
      for (const one of after(slug)) queue.push(one);
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
function followers(pairs: PairPlan[]): (slug: string) => [string, FirstLink][] {
  const waiting = new Map<Connection[], { slug: string; isBack: boolean }[]>();
  for (const { slug, creation } of pairs) {
    for (const rule of [creation.a, creation.b]) {
      if (rule?.kind !== 'connected') continue;
      const own = waiting.get(rule.to) ?? [];
      waiting.set(rule.to, own);
      own.push({ slug, isBack: rule === creation.b });
    }
  }
  const lists = new Map<string, Connection[][]>();
  for (const to of waiting.keys()) {
    for (const { pair } of to) {
      const own = lists.get(pair) ?? [];
      lists.set(pair, own);
      own.push(to);
    }
  }
  return (slug) =>
    (lists.get(slug) ?? []).flatMap((to) => {
      const started = waiting.get(to) ?? [];
      waiting.delete(to);
      return started.map((one): [string, FirstLink] => [one.slug, one.isBack ? 'back' : 'connect']);
    });
}
