import type { Json, JsonObject } from '../../contract/field.js';
import { setInPlace } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { connect, resolveReferences } from '../references.js';
import { matchingB } from '../sample.js';

/** What a record of side a needs so that the document lets it be created on side b. */
export async function creatable(context: CheckContext): Promise<Record<string, Json>> {
  const rule = context.pair.creation.a;
  if (rule.kind === 'connected') return connect(context, rule.to);
  return rule.kind === 'when' ? { [rule.condition.path]: rule.condition.meets } : {};
}

/** Creates a record of side a and makes it the subject of the check. */
export async function makeRecord(context: CheckContext, fields: JsonObject): Promise<string> {
  const record = await context.world.a.create(context.pair.entity.a, fields);
  context.subject = { ...context.subject, aId: record.id };
  return record.id;
}

/** Creates the record of side b that agrees with one of side a, but for what `keys` gives. */
export async function makeMatching(
  context: CheckContext,
  fields: JsonObject,
  keys: Record<string, Json> = {},
): Promise<string> {
  await resolveReferences(context);
  const twin = matchingB(context, fields);
  for (const [path, value] of Object.entries(keys)) setInPlace(twin, path, value);
  const record = await context.world.b.create(context.pair.entity.b, twin);
  return record.id;
}
