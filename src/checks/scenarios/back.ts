import type { MatchPart, Predicate } from '../../checklist/plan.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setPath } from '../../contract/path.js';
import { otherValue } from '../../contract/values.js';
import type { CheckContext } from '../context.js';
import { establishBack, makeRecordBack } from '../establish-back.js';
import { expectAgreement, expectCount, expectValue, idsOf, newRecords, onlyNew } from '../establish.js';
import { connectBack, creatableBack, sampleB } from '../sample-back.js';
import { CheckFailure, NotTestableHere, show } from '../failure.js';
import { differenceOf } from '../oracle/agree.js';
import { keyOnB } from '../oracle/expected.js';
import { isLive, rivalsOf } from '../oracle/live-rows.js';
import { uniqueRecords } from './creation.js';
import { save } from './edits.js';
import { editRow, expectRest } from './helpers.js';
import { bothSides, keyOf, settleLinked } from './linking.js';
import { makeRecord } from './make.js';
import { needPlainRows } from './plain-rows.js';

function predicateOf(context: CheckContext): Predicate {
  const rule = context.pair.creation.b;
  if (rule?.kind !== 'when') throw new Error('the plan holds no condition of the reverse document');
  return rule.condition;
}

/** I2, I1: one record of b, one counterpart on a that agrees with it, and no second one of either by its echo. */
export async function createdBack(context: CheckContext): Promise<void> {
  const link = await establishBack(context);
  await context.settleUntil(() => expectAgreement(context, link, 'after the creation'));
  await context.world.events?.redeliverAll();
  await context.settle();
  await expectCount(context, 'a', 1, 'after a second round');
  await expectCount(context, 'b', 1, 'on its own side');
  await expectKnown(context, link);
  context.step(`Then there is exactly one ${context.name('a')}, and it agrees`);
}

async function expectKnown(context: CheckContext, link: { aId: string; bId: string }): Promise<void> {
  const links = await context.world.sync.links?.();
  const own = links?.some(
    (one) => one.pair === context.pair.slug && one.aId === link.aId && one.bId === link.bId,
  );
  if (own === false)
    throw new CheckFailure(`the sync does not know that ${link.aId} and ${link.bId} are linked`);
}

/** What the reverse document asks of a record is not there yet; once it is, the record gets its counterpart. */
export async function createdBackLater(context: CheckContext): Promise<void> {
  const rule = context.pair.creation.b;
  const isWhen = rule?.kind === 'when';
  const fields = await sampleB(context, isWhen ? { [rule.condition.path]: rule.condition.fails } : {});
  const bId = await makeRecordBack(context, fields);
  await context.settle();
  await expectCount(context, 'a', 0, 'before the reverse document lets it be created');
  const changes = isWhen ? { [rule.condition.path]: rule.condition.meets } : await connectBack(context);
  const known = await idsOf(context, 'a');
  await save(context, 'b', bId, changes);
  context.step(`When ${Object.keys(changes).join(', ')} of the ${context.name('b')} is set`);
  await context.settleUntil(() => onlyNew(context, known, 'a'));
  await expectCount(context, 'b', 1, 'on its own side');
}

/** A record that leaves the scope and returns is the same record: no second counterpart. */
export async function createdBackOnce(context: CheckContext): Promise<void> {
  const { path, meets, fails } = predicateOf(context);
  const link = await establishBack(context);
  for (const value of [fails, meets]) {
    await save(context, 'b', link.bId, { [path]: value });
    await context.settle();
  }
  context.step(`When the ${context.name('b')} no longer meets the condition, and then meets it again`);
  await expectCount(context, 'a', 1, 'when it met the condition again');
  await expectCount(context, 'b', 1, 'on its own side');
}

/** I8: what the reverse document does not let be created is not, though it is read again and again. */
export async function notCreatedBack(context: CheckContext): Promise<void> {
  const rule = context.pair.creation.b;
  const changes: Record<string, Json> =
    rule?.kind === 'when' ? { [rule.condition.path]: rule.condition.fails } : {};
  const known = await idsOf(context, 'a');
  const fields = await sampleB(context, changes);
  await makeRecordBack(context, fields);
  context.step(`Given a ${context.name('b')} that the reverse document creates nothing from`);
  await context.settle();
  await context.world.sync.runAgain(2);
  const made = await newRecords(context, 'a', known);
  if (made.length > 0)
    throw new CheckFailure(
      `expected no ${context.name('a')}, found ${made.length} (${made.map(({ id }) => id).join(', ')})`,
    );
  await expectCount(context, 'b', 1, 'on its own side');
  context.step(`Then there is no ${context.name('a')}`);
}

