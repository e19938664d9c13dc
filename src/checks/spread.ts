import type { SyncPlan } from '../checklist/plan.js';
import { roundsOf, type Bundle } from './bundle.js';

/**
 * Bundles for worlds that wait side by side: each round of saves gets a world of its own, so that a slow sync is waited
 * for once and not once for each round.
 */
export function spreadBundles(bundles: Bundle[], plan: SyncPlan): Bundle[] {
  return bundles.flatMap((bundle) => {
    if (bundle.kind === 'solo' || bundle.checks.length === 1) return [bundle];
    const plain = bundle.kind === 'carried' ? bundle.checks.filter((check) => check.value === null) : [];
    const rest = bundle.checks.filter((check) => !plain.includes(check));
    const rounds = [
      ...(plain.length > 0 ? [plain] : []),
      ...roundsOf(rest, plan).map((round) => round.map(({ check }) => check)),
    ];
    return rounds.map((checks, index) => ({ key: `${bundle.key}#${index + 1}`, kind: bundle.kind, checks }));
  });
}
