import type { Check } from '../checklist/check.js';
import type { MappedRow, SyncPlan } from '../checklist/plan.js';
import type { Json, JsonObject } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import type { Target } from '../drivers/ports.js';
import type { CheckOutcome, Step } from '../run/record.js';
import { roundsOf, type Bundle } from './bundle.js';
import type { Side } from '../checklist/policies.js';
import { CheckContext, type Pairing } from './context.js';
import { establish, expectAgreement } from './establish.js';
import { show, type CheckFailure } from './failure.js';
import { ownValue } from './mark.js';
import { sameValue } from './oracle/agree.js';
import { runCheck } from './run-check.js';
import { editValue } from './sample.js';
import {
  arrivalFailure,
  carriedFailure,
  clearFailure,
  clearsNothing,
  needTaken,
  rowOf,
  save,
} from './scenarios/edits.js';

/** What the shared world showed of one check; null is a pass. */
type Shown = { failure: CheckFailure | null; steps: Step[] };
type Item = { check: Check; row: MappedRow };

/**
 * Judges the checks of a bundle in one world. Whatever does not come out right there is judged again in a world of
 * its own, which gives the verdict and its evidence; what fails only together with others stays failed. `seedOf`
 * gives the seed of a check id or bundle key. Never throws.
 */
export async function runBundle(
  bundle: Bundle,
  plan: SyncPlan,
  target: Target,
  seedOf: (key: string) => number,
): Promise<Map<string, CheckOutcome>> {
  const started = performance.now();
  const alone = (check: Check) => runCheck(check, plan, target, seedOf(check.id));
  const outcomes = new Map<string, CheckOutcome>();
  const shown =
    bundle.kind === 'solo' || bundle.checks.length === 1
      ? new Map<string, Shown>()
      : await together(bundle, plan, target, seedOf(bundle.key));
  const durationMs = (performance.now() - started) / bundle.checks.length;
  for (const check of bundle.checks) {
    const one = shown.get(check.id);
    if (one?.failure === null) {
      outcomes.set(check.id, passed(one.steps, durationMs));
      continue;
    }
    const outcome = await alone(check);
    const onlyTogether = one !== undefined && outcome.verdict === 'verified';
    outcomes.set(check.id, onlyTogether ? failedTogether(outcome, one, bundle) : outcome);
  }
  return outcomes;
}

const passed = (steps: Step[], durationMs: number): CheckOutcome => ({
  verdict: 'verified',
  reason: null,
  remedy: null,
  steps,
  evidence: null,
  durationMs: Math.round(durationMs * 100) / 100,
});

function failedTogether(outcome: CheckOutcome, { failure, steps }: Shown, bundle: Bundle): CheckOutcome {
  const reason = `only when several properties are saved together: ${failure?.message ?? ''}`;
  return {
    ...outcome,
    verdict: 'failed',
    reason,
    remedy: `Replay the whole group with --only for each of: ${bundle.checks.map((check) => check.id).join(', ')}`,
    steps: [...steps, { text: reason, status: 'failed' }],
    evidence: {
      exchanges: [],
      before: { a: null, b: null },
      after: { a: null, b: null },
      differences: failure?.differences ?? [],
    },
  };
}

async function together(
  bundle: Bundle,
  plan: SyncPlan,
  target: Target,
  seed: number,
): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  const [first] = bundle.checks;
  const pair = plan.pairs.find((one) => one.slug === first?.pair);
  if (first === undefined || pair === undefined) return shown;
  if (first.needs.some((need) => !target.capabilities.has(need))) return shown;
  try {
    const world = await target.open([first.pair], seed, { purpose: bundle.key });
    try {
      const context = new CheckContext(first, plan, pair, world, seed, (settings) =>
        target.open([first.pair], seed, settings),
      );
      const own = bundle.checks.map((check) => ownValue(check, plan, world.tag));
      if (bundle.kind === 'carried') await carriedTogether(context, own, shown);
      else await editTogether(context, own, shown);
    } finally {
      await world.close();
    }
  } catch {
    // What was not shown is judged alone, where an error gets its verdict and evidence.
  }
  return shown;
}

