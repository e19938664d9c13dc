import type { MappedRow, PairPlan, Transform } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { expectedOnB } from '../../checks/oracle/expected.js';
import { boundaryValues } from '../../contract/boundary-values.js';
import type { FieldSpec, Json, JsonObject } from '../../contract/field.js';
import { setInPlace } from '../../contract/path.js';
import { createRng, sampleRecord, sampleValue, type Rng } from '../../contract/values.js';
import type { Mirror, Tracked } from './mirror.js';

const BOUNDARY = 0.25;
const UNCARRIABLE = 0.04;
/** Rows of choices are few, and what is no choice of the other side matters more than what is. */
const UNKNOWN_CHOICE = 0.3;
const ACCENTED = 0.2;

/** The id of a record in the form in which its system writes references. */
export const idOf = (mirror: Mirror, record: Tracked): Json =>
  mirror.entity(record.side, record.entity).idKind === 'integer' ? Number(record.id) : record.id;

/** A live record of a pair to refer to; on side b one that is linked, if there is one. */
function referred(mirror: Mirror, slug: string, side: Side, rng: Rng): Json {
  const pair = mirror.plan.pairs.find((one) => one.slug === slug);
  if (pair === undefined) return null;
  const all = mirror.live(pair, side);
  const linked = all.filter((one) => mirror.linksOf(pair, one).length > 0);
  const from = side === 'b' ? linked : all;
  const chosen = from[Math.floor(rng() * from.length)];
  return chosen === undefined ? null : idOf(mirror, chosen);
}

/** A value of a row on a side, both fixed by the seed. Lists of lines are made anew. */
export function valueFor(mirror: Mirror, pair: PairPlan, row: MappedRow, side: Side, seed: number): Json {
  const rng = createRng(seed);
  const { transform } = row;
  if (transform.kind === 'reference') return referred(mirror, transform.pair, side, rng);
  if (transform.kind === 'lines') {
    const lines = [lineFor(mirror, pair, row, side, rng), lineFor(mirror, pair, row, side, rng)];
    return lines.filter((line) => line !== null).slice(0, rng() < 0.5 ? 1 : 2);
  }
  const own = mirror.field(pair, side, row[side]);
  if (own !== undefined && rng() < (own.type.kind === 'enum' ? UNKNOWN_CHOICE : UNCARRIABLE)) {
    const odd = uncarriable(
      transform,
      own,
      mirror.field(pair, side === 'a' ? 'b' : 'a', row[side === 'a' ? 'b' : 'a']),
      rng,
    );
    if (odd !== null) return odd;
  }
  const a = plainValue(mirror, pair, row, rng);
  return side === 'a' ? a : expectedOnB(transform, a, mirror.refer);
}

/** A value that is valid here and that the other side cannot hold. */
function uncarriable(transform: Transform, own: FieldSpec, far: FieldSpec | undefined, rng: Rng): Json {
  if (own.type.kind === 'enum') return own.type.values[Math.floor(rng() * own.type.values.length)] ?? null;
  if (transform.kind !== 'identity' || own.type.kind !== 'string' || far?.type.kind !== 'string') return null;
  return own.type.maxLength > far.type.maxLength ? 'long '.padEnd(far.type.maxLength + 1, 'x') : null;
}

function plainValue(mirror: Mirror, pair: PairPlan, row: MappedRow, rng: Rng): Json {
  const { transform } = row;
  const own = mirror.field(pair, 'a', row.a);
  const far = mirror.field(pair, 'b', row.b);
  if (own === undefined) return null;
  if (transform.kind === 'enum')
    return transform.pairs[Math.floor(rng() * transform.pairs.length)]?.[0] ?? null;
  const field = transform.kind === 'identity' && own.type.kind === 'untyped' && far !== undefined ? far : own;
  if (transform.kind === 'datetime-format')
    return sampleValue({ path: own.path, type: { kind: 'datetime' } }, rng);
  const isKey = pair.match.some((key) => key.parts.some((part) => part.a === row.a));
  const edges =
    !isKey && rng() < BOUNDARY ? boundaryValues(field).filter(({ value }) => fits(far, value)) : [];
  const edge = edges[Math.floor(rng() * edges.length)];
  const value = edge?.value ?? sampleValue(field, rng);
  if (!isKey && edge === undefined && far?.normalises === 'trim' && typeof value === 'string' && rng() < 0.6)
    return ` ${value} `;
  if (typeof value !== 'string' || far?.type.kind !== 'string') return value;
  if (isKey && rng() < ACCENTED) return accented(value);
  return [...value].slice(0, far.type.maxLength).join('');
}

/** A match key with a letter that can be encoded in two ways. */
export const accented = (key: string): string => `\u00e9${key}`;

function fits(far: FieldSpec | undefined, value: Json): boolean {
  return typeof value !== 'string' || far?.type.kind !== 'string' || [...value].length <= far.type.maxLength;
}

/** One line of a list of lines; null when there is nothing to refer to. */
export function lineFor(
  mirror: Mirror,
  pair: PairPlan,
  row: MappedRow,
  side: Side,
  rng: Rng,
): JsonObject | null {
  if (row.transform.kind !== 'lines') return null;
  const list = mirror.field(pair, 'a', row.a);
  const fields = list?.type.kind === 'object-list' ? list.type.fields : [];
  const line: JsonObject = {};
  for (const inner of row.transform.rows) {
    if (inner.transform.kind === 'reference') {
      const id = referred(mirror, inner.transform.pair, side, rng);
      if (id === null) return null;
      setInPlace(line, inner[side], id);
      continue;
    }
    const own = fields.find((one) => one.path === inner.a);
    if (own === undefined) continue;
    const a = sampleValue(own, rng);
    const value = side === 'a' ? a : expectedOnB(inner.transform, a, mirror.refer);
    if (value !== null) setInPlace(line, inner[side], value);
  }
  return line;
}

/** The fields of a new record; null when what it must refer to is not there. `sparse` leaves out about half. */
export function recordFor(
  mirror: Mirror,
  pair: PairPlan,
  side: Side,
  seed: number,
  sparse: boolean,
): JsonObject | null {
  const rng = createRng(seed);
  const { fields } = mirror.entity(side, pair.entity[side]);
  const mapped = new Set(pair.rows.map((row) => row[side]));
  const record = sampleRecord(fields, rng, mapped);
  const keys = new Set(pair.match.flatMap((key) => key.parts.map((part) => part[side])));
  for (const row of pair.rows) {
    const field = mirror.field(pair, side, row[side]);
    const needed = field?.required === true || keys.has(row[side]) || field?.type.kind === 'reference';
    if (sparse && !needed && rng() < 0.5) continue;
    const value = valueFor(mirror, pair, row, side, Math.floor(rng() * 0x7fffffff));
    if (value === null && field?.required === true) return null;
    if (value !== null) setInPlace(record, row[side], value);
  }
  const rule = side === 'a' ? pair.creation.a : null;
  if (rule?.kind === 'when')
    setInPlace(record, rule.condition.path, rng() < 0.8 ? rule.condition.meets : rule.condition.fails);
  return record;
}
