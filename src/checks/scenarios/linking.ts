import type { MappedRow, MatchKey, MatchPart } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setPath } from '../../contract/path.js';
import { sampleValue } from '../../contract/values.js';
import type { CheckContext } from '../context.js';
import { establish, expectAgreement, expectCount, remember } from '../establish.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { keyOnB } from '../oracle/expected.js';
import { nearlyKeyValue, ownKeyValue } from '../key-values.js';
import { resolveReferences } from '../references.js';
import { editValue, sampleA } from '../sample.js';
import { save } from './edits.js';
import { plainRows } from './plain-rows.js';
import { expectReported } from './expect-reported.js';
import { creatable, makeMatching, makeRecord } from './make.js';

export function keyOf(context: CheckContext): MatchKey {
  const key = context.pair.match.find((one) => one.slug === context.check.matchKey) ?? context.pair.match[0];
  if (key === undefined) throw new Error('the plan holds no match key');
  return key;
}

/**
 * Both sides filled, side `first` first, before the sync first runs; only the one key agrees. Where side a comes first
 * and nothing is created from it, the sync has seen it before the other comes.
 */
export async function bothSides(
  context: CheckContext,
  key: MatchKey,
  change: (value: Json, part: MatchPart) => Json,
  overrides: Record<string, Json> = {},
  first: Side = 'b',
): Promise<{ aId: string; bId: string }> {
  const extra = { ...(await creatable(context)), ...overrides };
  const fields = withKey(context, key, await sampleA(context, extra));
  let twin: JsonObject = fields;
  for (const part of key.parts) twin = setPath(twin, part.a, change(getPath(fields, part.a), part));
  for (const other of context.pair.match) {
    if (other.slug === key.slug) continue;
    for (const part of other.parts) {
      if (!key.parts.some((own) => own.a === part.a)) twin = setPath(twin, part.a, null);
    }
  }
  const keyed = key.parts.map(
    (part) => [part.b, keyOnB(part, 'a', change(getPath(fields, part.a), part))] as const,
  );
  const makeB = () => makeMatching(context, twin, { ...unlike(context, key), ...Object.fromEntries(keyed) });
  await resolveReferences(context);
  const early = first === 'b' ? await makeB() : null;
  const aId = await makeRecord(context, fields);
  if (first === 'a' && context.pair.creation.a.kind === 'linked-only') await context.settle();
  const bId = early ?? (await makeB());
  context.subject = { aId, bId };
  return { aId, bId };
}

/** What side b holds of the other keys, whatever rows feed them: nothing, or another value where one is required. */
function unlike(context: CheckContext, key: MatchKey): Record<string, Json> {
  const parts = context.pair.match.filter((one) => one.slug !== key.slug).flatMap((one) => one.parts);
  const fields = parts.flatMap((part) => context.field('b', part.b) ?? []);
  return Object.fromEntries(
    fields.map((field) => [field.path, field.required === true ? sampleValue(field, context.rng) : null]),
  );
}

function missing(context: CheckContext, part: MatchPart, index: number): Json {
  const number = Math.floor(context.rng() * 1e6);
  return ownKeyValue(context, context.field('a', part.a), `key-${index}-${number}`, number);
}

/** A record whose key properties hold a value. */
function withKey(context: CheckContext, key: MatchKey, fields: JsonObject): JsonObject {
  let record = fields;
  key.parts.forEach((part, index) => {
    if (getPath(record, part.a) === null) record = setPath(record, part.a, missing(context, part, index));
  });
  return record;
}

export async function expectLinked(
  context: CheckContext,
  link: { aId: string; bId: string },
  why: string,
): Promise<void> {
  await expectCount(context, 'b', 1, why);
  await expectCount(context, 'a', 1, why);
  const links = await context.world.sync.links?.();
  const own = links?.filter((one) => one.pair === context.pair.slug);
  if (own !== undefined && !own.some((one) => one.aId === link.aId && one.bId === link.bId)) {
    throw new CheckFailure(
      `the ${context.name('a')} ${link.aId} and the ${context.name('b')} ${link.bId} match and are not linked`,
    );
  }
}

/**
 * Settles and fails unless the two are linked. A sync that cannot be asked shows it by what it does: an edit of one
 * arrives at the other.
 */
export async function settleLinked(
  context: CheckContext,
  link: { aId: string; bId: string },
  why: string,
): Promise<void> {
  if (context.world.sync.links !== undefined)
    return context.settleUntil(() => expectLinked(context, link, why));
  await context.settle();
  await expectLinked(context, link, why);
  const isKey = (row: MappedRow) =>
    context.pair.match.some((one) => one.parts.some((part) => part.a === row.a || part.b === row.b));
  const row = plainRows(context).find((one) => !isKey(one));
  if (row === undefined)
    throw new NotTestableHere(
      'the sync cannot be asked for its links, and no property beside the key could show them',
      'give remote.sync.links in the profile, or name more rows',
    );
  await save(context, 'a', link.aId, {
    [row.a]: await editValue(context, row, 'a', getPath(await context.fieldsOf('a', link.aId), row.a)),
  });
  context.step(`and ${row.a} of the ${context.name('a')} is edited, which shows whether they are linked`);
  await context.settleUntil(() => expectAgreement(context, link, 'after an edit', [row.slug]));
  await expectLinked(context, link, why);
}

