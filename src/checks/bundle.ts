import type { Check } from '../checklist/check.js';
import type { MappedRow, SyncPlan } from '../checklist/plan.js';

/** Checks that are judged together in one world; a check that needs a world of its own is a bundle of one. */
export type Bundle = { key: string; kind: 'solo' | 'edits' | 'carried'; checks: Check[] };

/** Puts checks of single values together: they differ only in what is saved, not in what happens. */
export function bundleChecks(checks: Check[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const check of checks) {
    const kind = kindOf(check);
    const key = kind === 'solo' ? check.id : sharedKey(check, kind);
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, { key, kind, checks: [check] });
    else bundle.checks.push(check);
  }
  return [...bundles.values()];
}

const sharedKey = (check: Check, kind: string) =>
  [check.pair, check.form, check.from ?? '', kind, check.ownRecord === true ? check.property : ''].join('/');

function kindOf(check: Check): Bundle['kind'] {
  if (check.notTestable !== null || check.property === null) return 'solo';
  if (check.scenario === 'property-carried') return 'carried';
  if (check.scenario === 'clear' || check.scenario === 'edit') return 'edits';
  return 'solo';
}

/** Shares of about the same number of worlds, each bundle whole; the same for the same checks. */
export function shareOf(bundles: Bundle[], part: number, parts: number): Bundle[] {
  const large = bundles.filter((bundle) => bundle.checks.length > 1);
  const small = bundles.filter((bundle) => bundle.checks.length === 1);
  return [...large, ...small].filter((_bundle, index) => index % parts === part);
}

/**
 * Rounds of saves: each plain edit alone, then boundary values of several properties together, then clearing. Rows of
 * one round touch no property of each other on either side.
 */
export function roundsOf(checks: Check[], plan: SyncPlan): { check: Check; row: MappedRow }[][] {
  const rounds: { check: Check; row: MappedRow }[][] = [];
  for (const check of checks.toSorted((one, other) => rank(one) - rank(other))) {
    const pair = plan.pairs.find((one) => one.slug === check.pair);
    const row = pair?.rows.find((one) => one.slug === check.property);
    if (row === undefined) throw new Error(`the plan holds no row ${check.property ?? ''}`);
    const own = rank(check);
    const last = rounds.findLastIndex((round) =>
      round.some((one) => rank(one.check) < own || touch(one.row, row)),
    );
    const round = own === 0 ? undefined : rounds[last + 1];
    if (round === undefined) rounds.push([{ check, row }]);
    else round.push({ check, row });
  }
  return rounds;
}

const rank = (check: Check) => (check.scenario === 'clear' ? 2 : check.value === null ? 0 : 1);

const touch = (one: MappedRow, other: MappedRow) => overlap(one.a, other.a) || overlap(one.b, other.b);

function overlap(one: string, other: string): boolean {
  const [x, y] = [listOf(one), listOf(other)];
  return x === y || x.startsWith(`${y}.`) || y.startsWith(`${x}.`);
}

/** Properties of one list element are written with their list. */
const listOf = (path: string) => path.split('[')[0] ?? path;
