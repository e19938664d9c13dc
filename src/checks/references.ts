import { easiest, firstLink } from '../checklist/first-link.js';
import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { FieldSpec, Json } from '../contract/field.js';
import type { CheckContext } from './context.js';
import { CheckFailure, NotTestableHere } from './failure.js';
import { differenceOf } from './oracle/agree.js';
import { isLive } from './oracle/live-rows.js';
import { referredBack } from './sample-back.js';
import { matchingB, sampleA } from './sample.js';

/** Where a link comes first and nothing matches, someone has to link the records. */
export async function linkByHand(
  context: CheckContext,
  pair: PairPlan,
  aId: string,
  bId: string,
): Promise<void> {
  if (pair.creation.a.kind === 'linked-only' && pair.match.length === 0)
    await linkNow(context, pair, aId, bId);
}

async function linkNow(context: CheckContext, pair: PairPlan, aId: string, bId: string): Promise<void> {
  if (context.world.sync.link === undefined)
    throw new NotTestableHere(
      'a link must exist first, and the target offers no way to make one',
      'give a match key for this pair in the profile',
    );
  await context.settle();
  await context.world.sync.link({ pair: pair.slug, aId, bId });
}

/**
 * A new record of another pair; gives its id as side a writes references. Its counterpart is looked up later, unless
 * records of the check's own entities may come of it: what the sync then makes of it is set aside at once. Records may
 * refer to each other in a circle, so it is null where one must be there first that is being made just now.
 */
export async function referred(context: CheckContext, slug: string, field: FieldSpec): Promise<Json> {
  const pair = context.plan.pairs.find((one) => one.slug === slug);
  if (pair === undefined) throw new Error(`the plan holds no pair ${slug}`);
  if (awaitsOneInMaking(context, pair)) return null;
  context.making.add(slug);
  try {
    return await referredApart(context, pair, field);
  } finally {
    context.making.delete(slug);
  }
}

/** Whether a record of the pair, or one that it must be connected to, is being made just now. */
function awaitsOneInMaking(context: CheckContext, pair: PairPlan): boolean {
  if (context.making.has(pair.slug)) return true;
  const { pairs } = context.plan;
  const way = firstLink(pairs, pair);
  const rule = way === 'connect' ? pair.creation.a : way === 'back' ? pair.creation.b : null;
  const first = rule?.kind === 'connected' ? easiest(pairs, pair, rule.to) : null;
  const before = pairs.find(({ slug }) => slug === first?.pair);
  return before !== undefined && awaitsOneInMaking(context, before);
}

async function referredApart(context: CheckContext, pair: PairPlan, field: FieldSpec): Promise<Json> {
  const own = context.pair;
  if (pair === own || !leadsTo(context.plan.pairs, pair, own)) return makeReferred(context, pair, field);
  const idsOf = async (side: Side) => (await context.world[side].list(own.entity[side])).map(({ id }) => id);
  const known = { a: new Set(await idsOf('a')), b: new Set(await idsOf('b')) };
  const value = await makeReferred(context, pair, field);
  await resolveReferences(context);
  await context.settle();
  for (const side of SIDES) {
    for (const id of await idsOf(side)) if (!known[side].has(id)) context.setAside(side, own, id);
  }
  return value;
}

const SIDES = ['a', 'b'] as const;

/** Whether a record of one pair, its counterpart, theirs in turn, and so on, may be of an entity of the other pair. */
function leadsTo(pairs: PairPlan[], from: PairPlan, to: PairPlan): boolean {
  const reached = { a: new Set([from.entity.a]), b: new Set([from.entity.b]) };
  const isReached = (pair: PairPlan) => SIDES.some((side) => reached[side].has(pair.entity[side]));
  let left = pairs;
  for (let next = left.filter(isReached); next.length > 0; next = left.filter(isReached)) {
    for (const pair of next) for (const side of SIDES) reached[side].add(pair.entity[side]);
    const taken = new Set(next);
    left = left.filter((pair) => !taken.has(pair));
  }
  return isReached(to);
}