/** I28: existing records that match are linked without a create. */
export async function linkExisting(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const link = await bothSides(context, key, (value) => value);
  context.step(`Given a ${context.name('a')} and a ${context.name('b')} with the same ${key.slug}`);
  await settleLinked(context, link, `since both had the same ${key.slug}`);
  await expectAgreement(context, link, 'after linking');
  context.step('Then they are linked and no record was created');
}

/** I28: the key is compared in the declared normal form. */
export async function linkCase(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const link = await bothSides(context, key, (value, part) =>
    typeof value === 'string' && part.normalise === 'case-insensitive' ? value.toUpperCase() : value,
  );
  context.step(`Given a ${context.name('b')} whose ${key.slug} is the same in upper case`);
  await settleLinked(context, link, `since ${key.slug} differs in case only`);
  context.step('Then they are linked and no record was created');
}

/** A key that only resembles is no match. */
export async function nearMiss(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const { bId } = await bothSides(context, key, (value, part) =>
    nearlyKeyValue(context, context.field('a', part.a), value),
  );
  const before = JSON.stringify(await context.fieldsOf('b', bId));
  context.step(`Given a ${context.name('b')} whose ${key.slug} only resembles`);
  const creates =
    context.pair.creation.a.kind !== 'linked-only' && context.pair.policies.noMatch === 'create';
  await context.settle(creates ? () => expectCount(context, 'b', 2, 'since the keys differ') : undefined);
  await expectCount(context, 'b', creates ? 2 : 1, 'since the keys differ');
  if (JSON.stringify(await context.fieldsOf('b', bId)) !== before)
    throw new CheckFailure(`the ${context.name('b')} ${bId} was changed although it does not match`);
  context.step('Then it is left alone');
}

/** I28: several matches follow the declared policy. */
export async function linkAmbiguous(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const fields = withKey(context, key, await sampleA(context, await creatable(context)));
  const keyed = Object.fromEntries(
    key.parts.map((part) => [part.b, keyOnB(part, 'a', getPath(fields, part.a))]),
  );
  await makeMatching(context, fields, keyed);
  context.world.clock?.advance(1000);
  const second = await makeMatching(context, fields, keyed);
  const aId = await makeRecord(context, fields);
  context.step(`Given two ${context.name('b')} with the ${key.slug} of a ${context.name('a')}`);
  const policy = context.pair.policies.ambiguousMatch;
  const expectSettled = async () => {
    if (policy === 'report') return expectReported(context, [aId], 'the ambiguous match');
    const links = await context.world.sync.links?.();
    if (links?.some((link) => link.aId === aId && link.pair === context.pair.slug) === false)
      throw new CheckFailure(`${aId} is not linked`);
  };
  await context.settle(expectSettled);
  await expectCount(context, 'b', 2, 'since both match already');
  const own =
    (await context.world.sync.links?.())?.filter(
      (link) => link.aId === aId && link.pair === context.pair.slug,
    ) ?? [];
  const problems = (await context.world.sync.status?.())?.problems;
  if (policy === 'report' && own.length > 0)
    throw new CheckFailure('one of two matches was linked although the policy is to report');
  if (policy === 'report' && problems?.some((problem) => problem.recordId === aId) === false)
    throw new CheckFailure(`the ambiguous match of ${aId} is not reported`);
  if (policy !== 'report' && own.length !== 1)
    throw new CheckFailure(`the policy is to link the ${policy} match, found ${own.length} links`);
  if (policy === 'newest' && own[0]?.bId !== second)
    throw new CheckFailure('the policy is to link the newest match, another one is linked');
  context.step(`Then the policy "${policy}" holds`);
}

/** I3: editing the key changes the value on both sides and not who is linked with whom. */
export async function keyEditKeepsLink(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const link = await establish(context);
  const row = context.pair.rows.find((one) => key.parts.some((part) => part.a === one.a));
  if (row === undefined) return;
  const value = await editValue(context, row, 'a', getPath(await context.fieldsOf('a', link.aId), row.a));
  await remember(context);
  await context.world.a.update(context.pair.entity.a, link.aId, { [row.a]: value });
  context.step(`When the key ${row.a} of the ${context.name('a')} is edited`);
  await context.settle(() => expectAgreement(context, link, 'after the key was edited', [row.slug]));
  await expectLinked(context, link, 'after the key was edited');
  await expectAgreement(context, link, 'after the key was edited', [row.slug]);
  context.step('Then the same two records are linked');
}
