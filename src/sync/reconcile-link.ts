import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json } from '../contract/field.js';
import type { SyncProblem } from '../drivers/ports.js';
import { ClientError } from './client-error.js';
import type { Remote } from './client.js';
import { activeRows } from './active-rows.js';
import { fit, inOwnForm } from './fit.js';
import { agrees } from './json.js';
import { handleGone, offerRest } from './gone.js';
import { mergeRow } from './merge.js';
import { MalformedAnswer } from './malformed-answer.js';
import { emptiedByReplace } from './missing.js';
import {
  entityOf,
  faultAt,
  fieldAt,
  MISSING,
  noteReconciled,
  problem,
  referOf,
  type Engine,
  wakeWaiting,
} from './pair-context.js';
import { accessor } from './paths.js';
import { faultOf, faultProblem } from './row-fault.js';
import { note, noteRead } from './poll.js';
import { retryReferrers } from './referrers.js';
import { keepsInStep } from './scope.js';
import type { Base, Link } from './store/port.js';
import { UnmappableValue } from './transform.js';

const MOST_REREADS = 5;
/**
 * What one pass writes may concern other rows: those of the same property, and those under a condition on it. An edit may
 * have to pass through all rows, one in each pass; these are the passes beyond, after which it is no edit that goes on.
 */
const MOST_MORE_PASSES = 5;
const NO_TIME = 0;

const rowsFor = (engine: Engine, pair: PairPlan, read: Record<Side, Remote>): MappedRow[] =>
  activeRows(engine.stages.rows(pair.rows), { a: read.a.fields, b: read.b.fields });

const valueOf = (row: MappedRow, side: Side, remote: Remote): Json =>
  accessor(row[side]).read(remote.fields) ?? null;

/** Brings two linked records together, property by property; re-reads when one changed meanwhile (I1, I5, I10). */
export async function reconcileLink(engine: Engine, pair: PairPlan, link: Link): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const read = await readBoth(engine, pair, link);
    if (read === null) return;
    try {
      for (let pass = 1; pass <= pair.rows.length + MOST_MORE_PASSES; pass++) {
        const current = engine.store.linkOf(pair.slug, 'a', link.aId) ?? link;
        const isDone = !(await mergeBoth(engine, pair, current, read));
        if (isDone || !engine.stages.looksAgain()) return;
      }
      return;
    } catch (error) {
      const again = error instanceof ClientError && error.kind === 'conflict' && attempt < MOST_REREADS;
      if (!again) throw error;
    }
  }
}

async function readBoth(engine: Engine, pair: PairPlan, link: Link): Promise<Record<Side, Remote> | null> {
  const [a, b] = [
    await engine.clients.a.get(entityOf(engine, 'a', pair.entity.a), link.aId),
    await engine.clients.b.get(entityOf(engine, 'b', pair.entity.b), link.bId),
  ];
  if (a !== null && b !== null) {
    noteRead(engine, pair, 'a', a);
    noteRead(engine, pair, 'b', b);
    if (!keepsInStep(engine, pair, link, { a, b })) return null;
    if (link.state !== 'live') {
      engine.stages.saveLink(engine.store, { ...link, state: 'live' });
      wakeWaiting(engine, link);
      retryReferrers(engine, link);
    }
    return { a, b };
  }
  const side = a === null ? 'a' : 'b';
  const left = a ?? b;
  if (link.state === 'live' || link.state === 'out-of-scope')
    await handleGone(engine, pair, link, side, left);
  else if (left !== null) offerRest(engine, pair, link, side, left);
  return null;
}

type Changes = Record<Side, Map<string, Json>>;
/** A row that is written, and the value of the other side that it carries. */
type Written = { row: MappedRow; carried: Json };

/** One pass over the rows; true when what it wrote concerns others of them. `read` takes the answers to what is written. */
async function mergeBoth(
  engine: Engine,
  pair: PairPlan,
  link: Link,
  read: Record<Side, Remote>,
): Promise<boolean> {
  const base = adoptPending(engine, pair, link, read);
  const rows = rowsFor(engine, pair, read);
  const next: Base = { ...base };
  const changes: Changes = { a: new Map(), b: new Map() };
  const written: Record<Side, Written[]> = { a: [], b: [] };
  const problems: SyncProblem[] = [];
  const times = editTimes(engine, pair, read);
  for (const row of rows) {
    const fault = faultOf(engine, pair, row, read);
    if (fault !== null && (fault.why !== MISSING || engine.stages.onMissingField() !== 'empty')) {
      if (engine.stages.onMissingField() === 'fail') throw new Error(`${row[fault.side]} ${fault.why}`);
      problems.push(faultProblem(pair, fault, row, read[fault.side]));
      continue;
    }
    const [a, b] = [valueOf(row, 'a', read.a), valueOf(row, 'b', read.b)];
    const carried = (from: Side) => {
      const to = from === 'a' ? 'b' : 'a';
      const value = engine.stages.carry(row, from, from === 'a' ? a : b, referOf(engine));
      return fit(fieldAt(entityOf(engine, to, pair.entity[to]), row[to]), value, pair.policies);
    };
    try {
      const newer = async () => engine.stages.compareEdits(await times(row), pair.policies.clockToleranceMs);
      const decision = await mergeRow({
        row,
        a,
        b,
        base: base[row.slug] ?? null,
        policies: pair.policies,
        carried,
        newer,
        stages: engine.stages,
      });
      if (decision.kind === 'review') {
        problems.push(problem(pair, 'a', link.aId, row.a, 'both sides were edited; kept for review'));
      } else if (decision.kind === 'write') {
        const { side, value } = decision;
        const path = row[side];
        const rival = written[side].find((one) => one.row[side] === path);
        const from = side === 'a' ? 'b' : 'a';
        // Of two edits that go to one property the newer one holds; the other is looked at in the next pass.
        if (rival !== undefined && !agrees(changes[side].get(path) ?? null, value)) {
          if ((await times(row))[from] <= (await times(rival.row))[from]) continue;
          written[side] = written[side].filter((one) => one.row[side] !== path);
        }
        changes[side].set(path, value);
        written[side].push({ row, carried: side === 'a' ? b : a });
      } else next[row.slug] = { a, b };
    } catch (error) {
      if (!(error instanceof UnmappableValue)) throw error;
      problems.push(problem(pair, 'a', link.aId, row.a, error.message));
    }
  }
  await writeBoth({ engine, pair, link, read, changes, written, base, next, problems });
  if (problems.length === 0)
    for (const side of ['a', 'b'] as const) noteReconciled(engine, pair, side, read[side]);
  engine.store.setProblems(pair.slug, 'a', link.aId, problems);
  engine.store.setProblems(pair.slug, 'b', link.bId, []);
  const isShared = (row: MappedRow, side: Side) =>
    changes[side].has(row[side]) && !written[side].some((one) => one.row === row);
  return (
    rows.some((row) => isShared(row, 'a') || isShared(row, 'b')) ||
    rowsFor(engine, pair, read).some((row) => !rows.some(({ slug, a }) => slug === row.slug && a === row.a))
  );
}

