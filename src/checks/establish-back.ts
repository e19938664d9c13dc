import type { Json, JsonObject } from '../contract/field.js';
import type { CheckContext, Pairing } from './context.js';
import { expectAgreement, idsOf, onlyNew } from './establish.js';
import { creatableBack, sampleB } from './sample-back.js';

/** Creates a record of side b and makes it the subject of the check. */
export async function makeRecordBack(context: CheckContext, fields: JsonObject): Promise<string> {
  const record = await context.world.b.create(context.pair.entity.b, fields);
  context.subject = { ...context.subject, bId: record.id };
  return record.id;
}

/** A linked pair of records that began on side b, as the reverse document lets it. */
export async function establishBack(
  context: CheckContext,
  overrides: Record<string, Json> = {},
): Promise<Pairing> {
  const extra = await creatableBack(context);
  const fields = await sampleB(context, { ...extra, ...overrides });
  const known = await idsOf(context, 'a');
  const bId = await makeRecordBack(context, fields);
  context.before = { a: null, b: await context.read('b', bId) };
  context.step(`Given a new ${context.name('b')} ${bId}`);
  const arrived = async () => {
    const aId = await onlyNew(context, known, 'a');
    await expectAgreement(context, { aId, bId }, 'after the creation');
  };
  await context.settle(arrived);
  const link = { aId: await onlyNew(context, known, 'a'), bId };
  context.subject = link;
  context.step(`and its counterpart ${context.name('a')} ${link.aId}`);
  return link;
}
