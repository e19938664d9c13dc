import type { MappedRow, MatchKey } from '../../checklist/plan.js';
import type { Json } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { SystemError } from '../../drivers/ports.js';
import type { CheckContext } from '../context.js';
import { expectAgreement, expectCount, establish, idsOf, newRecords, onlyNew } from '../establish.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { referred, resolveReferences } from '../references.js';
import { sampleA } from '../sample.js';
import { differenceOf } from '../oracle/agree.js';
import { expectReported } from './expect-reported.js';
import { expectRest, newRecord } from './helpers.js';
import { creatable, makeRecord } from './make.js';
import { bothSides, keyOf, settleLinked } from './linking.js';

/** I13: a record with nothing but what is required arrives, and nothing is filled in on either side. */
export async function createSparse(context: CheckContext): Promise<void> {
  const { pair } = context;
  const fields = await sampleA(context, await creatable(context));
  const rule = pair.creation.a;
  const kept = new Set([
    ...pair.match.flatMap((key) => key.parts.map((part) => part.a)),
    ...(rule.kind === 'when' ? [rule.condition.path] : []),
    ...(rule.kind === 'connected' ? rule.to.map((one) => one.path) : []),
  ]);
  const isKept = (row: MappedRow) =>
    kept.has(row.a) ||
    context.field('a', row.a)?.required === true ||
    context.field('b', row.b)?.required === true;
  const { tag } = context.world;
  const bears = (row: MappedRow) => tag !== undefined && holdsText(getPath(fields, row.a), tag);
  // Where worlds share their systems, the counterpart is known by a text with the tag in it.
  const bearer = pair.rows.some((row) => isKept(row) && bears(row)) ? undefined : pair.rows.find(bears);
  for (const row of pair.rows) if (!isKept(row) && row.a !== bearer?.a) setInPlace(fields, row.a, null);
  const known = await idsOf(context, 'b');
  const aId = await makeRecord(context, fields);
  context.step(`Given a ${context.name('a')} with nothing but what is required`);
  const before = JSON.stringify(await context.fieldsOf('a', aId));
  await context.settle(() => onlyNew(context, known));
  await resolveReferences(context);
  const bId = await onlyNew(context, known);
  await expectAgreement(context, { aId, bId }, 'after the creation');
  await context.world.sync.runAgain(2);
  if (JSON.stringify(await context.fieldsOf('a', aId)) !== before)
    throw new CheckFailure(`the ${context.name('a')} was changed although nobody edited it`);
  context.step('Then nothing was filled in');
}

const holdsText = (value: Json, text: string) => typeof value === 'string' && value.includes(text);

/** I2, I14: two records that refer to one share its counterpart. */
export async function sharedReference(context: CheckContext): Promise<void> {
  const row = context.pair.rows.find((one) => one.transform.kind === 'reference');
  if (row?.transform.kind !== 'reference') throw noReference();
  const slug = row.transform.pair;
  const parent = context.plan.pairs.find((one) => one.slug === slug);
  const known = await idsOf(context, 'b');
  const one = await newRecord(context);
  await newRecord(context, { [row.a]: getPath(one.fields, row.a) });
  context.step(`Given two ${context.name('a')} with the same ${row.a}`);
  const expectTwo = async () => {
    const found = await newRecords(context, 'b', known);
    if (found.length !== 2)
      throw new CheckFailure(`expected two new ${context.name('b')}, found ${found.length}`);
    return found;
  };
  await context.settle(expectTwo);
  await resolveReferences(context);
  const made = await expectTwo();
  for (const record of made) {
    const difference = differenceOf(row, one.fields, record.fields, context.refer);
    if (difference !== null)
      throw new CheckFailure(`${context.name('b')} ${record.id} refers to another record than it should`, [
        difference,
      ]);
  }
  if (parent === undefined) return;
  const [own, far] = [
    (await context.world.a.list(parent.entity.a)).length,
    (await context.world.b.list(parent.entity.b)).length,
  ];
  if (own !== far)
    throw new CheckFailure(`${own} ${context.name('a', parent)} became ${far} ${context.name('b', parent)}`);
  context.step('Then both refer to the one counterpart');
}

const noReference = () =>
  new NotTestableHere(
    'no property of the record itself refers to another record',
    'name the reference as a row in the profile',
  );

