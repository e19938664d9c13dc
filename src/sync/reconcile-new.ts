import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import { activeRows } from './active-rows.js';
import { candidatesOf, choose, findCandidates } from './candidates.js';
import { ClientError } from './client-error.js';
import type { Remote } from './client.js';
import { against, makeIntent } from './create-intent.js';
import { findLost, type Lost } from './find-lost.js';
import { inOwnForm } from './fit.js';
import { isEmpty, same } from './json.js';
import { MalformedAnswer } from './malformed-answer.js';
import {
  entityOf,
  faultAt,
  fieldAt,
  other,
  noteReconciled,
  problem,
  refKey,
  wakeWaiting,
  type Engine,
} from './pair-context.js';
import { accessor } from './paths.js';
import { note, noteRead, pollChanges } from './poll.js';
import { reconcileLink } from './reconcile-link.js';
import { followReplaced } from './referrers.js';
import { freeRivals } from './rivals.js';
import type { Base, CreateIntent } from './store/port.js';
import { UnlinkedReference } from './transform.js';

/**
 * Links a record that matches one of the other side, or creates its counterpart where the plan says so (I2, I28).
 * Matches are always decided from side a, so that two records of b for one of a are seen to be ambiguous.
 */
export async function reconcileNew(engine: Engine, pair: PairPlan, side: Side, id: string): Promise<void> {
  const remote = await engine.clients[side].get(entityOf(engine, side, pair.entity[side]), id);
  const pending = engine.store.createIntent(pair.slug, side, id);
  if (remote === null) return finishWithout(engine, pair, side, id, pending);
  if (pending === null) {
    needKeys(engine, pair, side, remote);
    const candidates = await findCandidates(engine, pair, side, remote);
    // Not before: whether the other side is read again depends on whether this one was known.
    noteRead(engine, pair, side, remote);
    const [only] = candidates;
    if (side === 'b' && only !== undefined) return reconcileNew(engine, pair, 'a', only);
    if (candidates.length > 1 && pair.policies.ambiguousMatch === 'report') {
      const message = `matches ${candidates.length} records: ${candidates.join(', ')}`;
      engine.store.setProblems(pair.slug, side, id, [problem(pair, side, id, null, message)]);
      return;
    }
    const chosen = await choose(engine, pair, side, candidates);
    // Only a record of side a comes here with candidates.
    if (chosen !== null) return linkTo(engine, pair, id, chosen);
    engine.store.setProblems(pair.slug, side, id, []);
    if (!mayCreate(engine, pair, side, remote)) return;
  }
  const lost = pending === null ? null : await findLost(engine, pair, side, remote, pending);
  noteRead(engine, pair, side, remote);
  if (lost?.kind === 'match') {
    engine.store.dropCreateIntent(pair.slug, side, id);
    return reconcileNew(engine, pair, side, id);
  }
  await create(engine, pair, side, remote, pending, lost);
}

/** What decides on a link or a creation must be known, or the record would be made twice (I2). */
function needKeys(engine: Engine, pair: PairPlan, side: Side, remote: Remote): void {
  const rule = pair.creation[side];
  const paths = pair.match.flatMap((key) => key.parts.map((part) => part[side]));
  if (rule?.kind === 'when') paths.push(rule.condition.path);
  for (const path of paths) {
    const why = faultAt(engine, pair, side, path, remote);
    if (why !== null) throw new MalformedAnswer(`${path} of ${pair.entity[side]} ${remote.id} ${why}`, path);
  }
}

/**
 * A record that is gone before it was linked. One whose counterpart may have been created already is linked all the
 * same, by the same create again, so that the deletion takes its course (I16, I17).
 */
async function finishWithout(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  id: string,
  pending: CreateIntent | null,
): Promise<void> {
  freeRivals(engine, side, pair.entity[side], id);
  if (pending === null) return;
  const gone: Remote = {
    id,
    fields: {},
    stamp: 0,
    createdAt: null,
    updatedAt: 0,
    version: null,
    fieldTimes: null,
  };
  await create(engine, pair, side, gone, pending, await findLost(engine, pair, side, null, pending));
  const link = engine.store.linkOf(pair.slug, side, id);
  if (link !== null) await reconcileLink(engine, pair, link);
}

async function linkTo(engine: Engine, pair: PairPlan, aId: string, bId: string): Promise<void> {
  const link = { pair: pair.slug, aId, bId, base: null, state: 'live' as const, pending: null };
  engine.store.atomic(() => {
    for (const end of ['a', 'b'] as const) {
      const old = engine.store.linkOf(pair.slug, end, end === 'a' ? aId : bId);
      if (old === null || old.state === 'live') continue;
      engine.store.dropLink(pair.slug, old.aId);
      followReplaced(engine, pair.slug, end, end === 'a' ? aId : bId);
    }
    engine.stages.saveLink(engine.store, link);
    engine.store.setProblems(pair.slug, 'a', aId, []);
    engine.store.setProblems(pair.slug, 'b', bId, []);
    wakeWaiting(engine, { pair: pair.slug, aId, bId });
  });
  await reconcileLink(engine, pair, link);
}

