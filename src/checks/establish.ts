import { beginsBack, type PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json, JsonObject } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import type { StoredRecord } from '../drivers/ports.js';
import type { Difference } from '../run/record.js';
import type { CheckContext, Pairing } from './context.js';
import { CheckFailure, NotTestableHere, show } from './failure.js';
import { differenceOf } from './oracle/agree.js';
import { isLive, rivalsOf } from './oracle/live-rows.js';
import { creatableBack, sampleB } from './sample-back.js';
import { connect, linkByHand, resolveAtRest, resolveReferences } from './references.js';
import { matchingB, sampleA } from './sample.js';

/**
 * A linked pair of records, made the way the document allows: created from a, or matched where a link comes first.
 * `expect` says what must be seen of it before the sync can have come to rest.
 */
export async function establish(
  context: CheckContext,
  overrides: Record<string, Json> = {},
  expect: (link: Pairing & { a: JsonObject }) => Promise<unknown> = async () => undefined,
): Promise<Pairing & { a: JsonObject }> {
  const { pair, world } = context;
  if (beginsBack(pair)) return establishOnB(context, overrides, expect);
  const rule = pair.creation.a;
  const connection = rule.kind === 'connected' ? await connect(context, rule.to) : {};
  const condition = rule.kind === 'when' ? { [rule.condition.path]: rule.condition.meets } : {};
  const fields = await sampleA(context, { ...condition, ...connection, ...overrides });
  const known = await idsOf(context, 'b');
  const a = await world.a.create(pair.entity.a, fields);
  context.step(`Given a new ${context.name('a')} ${a.id}`);
  if (rule.kind === 'linked-only') {
    await resolveReferences(context);
    const b = await world.b.create(pair.entity.b, matchingB(context, fields));
    context.step(`and a ${context.name('b')} ${b.id} that matches it`);
    known.delete(b.id);
    await linkByHand(context, context.pair, a.id, b.id);
  }
  const counterpart = () => (rule.kind === 'linked-only' ? onlyOne(context) : onlyNew(context, known));
  await context.settle(
    rule.kind === 'linked-only'
      ? linkedLook(context, a.id)
      : async () => {
          const bId = await counterpart();
          await linkedLook(context, a.id)?.();
          await expect({ aId: a.id, bId, a: fields });
        },
  );
  await resolveAtRest(context);
  const bId = await counterpart();
  context.subject = { aId: a.id, bId };
  context.step(`and its counterpart ${context.name('b')} ${bId}`);
  context.before = { a, b: null };
  const isChanged = await makeLive(context, { aId: a.id, bId });
  return { aId: a.id, bId, a: isChanged ? await context.fieldsOf('a', a.id) : fields };
}

/** The same for a pair that can begin on side b alone; the record of b is like one of a with the overrides. */
async function establishOnB(
  context: CheckContext,
  overrides: Record<string, Json>,
  expect: (link: Pairing & { a: JsonObject }) => Promise<unknown>,
): Promise<Pairing & { a: JsonObject }> {
  const { pair, world } = context;
  const fields = await sampleB(context, await creatableBack(context), overrides);
  const known = await idsOf(context, 'a');
  const { id: bId } = await world.b.create(pair.entity.b, fields);
  context.step(`Given a new ${context.name('b')} ${bId}`);
  const made = async () => {
    const aId = await onlyNew(context, known, 'a');
    return { aId, bId, a: await context.fieldsOf('a', aId) };
  };
  await context.settle(async () => {
    const link = await made();
    await linkedLook(context, link.aId)?.();
    await expect(link);
  });
  const link = await made();
  context.subject = { aId: link.aId, bId };
  context.step(`and its counterpart ${context.name('a')} ${link.aId}`);
  context.before = { a: await world.a.get(pair.entity.a, link.aId), b: null };
  const isChanged = await makeLive(context, link);
  return isChanged ? made() : link;
}

/**
 * What tells that a record is linked, where the sync can be asked; else nothing does but time. A sync that died after
 * it made a counterpart does not know of it yet: what happens to that one now is no deletion to it.
 */
function linkedLook(context: CheckContext, aId: string): (() => Promise<void>) | undefined {
  if (context.world.sync.links === undefined) return undefined;
  return async () => {
    const links = await context.world.sync.links?.();
    if (links?.some((one) => one.pair === context.pair.slug && one.aId === aId) !== true)
      throw new CheckFailure(`the ${context.name('a')} ${aId} is not linked`);
  };
}

