import type { MappedRow, PairPlan, Transform } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { FieldSpec, Json, JsonObject } from '../contract/field.js';
import { getPath, setInPlace } from '../contract/path.js';
import { otherValue, sampleRecord, sampleValue, type Rng } from '../contract/values.js';
import type { CheckContext } from './context.js';
import { isLive, rivalsOf } from './oracle/live-rows.js';
import { expectedOnB, keyOnB } from './oracle/expected.js';
import { referred, resolveReferences } from './references.js';

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
    // What comes from a property that nobody can write there is empty here too, or the two would not agree.
    const isFed = row.direction === 'b-to-a' && context.field('b', row.b, pair)?.readOnly === true;
    if (isFed || !isFilled(pair, row, subject)) {
      setInPlace(record, row.a, null);
      continue;
    }
    const field = context.field('a', row.a, pair);
    const value = field === undefined ? null : await sampleFor(context, row, field, pair);
    if (value !== null) setInPlace(record, row.a, value);
  }
  meetConditions(context, subject, 'a', record, pair);
  agreeWithKeys(pair, record);
  await fillReferences(context, fields, record);
  for (const [path, value] of Object.entries(overrides)) setInPlace(record, path, value);
  return record;
}

/**
 * Of several rows with one target one has a value: the one in question, else one that matches, else the first. Where only
 * a match links, its key has one too, until the two are linked.
 */
function isFilled(pair: PairPlan, row: MappedRow, subject: MappedRow | undefined): boolean {
  const rivals = rivalsOf(pair.rows, row);
  if (rivals.length === 0) return true;
  const isKey = (one: MappedRow) => pair.match.some((key) => key.parts.some((part) => part.a === one.a));
  const chosen = rivals.find((one) => one === subject) ?? rivals.find(isKey) ?? rivals[0];
  return (
    row === chosen ||
    row.a === chosen?.a ||
    (pair.creation.a?.kind === 'linked-only' && isKey(row)) ||
    pair.rows.some((one) => one.a === row.a && rivalsOf(pair.rows, one).length === 0)
  );
}

/** Gives a record what a row asks of records of its side. */
function meetConditions(
  context: CheckContext,
  row: MappedRow | undefined,
  side: Side,
  record: JsonObject,
  pair: PairPlan,
): void {
  for (const one of row?.only ?? [])
    if (one.side === side) setInPlace(record, one.path, context.conditionValue(one, pair));
}

/** A key property that another row feeds on side b: that row carries the key's value, else no two records would match. */
function agreeWithKeys(pair: PairPlan, record: JsonObject): void {
  for (const part of pair.match.flatMap((key) => key.parts)) {
    const feeding = pair.rows.filter((row) => row.b === part.b);
    if (feeding.some((row) => row.a === part.a)) continue;
    for (const row of feeding) {
      const held = getPath(record, row.a);
      const own = getPath(record, part.a);
      const value = asItPasses(row.transform, own);
      if (value === null || typeof held !== typeof value) continue;
      if (value !== own) setInPlace(record, part.a, value);
      setInPlace(record, row.a, value);
    }
  }
}

/** A text, or what a transform leaves of it, that the transform does not change; null where there is none. */
function asItPasses(transform: Transform, value: Json): Json {
  if (value === null || passesAsIs(transform, value)) return value;
  const left = typeof value === 'string' ? expectedOnB(transform, value, () => null) : null;
  return typeof left === 'string' && left !== '' && passesAsIs(transform, left) ? left : null;
}

const passesAsIs = (transform: Transform, value: Json) => expectedOnB(transform, value, () => null) === value;

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
  const subject = pair.rows.find((row) => pair === context.pair && row.slug === context.check.property);
  meetConditions(context, subject, 'b', record, pair);
  const carry = (row: MappedRow): void => {
    const value = expectedOnB(row.transform, getPath(a, row.a), context.refer);
    if (value !== null) setInPlace(record, row.b, value);
  };
  for (const row of pair.rows)
    if (row.precedence === undefined || isLive(pair.rows, row, a, record)) carry(row);
  meetConditions(context, subject, 'b', record, pair);
  for (const part of pair.match.flatMap((key) => key.parts)) {
    const own = pair.rows.find((row) => row.a === part.a && row.b === part.b);
    if (own !== undefined) carry(own);
    else if (!mapped.has(part.b) || getPath(record, part.b) === null)
      setInPlace(record, part.b, keyOnB(part, 'a', getPath(a, part.a)));
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