/** I5, I14: what an older record refers to was deleted before the record was first read. */
export async function deletedReference(context: CheckContext): Promise<void> {
  const row = context.pair.rows.find((one) => one.transform.kind === 'reference');
  const field = row === undefined ? undefined : context.field('a', row.a);
  if (row?.transform.kind !== 'reference' || field === undefined) throw noReference();
  const slug = row.transform.pair;
  const parent = context.plan.pairs.find((one) => one.slug === slug);
  if (parent === undefined) return;
  const parentId = await referred(context, slug, field);
  await resolveReferences(context);
  const fields = await sampleA(context, { ...(await creatable(context)), [row.a]: parentId });
  await resolveReferences(context);
  const known = await idsOf(context, 'b');
  context.world.events?.hold();
  const aId = await makeRecord(context, fields);
  await context.world.a.remove(parent.entity.a, String(parentId));
  context.world.events?.release();
  context.step(
    `Given a ${context.name('a')} whose ${context.name('a', parent)} was deleted before it was read`,
  );
  await context.settle();
  if (parent.policies.delete === 'propagate')
    return expectReported(context, [aId], 'a record whose reference was deleted');
  const bId = await onlyNew(context, known);
  // What was linked with it stays where it is let go of, and can still be named (policy `delete: unlink`).
  if (parent.policies.delete === 'unlink') return;
  await expectAgreement(context, { aId, bId }, 'after the creation', [row.slug]);
  context.step('Then it arrives all the same');
}

/** I4, I8: two people who share a key stay two people. */
export async function sharedKey(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const one = await newRecord(context);
  const shared = Object.fromEntries(key.parts.map((part) => [part.a, getPath(one.fields, part.a)]));
  const two = await newRecord(context, shared);
  context.step(`Given two ${context.name('a')} with the same ${key.slug}`);
  const before = [
    JSON.stringify(await context.fieldsOf('a', one.id)),
    JSON.stringify(await context.fieldsOf('a', two.id)),
  ];
  await context.settle();
  const after = [
    JSON.stringify(await context.fieldsOf('a', one.id)),
    JSON.stringify(await context.fieldsOf('a', two.id)),
  ];
  if (before.join() !== after.join())
    throw new CheckFailure(`values of one ${context.name('a')} were written to the other`);
  await expectRest(context, 3, 'with two records of one key');
  const links = (await context.world.sync.links?.())?.filter((link) => link.pair === context.pair.slug);
  for (const id of [one.id, two.id]) {
    const own = links?.filter((link) => link.aId === id) ?? [];
    const [link] = own;
    if (link === undefined || own.length > 1)
      throw new CheckFailure(
        `the ${context.name('a')} ${id} is linked with ${own.length} ${context.name('b')}`,
      );
    if (links?.some((other) => other !== link && other.bId === link.bId))
      throw new CheckFailure(`two ${context.name('a')} are linked with the ${context.name('b')} ${link.bId}`);
    await expectAgreement(context, link, 'though another one shares its key');
  }
  context.step('Then neither overwrites the other');
}

/** I28: é is one letter, however it is encoded. */
export async function linkUnicode(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const link = await bothSides(
    context,
    key,
    (value) => (typeof value === 'string' ? value.normalize('NFD') : value),
    accented(key, context),
  ).catch((error: unknown) => {
    if (!(error instanceof SystemError) || (error.status !== 400 && error.status !== 422)) throw error;
    throw new NotTestableHere(
      `the ${error.system} takes no accented letter in ${key.slug}: ${error.detail}`,
      'nothing to do: where such values cannot be saved, they need not match',
    );
  });
  context.step(`Given a ${context.name('b')} whose ${key.slug} is the same in another Unicode form`);
  await settleLinked(context, link, `since ${key.slug} differs in its encoding only`);
  context.step('Then they are linked and no record was created');
}

function accented(key: MatchKey, context: CheckContext): Record<string, string> {
  return Object.fromEntries(
    key.parts.map((part) => {
      const type = context.field('a', part.a)?.type;
      const isMail = type?.kind === 'string' && type.format === 'email';
      return [
        part.a,
        isMail ? `${context.ownKey('ren\u00e9e')}@example.org` : context.ownKey('caf\u00e9-17'),
      ];
    }),
  );
}

/** I21: what a user creates again after a deletion arrives. */
export async function recreateAfterDelete(context: CheckContext): Promise<void> {
  const link = await establish(context);
  await context.world.a.remove(context.pair.entity.a, link.aId);
  await context.settle();
  const aId = await makeRecord(context, link.a);
  context.step(`Given a ${context.name('a')} that is deleted and created again with the same values`);
  const expectAgain = async () => {
    await expectCount(context, 'b', 1, 'for the one that was created again');
    const [record] = await context.world.b.list(context.pair.entity.b);
    await expectAgreement(context, { aId, bId: record?.id ?? '' }, 'after it was created again');
    const own = (await context.world.sync.links?.())?.filter((one) => one.aId === aId);
    if (own?.length === 0) throw new CheckFailure(`the ${context.name('a')} ${aId} has no counterpart`);
  };
  await context.settle(expectAgain);
  await context.world.sync.runAgain(2);
  await expectAgain();
  context.step('Then it has its counterpart');
}
