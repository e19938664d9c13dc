import { beginsBack, type MappedRow, type PairPlan, type Transform } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { FieldSpec, Json, JsonObject } from '../contract/field.js';
import { getPath, setInPlace } from '../contract/path.js';
import { otherValue, sampleRecord, sampleValue, type Rng } from '../contract/values.js';
import type { CheckContext } from './context.js';
import { CheckFailure, NotTestableHere } from './failure.js';
import { differenceOf } from './oracle/agree.js';
import { isLive, rivalsOf } from './oracle/live-rows.js';
import { expectedOnB } from './oracle/expected.js';
import { referredBack } from './sample-back.js';

/** A record of side a with every property filled; what it refers to is made and synchronised first. */
export async function sampleA(
  context: CheckContext,
  overrides: Record<string, Json> = {},
  pair: PairPlan = context.pair,
): Promise<JsonObject> {
  const fields = context.entity('a', pair).fields;
  const record = sampleRecord(fields, context.rng);
  markAll(context, fields, record);
  const isOwn = pair === context.pair;
  const subject = isOwn ? pair.rows.find((row) => row.slug === context.check.property) : undefined;
  for (const row of pair.rows) {
    if (!isFilled(pair, row, subject)) {
      setInPlace(record, row.a, null);
      continue;
    }
    const field = context.field('a', row.a, pair);
    const value = field === undefined ? null : await sampleFor(context, row, field, pair);
    if (value !== null) setInPlace(record, row.a, value);
  }
  for (const { side, path, value } of subject?.only ?? []) if (side === 'a') setInPlace(record, path, value);
  agreeWithKeys(pair, record);
  await fillReferences(context, fields, record);
  for (const [path, value] of Object.entries(overrides)) setInPlace(record, path, value);
  return record;
}

/** Of several rows with one target one has a value: the one in question, else one that matches, else the first. */
function isFilled(pair: PairPlan, row: MappedRow, subject: MappedRow | undefined): boolean {
  const rivals = rivalsOf(pair.rows, row);
  if (rivals.length === 0) return true;
  const isKey = (one: MappedRow) => pair.match.some((key) => key.parts.some((part) => part.a === one.a));
  const chosen = rivals.find((one) => one === subject) ?? rivals.find(isKey) ?? rivals[0];
  return (
    row === chosen ||
    row.a === chosen?.a ||
    pair.rows.some((one) => one.a === row.a && rivalsOf(pair.rows, one).length === 0)
  );
}

/** A key property that another row feeds on side b: that row carries the key's value, else no two records would match. */
function agreeWithKeys(pair: PairPlan, record: JsonObject): void {
  for (const part of pair.match.flatMap((key) => key.parts)) {
    const feeding = pair.rows.filter((row) => row.b === part.b);
    if (feeding.some((row) => row.a === part.a)) continue;
    const value = getPath(record, part.a);
    for (const row of feeding) {
      const held = getPath(record, row.a);
      if (row.transform.kind === 'identity' && typeof held === typeof value && value !== null)
        setInPlace(record, row.a, value);
    }
  }
}

/** References that the provider demands and no row names: a record of the other entity is made for each. */
async function fillReferences(context: CheckContext, fields: FieldSpec[], record: JsonObject): Promise<void> {
  const { contract } = context.world.a;
  for (const field of fields) {
    if (field.type.kind !== 'reference' || field.required !== true || getPath(record, field.path) !== null)
      continue;
    const name = field.type.entity;
    const entity = contract.entities.find((one) => one.name === name);
    if (entity === undefined) continue;
    const referredTo = sampleRecord(entity.fields, context.rng);
    markAll(context, entity.fields, referredTo);
    const made = await context.world.a.create(name, referredTo);
    setInPlace(record, field.path, entity.idKind === 'integer' ? Number(made.id) : made.id);
  }
}

/** The record of side b that agrees with one of side a. */
export function matchingB(context: CheckContext, a: JsonObject, pair: PairPlan = context.pair): JsonObject {
  const fields = context.entity('b', pair).fields;
  const mapped = new Set(pair.rows.map((row) => row.b));
  const record = sampleRecord(fields, context.rng, mapped);
  markAll(context, fields, record);
  for (const row of pair.rows) {
    if (row.only === undefined && !isLive(pair.rows, row, a, record)) continue;
    const value = expectedOnB(row.transform, getPath(a, row.a), context.refer);
    if (value !== null) setInPlace(record, row.b, value);
  }
  const subject = pair.rows.find((row) => pair === context.pair && row.slug === context.check.property);
  for (const { side, path, value } of subject?.only ?? []) if (side === 'b') setInPlace(record, path, value);
  for (const key of pair.match) {
    for (const part of key.parts) {
      if (!mapped.has(part.b)) setInPlace(record, part.b, getPath(a, part.a));
    }
  }
  return record;
}

async function sampleFor(
  context: CheckContext,
  row: MappedRow,
  field: FieldSpec,
  pair: PairPlan,
): Promise<Json> {
  if (row.transform.kind === 'reference') return referred(context, row.transform.pair, field);
  if (row.transform.kind === 'lines') {
    const first = await sampleLine(context, row.transform, field);
    return [first, await sampleLine(context, row.transform, field)];
  }
  return plainSample(context, row, field, pair);
}

