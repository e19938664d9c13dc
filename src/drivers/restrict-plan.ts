import type { PairPlan, SyncPlan } from '../checklist/plan.js';

/** The plan of the named pairs and of those that they refer to. */
export function restrictPlan(plan: SyncPlan, slugs: string[]): SyncPlan {
  const wanted = new Set<string>();
  const add = (slug: string): void => {
    const pair = plan.pairs.find((one) => one.slug === slug);
    if (pair === undefined || wanted.has(slug)) return;
    wanted.add(slug);
    for (const needed of referredPairs(pair)) add(needed);
  };
  slugs.forEach(add);
  return { ...plan, pairs: plan.pairs.filter((pair) => wanted.has(pair.slug)) };
}

function referredPairs(pair: PairPlan): string[] {
  const connected = [pair.creation.a, pair.creation.b].flatMap((rule) =>
    rule?.kind === 'connected' ? rule.to.map((one) => one.pair) : [],
  );
  const rows = pair.rows.flatMap((row) => (row.transform.kind === 'lines' ? row.transform.rows : [row]));
  return [
    ...connected,
    ...rows.flatMap(({ transform }) => (transform.kind === 'reference' ? [transform.pair] : [])),
  ];
}