/** New records with one example of each row in every round. */
async function carriedTogether(
  context: CheckContext,
  checks: Check[],
  shown: Map<string, Shown>,
): Promise<void> {
  const plain = checks.filter((check) => check.value === null);
  const rounds = roundsOf(
    checks.filter((check) => check.value !== null),
    context.plan,
  );
  for (const round of [plain.map((check) => ({ check })), ...rounds]) {
    if (round.length === 0) continue;
    const from = context.steps.length;
    const values = round.map(({ check }) => [check.property, check.value?.value ?? null] as const);
    const overrides: Record<string, Json> = {};
    for (const [slug, value] of values) {
      const row = context.pair.rows.find((one) => one.slug === slug);
      if (row !== undefined && value !== null) overrides[row.a] = value;
    }
    const link = await establish(context, overrides, async ({ bId, a }) => {
      const arrived = await context.fieldsOf('b', bId);
      for (const { check } of round) {
        const { kind } = rowOf(context, check).transform;
        const missing = carriedFailure(context, check, a, arrived);
        if (missing !== null && kind !== 'reference' && kind !== 'lines') throw missing;
      }
    });
    const b = await context.fieldsOf('b', link.bId);
    for (const { check } of round) {
      const failure = carriedFailure(context, check, link.a, b);
      const row = context.pair.rows.find((one) => one.slug === check.property);
      const seen = row === undefined ? null : getPath(b, row.b);
      shown.set(check.id, {
        failure,
        steps: stepsOf(context, from, `Then ${row?.b ?? ''} is ${show(seen)}`),
      });
    }
  }
}

/** One linked record; each round saves one value of every row, the last ones clear. */
async function editTogether(
  context: CheckContext,
  checks: Check[],
  shown: Map<string, Shown>,
): Promise<void> {
  const link = await establish(context);
  const { from, to } = context;
  const id = { a: link.aId, b: link.bId };
  const read = async () => ({ a: await context.fieldsOf('a', id.a), b: await context.fieldsOf('b', id.b) });
  const given = context.steps.length;
  let before = await read();
  for (const round of roundsOf(checks, context.plan)) {
    const values = await valuesOf(context, round, before[from]);
    if (await makeDifferent(context, round, values, link, before[from])) before = await read();
    const changes = Object.fromEntries(round.map(({ row }) => [row[from], values.get(row) ?? null]));
    const saved = await save(context, from, id[from], changes);
    for (const { check, row } of round)
      if (check.scenario !== 'clear')
        needTaken(context, row, values.get(row) ?? null, getPath(before[from], row[from]), saved);
    const was = before;
    const failureOf = ({ check, row }: Item, after: Record<Side, JsonObject>) =>
      check.scenario === 'clear'
        ? clearFailure(context, check, getPath(was[to], row[to]), getPath(after[to], row[to]))
        : arrivalFailure(context, check, getPath(saved.fields, row[from]), after);
    const nothing = clearsNothing(context) && round.every(({ check }) => check.scenario === 'clear');
    const expectAll = async () => {
      const now = await read();
      for (const item of round) {
        const failure = failureOf(item, now);
        if (failure !== null) throw failure;
      }
    };
    await context.settle(nothing ? undefined : expectAll);
    const after = await read();
    for (const { check, row } of round) {
      const failure = failureOf({ check, row }, after);
      const what = check.scenario === 'clear' ? 'cleared' : `edited to ${show(values.get(row))}`;
      const others = round.length === 1 ? '' : `, saved together with ${round.length - 1} other properties`;
      const when = `When ${row[from]} of the ${context.name(from)} is ${what}${others}`;
      const then = `Then ${row[to]} of the ${context.name(to)} is ${show(getPath(after[to], row[to]))}`;
      shown.set(check.id, {
        failure,
        steps: [
          ...context.steps.slice(0, given),
          { text: when, status: 'passed' },
          { text: then, status: 'passed' },
        ],
      });
    }
    before = after;
  }
}

/** What each row is set to: the check's own value, nothing, or for a plain edit any other value. */
async function valuesOf(
  context: CheckContext,
  round: Item[],
  current: JsonObject,
): Promise<Map<MappedRow, Json>> {
  const { from } = context;
  const values = new Map<MappedRow, Json>();
  for (const { check, row } of round) {
    const isPlain = check.scenario === 'edit' && check.value === null;
    const own = check.value?.value ?? null;
    values.set(row, isPlain ? await editValue(context, row, from, getPath(current, row[from])) : own);
  }
  return values;
}

/** A value that stands there already is no edit: such properties get another value first. */
async function makeDifferent(
  context: CheckContext,
  round: Item[],
  values: Map<MappedRow, Json>,
  link: Pairing,
  current: JsonObject,
): Promise<boolean> {
  const { from } = context;
  const id = from === 'a' ? link.aId : link.bId;
  const changes: Record<string, Json> = {};
  for (const { row } of round) {
    const held = getPath(current, row[from]);
    const wanted = values.get(row) ?? null;
    if (sameValue(row.transform, wanted, held))
      changes[row[from]] = await editValue(context, row, from, held);
  }
  if (Object.keys(changes).length === 0) return false;
  await save(context, from, id, changes);
  const changed = round.filter(({ row }) => row[from] in changes).map(({ row }) => row.slug);
  await context.settle(() => expectAgreement(context, link, 'after a first edit', changed));
  return true;
}

const stepsOf = (context: CheckContext, from: number, then: string): Step[] => [
  ...context.steps.slice(from),
  { text: then, status: 'passed' },
];