async function makeReferred(context: CheckContext, pair: PairPlan, field: FieldSpec): Promise<Json> {
  const { slug } = pair;
  const isNumber = context.entity('a', pair).idKind === 'integer' && field.type.kind === 'reference';
  const way = firstLink(context.plan.pairs, pair);
  if (way === 'back') {
    const id = await referredBack(context, pair);
    return isNumber ? Number(id) : id;
  }
  const rule = pair.creation.a;
  const condition = rule.kind === 'when' ? { [rule.condition.path]: rule.condition.meets } : {};
  const connection =
    way === 'connect' && rule.kind === 'connected' ? await connect(context, rule.to, pair) : {};
  const fields = await sampleA(context, { ...condition, ...connection }, pair);
  const record = await context.world.a.create(pair.entity.a, fields);
  context.setAside('a', pair, record.id);
  if (way === 'match' || way === 'hand') {
    await resolveReferences(context);
    const b = await context.world.b.create(pair.entity.b, matchingB(context, fields, pair));
    context.setAside('b', pair, b.id);
    if (way === 'hand') await linkNow(context, pair, record.id, b.id);
  }
  context.unresolved.push({ slug, aId: record.id, fields });
  return isNumber ? Number(record.id) : record.id;
}

/** Connects a record to one that is synchronised: of those that it may be connected to, to the one linked most easily. */
export async function connect(
  context: CheckContext,
  to: { pair: string; path: string }[],
  pair: PairPlan = context.pair,
): Promise<Record<string, Json>> {
  const through = easiest(context.plan.pairs, pair, to);
  const field = through === null ? undefined : context.field('a', through.path, pair);
  if (through === null || field === undefined) return {};
  return { [through.path]: await referred(context, through.pair, field) };
}

/** Settles and finds the counterpart of every record that is referred to: the one that agrees in the telling rows. */
export async function resolveReferences(context: CheckContext): Promise<void> {
  if (context.unresolved.length === 0) return;
  await context.settle(() => counterpartsOf(context));
  await nameReferences(context);
}

/** The same where all has come to rest just now: settles once more only when a counterpart is not there yet. */
export async function resolveAtRest(context: CheckContext): Promise<void> {
  try {
    await nameReferences(context);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    await resolveReferences(context);
  }
}

async function nameReferences(context: CheckContext): Promise<void> {
  for (const [key, bId] of await counterpartsOf(context)) {
    context.counterparts.set(key, bId);
    const pair = context.plan.pairs.find((one) => key.startsWith(`${one.slug} `));
    if (pair !== undefined) context.setAside('b', pair, bId);
  }
  context.unresolved.splice(0);
}

async function counterpartsOf(context: CheckContext): Promise<[string, string][]> {
  const resolved: [string, string][] = [];
  for (const { slug, aId, fields } of context.unresolved) {
    const pair = context.plan.pairs.find((one) => one.slug === slug);
    if (pair === undefined) continue;
    const telling = tellingRows(pair);
    const all = await context.world.b.list(pair.entity.b);
    const found = all.filter((one) =>
      telling.every(
        (row) =>
          !isLive(pair.rows, row, fields, one.fields) ||
          differenceOf(row, fields, one.fields, context.refer) === null,
      ),
    );
    const linked = (await context.world.sync.links?.())?.find((one) => one.pair === slug && one.aId === aId);
    const told = found.length > 1 ? found.filter((one) => one.id === linked?.bId) : found;
    const [counterpart, more] = told.length > 0 ? told : found;
    if (counterpart === undefined || more !== undefined) {
      throw new CheckFailure(
        `the ${context.name('a', pair)} that is referred to has ${more === undefined ? 'no' : 'more than one'} ${context.name('b', pair)}`,
      );
    }
    resolved.push([`${slug} ${aId}`, counterpart.id]);
  }
  return resolved;
}

/** The rows by which a counterpart is recognised: those of the match keys, or all plain ones. */
function tellingRows(pair: PairPlan): MappedRow[] {
  const plain = pair.rows.filter(
    (row) => row.transform.kind !== 'reference' && row.transform.kind !== 'lines',
  );
  const keyed = plain.filter((row) => pair.match.some((key) => key.parts.some((part) => part.a === row.a)));
  return keyed.length > 0 ? keyed : plain;
}