/** I2: both directions at once make neither two records of one nor one of two. */
export async function createdBothWays(context: CheckContext): Promise<void> {
  const [aFields] = await uniqueRecords(context, 1);
  if (aFields === undefined) return;
  const bFields = unlike(context, aFields, await sampleB(context, await creatableBack(context)));
  const known = { a: await idsOf(context, 'a'), b: await idsOf(context, 'b') };
  const aId = await makeRecord(context, aFields);
  const bId = await makeRecordBack(context, bFields);
  context.step(
    `Given a new ${context.name('a')} ${aId} and a new ${context.name('b')} ${bId}, unlike each other`,
  );
  const expectBoth = async () => {
    for (const side of ['a', 'b'] as const) {
      const found = (await newRecords(context, side, known[side])).length;
      if (found !== 2)
        throw new CheckFailure(`expected 2 ${context.name(side)}, one of them a counterpart, found ${found}`);
    }
    await expectCounterpart(context, 'a', aId);
    await expectCounterpart(context, 'b', bId);
  };
  await context.settleUntil(expectBoth);
  await context.world.events?.redeliverAll();
  await context.settle();
  await expectBoth();
  context.step('Then each has one counterpart, and neither echo made another');
}

/** A record of side b that has no match key in common with one of side a. */
function unlike(context: CheckContext, aFields: JsonObject, bFields: JsonObject): JsonObject {
  let record = bFields;
  for (const { parts } of context.pair.match) {
    const [first] = parts;
    const field = first === undefined ? undefined : context.field('b', first.b);
    const isSame = (part: MatchPart) =>
      JSON.stringify(keyOnB(part, 'a', getPath(aFields, part.a))) === JSON.stringify(getPath(record, part.b));
    if (first === undefined || field === undefined || !parts.every(isSame)) continue;
    record = setPath(record, first.b, otherValue(field, getPath(record, first.b), context.rng));
  }
  return record;
}

/** Fails where the sync can be asked and knows no counterpart of a record. */
async function expectCounterpart(context: CheckContext, side: 'a' | 'b', id: string): Promise<void> {
  const links = await context.world.sync.links?.();
  const own = links?.filter((one) => one.pair === context.pair.slug && one[`${side}Id`] === id);
  if (own !== undefined && own.length !== 1)
    throw new CheckFailure(`the ${context.name(side)} ${id} has ${own.length} counterparts`);
}

/** I28: a record of b that comes to a matching one of a is linked with it. */
export async function linkedBack(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const link = await bothSides(context, key, (value) => value, {}, 'a');
  context.step(`Given a ${context.name('a')}, and then a ${context.name('b')} with the same ${key.slug}`);
  await settleLinked(context, link, `since both had the same ${key.slug}`);
  await expectAgreement(context, link, 'after linking');
  context.step('Then they are linked and no record was created');
}

/** I1, I4: the value of a new record of b is on its counterpart. */
export async function carriedBack(context: CheckContext): Promise<void> {
  const row = context.row();
  const given = context.check.value;
  const link = await establishBack(context, given === null ? {} : { [row.b]: given.value });
  const [a, b] = [await context.fieldsOf('a', link.aId), await context.fieldsOf('b', link.bId)];
  if (getPath(b, row.b) === null)
    throw new NotTestableHere(
      `no record of the ${context.name('b')} could be made that holds ${row.b}`,
      'give the row in the profile with an example',
    );
  const { rows } = context.pair;
  const [first] = rivalsOf(rows, row);
  if (!isLive(rows, row, a, b)) {
    const isFedElsewhere = rows.some((one) => one !== row && one.a === row.a && isLive(rows, one, a, b));
    if (first === undefined || first === row || isFedElsewhere)
      throw new NotTestableHere(
        `the condition of the row is one on the ${context.name('a')}, which a new one does not meet`,
        'bring the property of the condition across by a row of its own',
      );
    await expectValue(context, 'a', link.aId, row.a, null, `since ${row.b} belongs to ${first.a} there`);
    return context.step(`Then ${first.a} holds it and ${row.a} is left empty`);
  }
  const difference = differenceOf(row, a, b, context.refer);
  const found = getPath(a, row.a);
  if (difference !== null)
    throw new CheckFailure(
      `${context.name('a')}.${row.a} is ${show(found)} after the creation, which does not agree with ${row.b} ${show(getPath(b, row.b))}`,
      [difference],
    );
  context.step(`Then ${row.a} is ${show(found)}`);
}

/** I1, I5: a pair that began on side b is kept in step in both directions like any other. */
export async function inSyncBack(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const link = await establishBack(context);
  const id = { a: link.aId, b: link.bId };
  for (const from of ['b', 'a'] as const) {
    const to = from === 'a' ? 'b' : 'a';
    const value = await editRow(context, from, link, row);
    await context.settleUntil(() =>
      expectValue(context, to, id[to], row[to], value, `after the edit of the ${context.name(from)}`),
    );
    context.world.clock?.advance(1000);
  }
  if (context.seesWrites) await expectRest(context, 2, 'after both edits');
  await expectCount(context, 'a', 1, 'after both edits');
  await expectCount(context, 'b', 1, 'after both edits');
  context.step('Then both edits arrive, and there is still one record of each');
}