/** A value that both sides can hold. */
function plainSample(
  context: CheckContext,
  row: MappedRow,
  field: FieldSpec,
  pair: PairPlan = context.pair,
): Json {
  const far = context.field('b', row.b, pair);
  const isLooser = row.transform.kind === 'identity' && field.type.kind === 'untyped' && far !== undefined;
  const value = shaped(row.transform, isLooser ? far : field, context.rng);
  if (typeof value !== 'string') return value;
  const fitting = far?.type.kind === 'string' ? [...value].slice(0, far.type.maxLength).join('') : value;
  const carries = row.transform.kind === 'identity' || row.transform.kind === 'placeholder';
  return carries ? context.marked(fitting, field, far) : fitting;
}

/** Lets every text of a record bear the tag of the world, where it has one. */
function markAll(context: CheckContext, fields: FieldSpec[], record: JsonObject): void {
  if (context.world.tag === undefined) return;
  for (const field of fields) {
    const value = getPath(record, field.path);
    if (value !== null) setInPlace(record, field.path, context.marked(value, field));
  }
}

function shaped(transform: Transform, field: FieldSpec, rng: Rng): Json {
  if (transform.kind === 'datetime-format')
    return sampleValue({ path: field.path, type: { kind: 'datetime' } }, rng);
  if (transform.kind === 'strip-first-word')
    return `+47 ${String(sampleValue({ path: 'n', type: { kind: 'string', maxLength: 40, format: 'barcode' } }, rng))}`;
  if (transform.kind === 'enum')
    return transform.pairs[Math.floor(rng() * transform.pairs.length)]?.[0] ?? null;
  return sampleValue(field, rng);
}

export async function sampleLine(
  context: CheckContext,
  transform: Extract<Transform, { kind: 'lines' }>,
  field: FieldSpec,
): Promise<JsonObject> {
  const line: JsonObject = {};
  const fields = field.type.kind === 'object-list' ? field.type.fields : [];
  for (const row of transform.rows) {
    const own = fields.find((one) => one.path === row.a);
    if (own === undefined) continue;
    const value =
      row.transform.kind === 'reference'
        ? await referred(context, row.transform.pair, own)
        : sampleValue(own, context.rng);
    if (value !== null) setInPlace(line, row.a, value);
  }
  return line;
}

/** Where a link comes first and nothing matches, someone has to link the records. */
export async function linkByHand(
  context: CheckContext,
  pair: PairPlan,
  aId: string,
  bId: string,
): Promise<void> {
  if (pair.creation.a.kind !== 'linked-only' || pair.match.length > 0) return;
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
 * that pair is of an entity of the check's own: what the sync then makes of it is set aside at once.
 */
export async function referred(context: CheckContext, slug: string, field: FieldSpec): Promise<Json> {
  const pair = context.plan.pairs.find((one) => one.slug === slug);
  if (pair === undefined) throw new Error(`the plan holds no pair ${slug}`);
  const own = context.pair;
  const shares = pair !== own && SIDES.some((side) => pair.entity[side] === own.entity[side]);
  if (!shares) return makeReferred(context, pair, field);
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

async function makeReferred(context: CheckContext, pair: PairPlan, field: FieldSpec): Promise<Json> {
  const { slug } = pair;
  const isNumber = context.entity('a', pair).idKind === 'integer' && field.type.kind === 'reference';
  if (beginsBack(pair)) {
    const id = await referredBack(context, pair);
    return isNumber ? Number(id) : id;
  }
  const rule = pair.creation.a;
  const condition = rule.kind === 'when' ? { [rule.condition.path]: rule.condition.meets } : {};
  const fields = await sampleA(context, condition, pair);
  const record = await context.world.a.create(pair.entity.a, fields);
  context.setAside('a', pair, record.id);
  if (pair.creation.a.kind === 'linked-only' || pair.creation.a.kind === 'connected') {
    await resolveReferences(context);
    const b = await context.world.b.create(pair.entity.b, matchingB(context, fields, pair));
    context.setAside('b', pair, b.id);
    await linkByHand(context, pair, record.id, b.id);
  }
  context.unresolved.push({ slug, aId: record.id, fields });
  return isNumber ? Number(record.id) : record.id;
}

/** Settles and finds the counterpart of every record that is referred to: the one that agrees in the telling rows. */
export async function resolveReferences(context: CheckContext): Promise<void> {
  if (context.unresolved.length === 0) return;
  await context.settle(() => counterpartsOf(context));
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

/** A value of the row for an edit on one side that differs from what both sides hold. */
export async function editValue(
  context: CheckContext,
  row: MappedRow,
  side: Side,
  current: Json,
): Promise<Json> {
  const field = context.field(side, row[side]);
  const own = context.field('a', row.a);
  if (field === undefined || own === undefined) return null;
  if (row.transform.kind === 'reference') {
    const aValue = await referred(context, row.transform.pair, own);
    await resolveReferences(context);
    return side === 'a' ? aValue : context.refer(row.transform.pair, String(aValue));
  }
  for (let attempt = 0; attempt < 30; attempt++) {
    const aValue = plainSample(context, row, own);
    const value = side === 'a' ? aValue : expectedOnB(row.transform, aValue, context.refer);
    if (JSON.stringify(value) !== JSON.stringify(current)) return value;
  }
  return otherValue(field, current, context.rng);
}
