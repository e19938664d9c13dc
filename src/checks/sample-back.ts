import { easiest } from '../checklist/first-link.js';
import type { PairPlan, Transform } from '../checklist/plan.js';
import type { Json, JsonObject } from '../contract/field.js';
import { getPath, setInPlace } from '../contract/path.js';
import type { CheckContext } from './context.js';
import { CheckFailure } from './failure.js';
import { expectedOnB } from './oracle/expected.js';
import { referred, resolveReferences } from './references.js';
import { matchingB, sampleA } from './sample.js';

/**
 * A record of side b that a record of side a could agree with: it is made from one that is never created, with `like`
 * in it. What it refers to is made and synchronised first.
 */
export async function sampleB(
  context: CheckContext,
  overrides: Record<string, Json> = {},
  like: Record<string, Json> = {},
  pair: PairPlan = context.pair,
): Promise<JsonObject> {
  const origin = await sampleA(context, like, pair);
  await resolveReferences(context);
  agreeBack(pair, origin);
  const fields = matchingB(context, origin, pair);
  for (const [path, value] of Object.entries(overrides)) setInPlace(fields, path, value);
  return fields;
}

/**
 * Side a takes over what a transform without an inverse left of a value. A property that several rows feed must come to
 * the same by each of them, so the origin holds what is left of its value already.
 */
function agreeBack({ rows }: PairPlan, origin: JsonObject): void {
  for (const { a, transform } of rows) {
    if (!TAKEN_OVER.has(transform.kind)) continue;
    const value = getPath(origin, a);
    if (value !== null)
      setInPlace(
        origin,
        a,
        expectedOnB(transform, value, () => null),
      );
  }
}

const TAKEN_OVER = new Set<Transform['kind']>(['datetime-format', 'replace', 'strip-first-word']);

/** What a record of side b needs so that the reverse document lets it be created on side a. */
export async function creatableBack(
  context: CheckContext,
  pair: PairPlan = context.pair,
): Promise<Record<string, Json>> {
  const rule = pair.creation.b;
  if (rule?.kind === 'connected') return connectBack(context, pair);
  return rule?.kind === 'when' ? { [rule.condition.path]: rule.condition.meets } : {};
}

/** Connects a record of side b to one that is synchronised. */
export async function connectBack(
  context: CheckContext,
  pair: PairPlan = context.pair,
): Promise<Record<string, Json>> {
  const rule = pair.creation.b;
  const first = rule?.kind === 'connected' ? easiest(context.plan.pairs, pair, rule.to) : null;
  const other = context.plan.pairs.find((one) => one.slug === first?.pair);
  const field = first === null ? undefined : context.field('b', first.path, pair);
  if (first === null || field === undefined || other === undefined) return {};
  const aId = String(await referred(context, first.pair, field));
  await resolveReferences(context);
  const bId = context.refer(first.pair, aId);
  return { [first.path]: context.entity('b', other).idKind === 'integer' ? Number(bId) : bId };
}

/** A linked pair of records that is made only to be referred to and can begin on side b alone; the id on side a. */
export async function referredBack(context: CheckContext, pair: PairPlan): Promise<string> {
  const fields = await sampleB(context, await creatableBack(context, pair), {}, pair);
  const listed = async () => context.world.a.list(pair.entity.a);
  const known = new Set((await listed()).map(({ id }) => id));
  const b = await context.world.b.create(pair.entity.b, fields);
  context.setAside('b', pair, b.id);
  const made = async () => {
    const found = (await listed()).filter(({ id }) => !known.has(id));
    const [first] = found;
    if (first !== undefined && found.length === 1) return first.id;
    throw new CheckFailure(
      `the ${context.name('b', pair)} that is referred to has ${found.length === 0 ? 'no' : 'more than one'} ${context.name('a', pair)}`,
    );
  };
  await context.settle(made);
  const aId = await made();
  context.setAside('a', pair, aId);
  context.counterparts.set(`${pair.slug} ${aId}`, b.id);
  return aId;
}
