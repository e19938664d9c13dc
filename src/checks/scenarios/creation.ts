import type { Json, JsonObject } from '../../contract/field.js';
import { setPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { establish, expectAgreement, expectCount, idsOf, newRecords, onlyNew } from '../establish.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { ownKeyValue } from '../key-values.js';
import { sampleA } from '../sample.js';
import { expectReported } from './expect-reported.js';
import { creatable, makeRecord } from './make.js';

/** A refusal for good may be sent again a few times, not for ever. */
const MOST_TRIES = 3;

/** I2, I14: one record, one counterpart, all references resolved. */
export async function createOneCounterpart(context: CheckContext): Promise<void> {
  const link = await establish(context);
  const references = context.pair.rows
    .filter((row) => row.transform.kind === 'reference')
    .map((row) => row.slug);
  await expectAgreement(context, link, 'after the creation', references);
  await context.settle();
  await expectCount(context, 'b', 1, 'after a second round');
  await expectCount(context, 'a', 1, 'on its own side');
  const links = await context.world.sync.links?.();
  const own = links?.some(
    (one) => one.pair === context.pair.slug && one.aId === link.aId && one.bId === link.bId,
  );
  if (own === false)
    throw new CheckFailure(`the sync does not know that ${link.aId} and ${link.bId} are linked`);
  context.step(`Then there is exactly one ${context.name('b')}`);
}

/** I19: more records than a page, or than several, so that paging and the watermark are walked through. */
export async function createMany(context: CheckContext): Promise<void> {
  const { paging } = context.plan.systems.a.api;
  const size = paging.kind === 'none' ? 10 : paging.size;
  const count = context.check.value?.label === 'exact-pages' ? size * 2 : size * 2 + 1;
  const known = await idsOf(context, 'b');
  const records = await uniqueRecords(context, count);
  context.world.events?.hold();
  for (const fields of records) await makeRecord(context, fields);
  context.world.events?.drop();
  context.world.events?.release();
  context.step(`Given ${count} new ${context.name('a')} of one instant, for pages of ${size}`);
  await context.settleUntil(async () => {
    const found = (await newRecords(context, 'b', known)).length;
    if (found !== count) throw new CheckFailure(`expected ${count} new ${context.name('b')}, found ${found}`);
  });
  context.step(`Then there are ${count} ${context.name('b')}`);
}

/** Records of side a that share what they refer to and differ in all that must be unique. */
export async function uniqueRecords(context: CheckContext, count: number): Promise<JsonObject[]> {
  const first = await sampleA(context, await creatable(context));
  return Array.from({ length: count }, (_none, made) => {
    const unique = Object.fromEntries(
      context
        .entity('a')
        .fields.filter((field) => field.unique === true)
        .map((field) => [field.path, ownKeyValue(context, field, `many-${made}`, made)]),
    );
    const keyed = Object.fromEntries(
      context.pair.match
        .flatMap((key) => key.parts)
        .map((part) => [part.a, ownKeyValue(context, context.field('a', part.a), `many-${made}`, made)]),
    );
    return sampleShallow(context, first, { ...keyed, ...unique });
  });
}

function sampleShallow(
  context: CheckContext,
  first: Awaited<ReturnType<typeof sampleA>>,
  changes: Record<string, Json>,
) {
  let record = first;
  for (const [path, value] of Object.entries(changes)) {
    if (context.field('a', path) !== undefined) record = setPath(record, path, value);
  }
  return record;
}

/** I16: the create is committed, its answer is lost. */
export async function createLostResponse(context: CheckContext): Promise<void> {
  const fields = await sampleA(context, await creatable(context));
  const known = await idsOf(context, 'b');
  const { routes } = context.plan.systems.b.api;
  const path = routes.create.path.replace('{collection}', context.entity('b').collection);
  context.world.disturb?.({
    side: 'b',
    match: { method: routes.create.method, pathIncludes: path },
    effect: { kind: 'commit-then-drop' },
  });
  await makeRecord(context, fields);
  context.step(`Given the answer to the creation of the ${context.name('b')} is lost`);
  await context.settle();
  context.subject = { ...context.subject, bId: await onlyNew(context, known) };
  context.step(`Then there is still exactly one ${context.name('b')}`);
}

/** I19: records that carry the same update time, one of them seen a cycle late. */
export async function equalTimestamps(context: CheckContext): Promise<void> {
  const extra = await creatable(context);
  const [one, two, three] = [
    await sampleA(context, extra),
    await sampleA(context, extra),
    await sampleA(context, extra),
  ];
  const known = await idsOf(context, 'b');
  context.world.events?.hold();
  const frozen = context.world.clock?.now();
  await makeRecord(context, one);
  await makeRecord(context, two);
  await context.world.sync.runAgain(1);
  const late = context.world.clock?.now();
  if (frozen !== undefined && late !== undefined) context.world.clock?.advance(frozen - late);
  await makeRecord(context, three);
  context.world.events?.drop();
  context.world.events?.release();
  context.step(
    `Given three ${context.name('a')} of one instant, the last written after the sync had read it`,
  );
  await context.settle();
  const found = await newRecords(context, 'b', known);
  if (found.length !== 3)
    throw new CheckFailure(
      `expected three new ${context.name('b')}, found ${found.length}: a record with the timestamp of the watermark is lost or doubled`,
    );
  context.step('Then all three arrived');
}

/** I22, I23: one record is refused for good: it is reported by its id, not tried for ever, and the others arrive. */
export async function poisonIsolated(context: CheckContext): Promise<void> {
  const extra = await creatable(context);
  const [bad, good] = [await sampleA(context, extra), await sampleA(context, extra)];
  const known = await idsOf(context, 'b');
  const refused = { title: 'invalid', detail: 'refused for good' };
  let refuse = true;
  const { routes } = context.plan.systems.b.api;
  const path = routes.create.path.replace('{collection}', context.entity('b').collection);
  const tries = context.world.disturb?.({
    side: 'b',
    match: { method: 'POST', pathIncludes: path, times: 60, when: () => refuse },
    effect: { kind: 'answer', status: 422, body: refused },
  });
  const badId = await makeRecord(context, bad);
  await context.settle();
  refuse = false;
  await makeRecord(context, good);
  context.step(`Given one ${context.name('a')} that the ${context.plan.systems.b.name} refuses, and another`);
  await context.settle();
  const found = await newRecords(context, 'b', known);
  if (found.length === 0)
    throw new CheckFailure(
      `the refused ${context.name('a')} ${badId} holds up the others: no ${context.name('b')} was created`,
    );
  if ((tries?.at.length ?? 0) > MOST_TRIES)
    throw new CheckFailure(`a request that is refused for good was sent ${tries?.at.length ?? 0} times`);
  await expectReported(context, [badId], 'the refused record');
  context.step('Then the refused one is reported and the other one arrived');
}

/** I14, I22: what a record refers to is created late; the record waits and nothing is lost. */
export async function lateReference(context: CheckContext): Promise<void> {
  const rule = context.pair.rows.find((row) => row.transform.kind === 'reference');
  const slug = rule?.transform.kind === 'reference' ? rule.transform.pair : null;
  const pair = context.plan.pairs.find((one) => one.slug === slug);
  if (rule === undefined || pair === undefined) {
    throw new NotTestableHere(
      'no property of the record itself refers to another record',
      'name the reference as a row in the profile',
    );
  }
  const fields = await sampleA(context);
  const known = await idsOf(context, 'b');
  const referredFields = await sampleA(context, {}, pair);
  const collection = context.entity('b', pair).collection;
  const path = context.plan.systems.b.api.routes.create.path.replace('{collection}', collection);
  context.world.disturb?.({
    side: 'b',
    match: { method: 'POST', pathIncludes: path, times: 40 },
    effect: { kind: 'answer', status: 503 },
  });
  const parent = await context.world.a.create(pair.entity.a, referredFields);
  const isNumber = context.entity('a', pair).idKind === 'integer';
  await makeRecord(context, setPath(fields, rule.a, isNumber ? Number(parent.id) : parent.id));
  context.step(`Given a ${context.name('a')} whose ${context.name('a', pair)} cannot be created for a while`);
  await context.world.sync.runAgain(3);
  for (const exchange of context.world.journal()) {
    if (
      exchange.mutation?.kind === 'create' &&
      exchange.caller === 'sync' &&
      exchange.mutation.entity === context.pair.entity.b &&
      !known.has(exchange.mutation.id)
    ) {
      throw new CheckFailure(`a ${context.name('b')} was created before the record that it refers to`);
    }
  }
  for (let round = 0; round < 30; round++) {
    context.world.clock?.advance(60_000);
    await context.world.sync.runAgain(1);
  }
  await context.settle();
  await onlyNew(context, known);
  context.step('Then it arrived as soon as it could');
}
