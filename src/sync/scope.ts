import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Remote } from './client.js';
import { faultAt, wakeWaiting, type Engine } from './pair-context.js';
import { same } from './json.js';
import { accessor } from './paths.js';
import type { Link } from './store/port.js';

const SIDES: Side[] = ['a', 'b'];

/**
 * Whether two linked records are kept in step: unless the policy unlinks what leaves the scope, always; else as long as
 * one of the conditions that let a record of the pair be created is met. An answer from which that cannot be told
 * changes nothing.
 */
function isInScope(engine: Engine, pair: PairPlan, link: Link, read: Record<Side, Remote>): boolean {
  if (pair.policies.scopeExit === 'keep') return true;
  const rules = SIDES.map((side) => ({ side, rule: pair.creation[side] }));
  if (rules.some(({ rule }) => rule?.kind === 'every' || rule?.kind === 'connected')) return true;
  const conditions = rules.flatMap(({ side, rule }) =>
    rule?.kind === 'when' ? [{ side, ...rule.condition }] : [],
  );
  if (conditions.length === 0) return true;
  if (conditions.some(({ side, path }) => faultAt(engine, pair, side, path, read[side]) !== null))
    return link.state !== 'out-of-scope';
  return conditions.some(({ side, path, equals }) =>
    same(accessor(path).read(read[side].fields) ?? null, equals),
  );
}

/**
 * Whether two linked records are to be brought together. Those that leave the scope are as if they had never been linked,
 * but what they agreed on is kept, so that they are the same two when they return (I2, I8).
 */
export function keepsInStep(engine: Engine, pair: PairPlan, link: Link, read: Record<Side, Remote>): boolean {
  if (isInScope(engine, pair, link, read)) return true;
  const { store, stages } = engine;
  if (link.state === 'out-of-scope') return false;
  store.atomic(() => {
    // Two that were never brought together are met for the first time whenever they come into scope.
    if (link.base === null) store.dropLink(pair.slug, link.aId);
    else stages.saveLink(store, { ...link, state: 'out-of-scope' });
    store.setProblems(pair.slug, 'a', link.aId, []);
    store.setProblems(pair.slug, 'b', link.bId, []);
    wakeWaiting(engine, link);
  });
  return false;
}
