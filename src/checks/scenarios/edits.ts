import type { Check } from '../../checklist/check.js';
import type { MappedRow } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import type { StoredRecord } from '../../drivers/ports.js';
import { getPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { establish, expectAgreement, expectValue, remember } from '../establish.js';
import { CheckFailure, NotTestableHere, show } from '../failure.js';
import { differenceOf, sameValue } from '../oracle/agree.js';
import { expectedOnB } from '../oracle/expected.js';
import { rivalsOf } from '../oracle/live-rows.js';
import { editValue } from '../sample.js';

export function rowOf(context: CheckContext, check: Check): MappedRow {
  const row = context.pair.rows.find((one) => one.slug === check.property);
  if (row === undefined) throw new Error(`the plan holds no row ${check.property ?? ''}`);
  return row;
}

/** I1, I4: the value of a new record is on its counterpart. */
export async function propertyCarried(context: CheckContext): Promise<void> {
  const row = context.row();
  const overrides = context.check.value === null ? {} : { [row.a]: context.check.value.value };
  const link = await establish(context, overrides, async ({ bId, a }) => {
    const missing = carriedFailure(context, context.check, a, await context.fieldsOf('b', bId));
    if (missing !== null && row.transform.kind !== 'reference' && row.transform.kind !== 'lines')
      throw missing;
  });
  const found = await context.fieldsOf('b', link.bId);
  const failure = carriedFailure(context, context.check, link.a, found);
  if (failure !== null) throw failure;
  context.step(`Then ${row.b} is ${show(getPath(found, row.b))}`);
}

/** Whether the counterpart `b` of a new record `a` holds what the check's row demands. */
export function carriedFailure(
  context: CheckContext,
  check: Check,
  a: JsonObject,
  b: JsonObject,
): CheckFailure | null {
  const row = rowOf(context, check);
  const own = getPath(a, row.a);
  const expected = check.expected ?? expectedOnB(row.transform, own, context.refer);
  const found = getPath(b, row.b);
  if (sameValue(row.transform, expected, found)) return null;
  return new CheckFailure(
    `${context.name('b')}.${row.b} is ${show(found)} after the creation, expected ${show(expected)} from ${row.a} ${show(own)}`,
    [{ path: row.b, expected, found }],
  );
}

/** I1, I5: an edit arrives, and is still there on the side where it was made. */
export async function edit(context: CheckContext): Promise<void> {
  const row = context.row();
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  await remember(context);
  const current = getPath(context.before[from]?.fields ?? {}, row[from]);
  let value =
    context.check.value === null ? await editValue(context, row, from, current) : context.check.value.value;
  if (context.check.value !== null && sameValue(row.transform, value, current)) {
    await save(context, from, id[from], { [row[from]]: await editValue(context, row, from, current) });
    await context.settle(() => expectAgreement(context, link, 'after the first edit', [row.slug]));
    await remember(context);
  }
  const held = getPath(context.before[from]?.fields ?? {}, row[from]);
  const saved = await save(context, from, id[from], { [row[from]]: value });
  context.step(`When ${row[from]} of the ${context.name(from)} is edited to ${show(value)}`);
  needTaken(context, row, value, held, saved);
  value = getPath(saved.fields, row[from]);
  const expectArrival = async () => {
    const [a, b] = [await context.fieldsOf('a', link.aId), await context.fieldsOf('b', link.bId)];
    const failure = arrivalFailure(context, context.check, value, { a, b });
    if (failure !== null) throw failure;
  };
  await context.settleUntil(expectArrival);
  context.step(`Then the ${context.name(to)} shows it`);
}

/** What both records hold after an edit, against what the edit must have brought about; null when it arrived. */
export function arrivalFailure(
  context: CheckContext,
  check: Check,
  value: Json,
  after: Record<Side, JsonObject>,
): CheckFailure | null {
  const row = rowOf(context, check);
  const { from, to } = context;
  const found = getPath(after[to], row[to]);
  const kept = getPath(after[from], row[from]);
  if (JSON.stringify(kept) !== JSON.stringify(value)) {
    return new CheckFailure(
      `${context.name(from)}.${row[from]} is ${show(kept)} where it was edited to ${show(value)}`,
      [{ path: row[from], expected: value, found: kept }],
    );
  }
  const difference = differenceOf(row, after.a, after.b, context.refer);
  const { expected } = check;
  const exampleBroken = to === 'b' && expected !== undefined && !sameValue(row.transform, expected, found);
  if (difference === null && !exampleBroken) return null;
  const wrote = context.syncWrites(0).some((one) => one.mutation?.kind === 'update');
  const seen = context.seesWrites ? `; the sync made ${wrote ? 'an' : 'no'} update call` : '';
  return new CheckFailure(
    `${context.name(to)}.${row[to]} is ${show(found)} after ${context.name(from)}.${row[from]} was edited to ${show(value)}` +
      `${difference === null ? `, expected ${show(expected)}` : to === 'b' ? `, expected ${show(difference.expected)}` : ''}${seen}`,
    difference === null ? [{ path: row[to], expected: expected ?? null, found }] : [difference],
  );
}

/** A provider that drops an edit leaves nothing to be judged: without this, what was there already would pass. */
export function needTaken(
  context: CheckContext,
  row: MappedRow,
  wanted: Json,
  held: Json,
  saved: StoredRecord,
): void {
  const { from } = context;
  const kept = getPath(saved.fields, row[from]);
  if (sameValue(row.transform, wanted, held) || !sameValue(row.transform, kept, held)) return;
  throw new NotTestableHere(
    `the ${context.name(from)} kept ${row[from]} ${show(held)} where ${show(wanted)} was saved`,
    'correct the field in the profile: readOnly, createOnly, or the values that it takes',
  );
}

export async function save(
  context: CheckContext,
  side: 'a' | 'b',
  id: string,
  changes: Record<string, Json>,
): Promise<StoredRecord> {
  return context.world[side].update(context.pair.entity[side], id, changes);
}

/** I13: clearing is an edit like any other, or never overwrites, as declared. */
export async function clear(context: CheckContext): Promise<void> {
  const row = context.row();
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const kept = getPath(await context.fieldsOf(to, id[to]), row[to]);
  await save(context, from, id[from], { [row[from]]: null });
  context.step(`When ${row[from]} of the ${context.name(from)} is cleared`);
  const shown = async () => getPath(await context.fieldsOf(to, id[to]), row[to]);
  const expectCleared = async () => {
    const failure = clearFailure(context, context.check, kept, await shown());
    if (failure !== null) throw failure;
  };
  await context.settle(clearsNothing(context) ? undefined : expectCleared);
  await expectCleared();
  const found = await shown();
  context.step(`Then ${row[to]} of the ${context.name(to)} is ${show(found)}`);
}

/** Whether nothing may happen when a value is cleared, so that there is nothing to look for. */
export const clearsNothing = (context: CheckContext) =>
  context.pair.policies.emptyAfterwards === 'never-overwrite';

/** Whether the other side is cleared, or kept its value, as declared; `kept` is what stood there before. */
export function clearFailure(
  context: CheckContext,
  check: Check,
  kept: Json,
  found: Json,
): CheckFailure | null {
  const row = rowOf(context, check);
  const { from, to } = context;
  const propagates = context.pair.policies.emptyAfterwards === 'propagate';
  const rivals = rivalsOf(context.pair.rows, row);
  const holding = rivals.find((one) => one === row || one.only === undefined) ?? row;
  const expected = !propagates
    ? kept
    : to === 'b'
      ? expectedOnB(holding.transform, null, context.refer)
      : null;
  const agrees =
    sameValue(row.transform, found, expected) ||
    (to === 'a' && propagates && row.transform.kind === 'placeholder');
  if (agrees) return null;
  return new CheckFailure(
    `${context.name(to)}.${row[to]} is ${show(found)} after the ${context.name(from)}'s ${row[from]} was cleared, expected ${show(expected)}`,
    [{ path: row[to], expected, found }],
  );
}

const LOST_EDIT = 'an edit that cannot be written is not reported';

async function expectProblem(context: CheckContext, ids: string[], otherwise: string): Promise<void> {
  const problems = (await context.world.sync.status?.())?.problems ?? [];
  if (!problems.some((problem) => ids.includes(problem.recordId))) throw new CheckFailure(otherwise);
}

/** I5, I12: text that the other side does not take is reported or cut, and never comes back cut. */
export async function overLongText(context: CheckContext): Promise<void> {
  const row = context.row();
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const kept = getPath(await context.fieldsOf(to, id[to]), row[to]);
  const value = context.check.value?.value ?? null;
  await save(context, from, id[from], { [row[from]]: value });
  context.step(`When ${row[from]} is edited to a text that ${row[to]} does not take`);
  const cuts = context.pair.policies.longText === 'truncate';
  await context.settle(cuts ? undefined : () => expectProblem(context, [id.a, id.b], LOST_EDIT));
  await context.world.sync.runAgain(2);
  await expectValue(context, from, id[from], row[from], value, 'where it was edited');
  const found = getPath(await context.fieldsOf(to, id[to]), row[to]);
  if (cuts) {
    if (typeof found === 'string' && typeof value === 'string' && found !== kept && value.startsWith(found))
      return;
    throw new CheckFailure(`the policy is to cut the text, ${row[to]} is ${show(found)}`);
  }
  if (JSON.stringify(found) !== JSON.stringify(kept))
    throw new CheckFailure(`the policy is to report, ${row[to]} was changed to ${show(found)}`);
  await expectProblem(context, [id.a, id.b], LOST_EDIT);
  context.step('Then it is reported and nothing is changed');
}

/** I9: writing back an unchanged view changes nothing. */
export async function roundTrip(context: CheckContext): Promise<void> {
  const link = await establish(context);
  await remember(context);
  const before = JSON.stringify(await context.fieldsOf('a', link.aId));
  const changes = Object.fromEntries(
    context.pair.rows
      .map((row) => [row.b, getPath(context.before.b?.fields ?? {}, row.b)] as const)
      .filter(([path, value]) => value !== null && !path.includes('[]')),
  );
  await save(context, 'b', link.bId, changes);
  context.step(`When the ${context.name('b')} is saved as it is`);
  await context.settle();
  if (JSON.stringify(await context.fieldsOf('a', link.aId)) !== before)
    throw new CheckFailure(`the ${context.name('a')} changed although nothing was edited`);
  context.step(`Then the ${context.name('a')} is as before`);
}
