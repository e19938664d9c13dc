import { easiest } from '../checklist/first-link.js';
import type { CreationRule, PairPlan, SyncPlan } from '../checklist/plan.js';

/** The plan of the named pairs and of those that they need: of several connections of a pair the easiest one. */
export function restrictPlan(plan: SyncPlan, slugs: string[]): SyncPlan {
  const wanted = new Set<string>();
  const add = (slug: string): void => {
    const pair = plan.pairs.find((one) => one.slug === slug);
    if (pair === undefined || wanted.has(slug)) return;
    wanted.add(slug);
    for (const needed of referredPairs(plan.pairs, pair)) add(needed);
  };
  slugs.forEach(add);
  const within = <Rule extends CreationRule | null>(rule: Rule): Rule =>
    rule?.kind === 'connected' ? { ...rule, to: rule.to.filter((one) => wanted.has(one.pair)) } : rule;
  const pairs = plan.pairs
    .filter((pair) => wanted.has(pair.slug))
    .map((pair) => ({ ...pair, creation: { a: within(pair.creation.a), b: within(pair.creation.b) } }));
  return { ...plan, pairs };
}

function referredPairs(pairs: PairPlan[], pair: PairPlan): string[] {
  const connected = [pair.creation.a, pair.creation.b].flatMap((rule) =>
    rule?.kind === 'connected' ? (easiest(pairs, pair, rule.to)?.pair ?? []) : [],
  );
  const rows = pair.rows.flatMap((row) => (row.transform.kind === 'lines' ? row.transform.rows : [row]));
  return [
    ...connected,
    ...rows.flatMap(({ transform }) => (transform.kind === 'reference' ? [transform.pair] : [])),
  ];
}