function mayCreate(engine: Engine, pair: PairPlan, side: Side, remote: Remote): boolean {
  const rule = pair.creation[side];
  if (rule === null || rule.kind === 'linked-only') return false;
  if (pair.policies.noMatch === 'wait' && pair.match.length > 0) return false;
  if (rule.kind === 'every') return true;
  if (rule.kind === 'when')
    return same(accessor(rule.condition.path).read(remote.fields) ?? null, rule.condition.equals);
  const refs: string[] = [];
  for (const { pair: slug, path } of rule.to) {
    const id = accessor(path).read(remote.fields) ?? null;
    if (id === null) continue;
    if (engine.store.linkOf(slug, side, String(id))?.state === 'live') return true;
    refs.push(refKey(slug, side, String(id)));
  }
  const [ref, ...others] = refs;
  if (ref !== undefined) throw new UnlinkedReference(ref, ...others);
  return false;
}

async function create(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  remote: Remote,
  earlier: CreateIntent | null,
  lost: Lost | null,
): Promise<void> {
  const { store, stages, clients } = engine;
  const to = other(side);
  const entity = entityOf(engine, to, pair.entity[to]);
  const intent = earlier ?? makeIntent(engine, pair, side, remote);
  const key = stages.idempotencyKey(earlier?.key ?? null, () => intent.key);
  const noteSent = () => store.putCreateIntent({ ...intent, sentAt: engine.clock.now() });
  let made: Remote;
  try {
    made = lost?.record ?? (await clients[to].create(entity, intent.fields, key, noteSent));
  } catch (error) {
    if (error instanceof ClientError && error.kind !== 'transient')
      store.dropCreateIntent(pair.slug, side, remote.id);
    else if (error instanceof ClientError) noteSent();
    // What was to be sent may be older than the record: it is read anew before it is given up (I5), and so is the other
    // side, where an earlier attempt may have made it (I2).
    if (earlier !== null && error instanceof ClientError && error.kind === 'permanent') {
      await pollChanges(engine, to, pair.entity[to]);
      throw new ClientError('transient', error.message, error.field);
    }
    if (!(error instanceof ClientError) || error.kind !== 'duplicate') throw error;
    return linkDuplicate(engine, pair, side, remote, error);
  }
  const [aId, bId] = side === 'a' ? [remote.id, made.id] : [made.id, remote.id];
  const taken = store.linkOf(pair.slug, to, made.id);
  if (taken !== null && (taken.aId !== aId || taken.bId !== bId)) {
    store.dropCreateIntent(pair.slug, side, remote.id);
    throw new ClientError('transient', `what was made for ${remote.id} is linked with another record`, null);
  }
  const base: Base = {};
  const problems = [...intent.problems];
  const [a, b] = side === 'a' ? [remote, made] : [made, remote];
  for (const row of activeRows(stages.rows(pair.rows), { a: a.fields, b: b.fields })) {
    const why = faultAt(engine, pair, to, row[to], made);
    if (why !== null)
      problems.push(problem(pair, to, made.id, row[to], `the property ${why} to its creation`));
    const value = intent.values[row.slug];
    if (value === undefined && row.direction === against(side)) continue;
    // A repeated create answers with the record as it is now, which a user may have edited since.
    const isNew = earlier === null && why === null;
    const held = accessor(row[to]).read(isNew ? made.fields : intent.fields) ?? null;
    // What is empty beside a sent value may never have been made of it: it is no clear that is passed on (I5, I13).
    if (lost?.kind === 'edited' && isEmpty(accessor(row[to]).read(made.fields)) && !isEmpty(held)) continue;
    // A value that was left out is still to be carried: what stands in its place is nobody's edit (I5).
    base[row.slug] = { ...value, [to]: isNew ? held : inOwnForm(fieldAt(entity, row[to]), held) };
    const replaced = intent.replaced?.[row.slug];
    if (replaced !== undefined) base[row.slug] = { ...base[row.slug], [replaced]: null };
  }
  store.atomic(() => {
    stages.saveLink(store, { pair: pair.slug, aId, bId, base, state: 'live', pending: null });
    store.dropCreateIntent(pair.slug, side, remote.id);
    store.setProblems(pair.slug, side, remote.id, problems);
    note(engine, to, pair.entity[to], made);
    wakeWaiting(engine, { pair: pair.slug, aId, bId });
    if (earlier !== null)
      store.markDirty({ side: to, entity: pair.entity[to], id: made.id }, engine.clock.now());
    if (intent === earlier || problems.length > 0) return;
    noteReconciled(engine, pair, to, made);
    noteReconciled(engine, pair, side, remote);
  });
}

/** The provider holds the unique value already: its record is found again and linked like any that matches (I2, I28). */
async function linkDuplicate(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  remote: Remote,
  error: ClientError,
): Promise<void> {
  await pollChanges(engine, other(side), pair.entity[other(side)]);
  const found = await candidatesOf(engine, pair, side, remote);
  if (found.length === 0) throw error;
  await reconcileNew(engine, pair, side, remote.id);
}