/** Property edit times of both sides, fetched at most once and only when a conflict asks for them. */
function editTimes(
  engine: Engine,
  pair: PairPlan,
  read: Record<Side, Remote>,
): (row: MappedRow) => Promise<{ a: number; b: number }> {
  const cached: Partial<Record<Side, Record<string, number>>> = {};
  const timesOf = async (side: Side) =>
    (cached[side] ??= await engine.clients[side].fieldTimes(
      entityOf(engine, side, pair.entity[side]),
      read[side],
    ));
  return async (row) => {
    const a = engine.stages.editTime(await timesOf('a'), row.a, read.a);
    const b = engine.stages.editTime(await timesOf('b'), row.b, read.b);
    // A system that tells no time of an edit can neither win nor lose by it.
    return a === NO_TIME || b === NO_TIME ? { a: NO_TIME, b: NO_TIME } : { a, b };
  };
}

/** An update whose answer was lost: what stands there as it was meant is ours, not a user's edit (I17). */
function adoptPending(engine: Engine, pair: PairPlan, link: Link, read: Record<Side, Remote>): Base {
  const base = { ...link.base };
  if (link.pending === null) return base;
  for (const row of rowsFor(engine, pair, read)) {
    const meant = link.pending.rows[row.slug];
    if (meant === undefined) continue;
    const { side } = link.pending;
    // What an answer lacks was not emptied by us (I13).
    if (faultAt(engine, pair, side, row[side], read[side]) !== null) continue;
    if (agrees(valueOf(row, side, read[side]), meant[side] ?? null)) base[row.slug] = meant;
  }
  return base;
}

type Writing = {
  engine: Engine;
  pair: PairPlan;
  link: Link;
  read: Record<Side, Remote>;
  changes: Changes;
  written: Record<Side, Written[]>;
  base: Base;
  next: Base;
  /** Takes what the answers show to be wrong. */
  problems: SyncProblem[];
};

async function writeBoth({
  engine,
  pair,
  link,
  read,
  changes,
  written,
  base,
  next,
  problems,
}: Writing): Promise<void> {
  const { store, stages } = engine;
  let agreed = next;
  let held: ClientError | null = null;
  for (const side of ['a', 'b'] as const) {
    if (changes[side].size === 0) continue;
    const emptied = emptiedByReplace(engine, pair, side, read[side]);
    if (emptied !== null) {
      held = new MalformedAnswer(`the answer lacks ${emptied}, and writing would empty it`, emptied);
      continue;
    }
    const from = side === 'a' ? 'b' : 'a';
    const entity = entityOf(engine, side, pair.entity[side]);
    const cells = written[side].map(({ row, carried }) => {
      // As the provider will keep it: when the answer is lost, that is what is found there (I17).
      const kept = inOwnForm(fieldAt(entity, row[side]), changes[side].get(row[side]) ?? null);
      return { row, cell: { [from]: carried, [side]: kept } };
    });
    const meant: Base = Object.fromEntries(cells.map(({ row, cell }) => [row.slug, cell]));
    stages.saveLink(store, { ...link, base: agreed, pending: { side, rows: meant } });
    const extra = stages.besides(
      entity.fields.map((field) => field.path),
      changes[side],
    );
    const current = { ...read[side], version: stages.guardVersion(read[side].version) };
    const answer = await engine.clients[side].update(entity, current, new Map([...extra, ...changes[side]]));
    const after: Base = { ...agreed };
    for (const row of rowsFor(engine, pair, { ...read, [side]: answer })) {
      const why = faultAt(engine, pair, side, row[side], answer);
      if (why !== null) problems.push(faultProblem(pair, { side, why }, row, answer));
    }
    // Of several sources of one property another may count by now; what was agreed on is that of the one that did.
    for (const { row, cell } of cells) {
      const isThere = faultAt(engine, pair, side, row[side], answer) === null;
      after[row.slug] = isThere ? { ...cell, [side]: valueOf(row, side, answer) } : cell;
    }
    agreed = stages.baseAfterWrite(base, after);
    store.atomic(() => {
      stages.saveLink(store, { ...link, base: agreed, pending: null });
      note(engine, side, pair.entity[side], answer);
    });
    read[side] = answer;
  }
  if (changes.a.size + changes.b.size === 0) stages.saveLink(store, { ...link, base: agreed, pending: null });
  if (held !== null) throw held;
}