/** Lets the row in question hold: its condition is met and no row of the same target comes before it. */
async function makeLive(context: CheckContext, link: Pairing): Promise<boolean> {
  const row = context.pair.rows.find((one) => one.slug === context.check.property);
  if (row === undefined || (row.only === undefined && row.precedence === undefined)) return false;
  const [a, b] = [await context.fieldsOf('a', link.aId), await context.fieldsOf('b', link.bId)];
  const rivals = rivalsOf(context.pair.rows, row).filter((one) => one.a !== row.a);
  if (isLive(context.pair.rows, row, a, b) && rivals.every((one) => getPath(a, one.a) === null)) return false;
  const changes: Record<'a' | 'b', Record<string, Json>> = { a: {}, b: {} };
  for (const one of row.only ?? []) changes[one.side][one.path] = context.conditionValue(one);
  for (const rival of rivals) changes.a[rival.a] = null;
  for (const side of ['a', 'b'] as const) {
    const id = side === 'a' ? link.aId : link.bId;
    if (Object.keys(changes[side]).length > 0)
      await context.world[side].update(context.pair.entity[side], id, changes[side]);
  }
  await context.settle(() => expectAgreement(context, link, 'once the row counts', [row.slug]));
  const [nowA, nowB] = [await context.fieldsOf('a', link.aId), await context.fieldsOf('b', link.bId)];
  if (!isLive(context.pair.rows, row, nowA, nowB))
    throw new NotTestableHere(
      `the records cannot be brought to where ${row.a} counts for ${row.b}`,
      'give the row in the profile, without what keeps it from holding',
    );
  context.step(`and ${row.a} is what counts for ${row.b}`);
  return true;
}

export async function remember(context: CheckContext): Promise<void> {
  const { aId, bId } = context.subject;
  const { a, b } = context.pair.entity;
  context.before = {
    a: aId === undefined ? null : await context.world.a.get(a, aId),
    b: bId === undefined ? null : await context.world.b.get(b, bId),
  };
}

export async function idsOf(
  context: CheckContext,
  side: Side,
  pair: PairPlan = context.pair,
): Promise<Set<string>> {
  return new Set((await context.world[side].list(pair.entity[side])).map((record) => record.id));
}

export async function newRecords(
  context: CheckContext,
  side: Side,
  known: Set<string>,
): Promise<StoredRecord[]> {
  return (await context.world[side].list(context.pair.entity[side])).filter(
    (record) => !known.has(record.id) && context.isMeant(side, record.id),
  );
}

/** The one record of a side, b unless said otherwise, that was not there before. */
export async function onlyNew(context: CheckContext, known: Set<string>, side: Side = 'b'): Promise<string> {
  const found = await newRecords(context, side, known);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first.id;
  throw new CheckFailure(
    `expected exactly one new ${context.name(side)}, found ${found.length} (${found.map((record) => record.id).join(', ') || 'none'})${await said(context)}`,
  );
}

/** What the sync itself has to say, where it can be asked. */
async function said(context: CheckContext): Promise<string> {
  const status = await context.world.sync.status?.();
  if (status === undefined) return '';
  const { aId, bId } = context.subject;
  const isShared = context.world.tag !== undefined;
  const problem = status.problems.find(({ recordId }) => !isShared || recordId === aId || recordId === bId);
  if (problem !== undefined) return `; the sync reports: ${problem.message}`;
  const others = status.problems.length;
  return others === 0
    ? '; the sync reports no problem'
    : `; the sync reports no problem with this record, and ${others} with others`;
}

async function onlyOne(context: CheckContext): Promise<string> {
  const listed = await context.world.b.list(context.pair.entity.b);
  const all = listed.filter((record) => context.isMeant('b', record.id));
  const [first] = all;
  if (first !== undefined && all.length === 1) return first.id;
  throw new CheckFailure(
    `expected the one matching ${context.name('b')} to be linked, found ${all.length} records`,
  );
}

/** Where two linked records do not agree, over all rows or the given ones. */
export async function differences(
  context: CheckContext,
  link: Pairing,
  slugs?: string[],
): Promise<Difference[]> {
  const [a, b] = [await context.fieldsOf('a', link.aId), await context.fieldsOf('b', link.bId)];
  return context.pair.rows
    .filter((row) => slugs === undefined || slugs.includes(row.slug))
    .filter((row) => isLive(context.pair.rows, row, a, b))
    .flatMap((row) => differenceOf(row, a, b, context.refer) ?? []);
}

/** Fails unless the records agree in every row, or in the given ones. */
export async function expectAgreement(
  context: CheckContext,
  link: Pairing,
  when: string,
  slugs?: string[],
): Promise<void> {
  const found = await differences(context, link, slugs);
  const [first] = found;
  if (first === undefined) return;
  throw new CheckFailure(
    `${when} the ${context.name('b')} ${link.bId} does not agree with the ${context.name('a')} ${link.aId}: ${first.path} is ${show(first.found)}, expected ${show(first.expected)}`,
    found,
  );
}

/** Fails unless a property holds a value. */
export async function expectValue(
  context: CheckContext,
  side: Side,
  id: string,
  path: string,
  expected: Json,
  after: string,
): Promise<void> {
  const found = getPath(await context.fieldsOf(side, id), path);
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new CheckFailure(
    `${context.name(side)} ${id}: ${path} is ${show(found)} ${after}, expected ${show(expected)}`,
    [{ path, expected, found }],
  );
}

/** Fails unless exactly these records exist on a side. */
export async function expectCount(
  context: CheckContext,
  side: Side,
  count: number,
  why: string,
): Promise<void> {
  const listed = await context.world[side].list(context.pair.entity[side]);
  const found = listed.filter((record) => context.isMeant(side, record.id)).length;
  if (found !== count)
    throw new CheckFailure(`expected ${count} ${context.name(side)} ${why}, found ${found}`);
}
