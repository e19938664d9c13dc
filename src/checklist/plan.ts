import type { SystemContract } from '../contract/api-description.js';
import type { Json } from '../contract/field.js';
import type { Policies, Side } from './policies.js';

/**
 * A declared transform between a value of side a and one of side b. Those marked lossy have no inverse: from b to a
 * the value is taken over as it is, so that applying the transform again gives b's value.
 * - `decimal-minor`: `"12.50"` ↔ `1250` (scale 2); rounding half away from zero beyond the scale
 * - `iso-epoch`: ISO instant ↔ epoch ms; `date-epoch`: calendar day ↔ ms of its UTC midnight
 * - `decimal-number`: `"25.00"` ↔ `25`; `scale` digits on side a
 * - `enum`: `pairs` of [a, b], one-to-one; a value without a pair is reported (I27)
 * - `boolean-enum`: true ↔ `yes`, false ↔ `no`
 * - `joined-list`: `["x","y"]` ↔ `"x;y"`, order kept
 * - `reference`: id of a linked record of `pair` on side a ↔ its counterpart's id
 * - `lines`: list of objects mapped element by element, order kept
 * - `cast`: b holds the value as `to`; a holds its text or the same type. Text that is no such value is reported.
 * - `datetime-format` (lossy): b holds a's instant, UTC, written with strftime `format`
 * - `replace` (lossy), `placeholder` (null or "" becomes `placeholder` on b), `strip-first-word` (lossy)
 * - `integer-unless-text`: digits become a number on b, other text stays text
 */
export type Transform =
  | { kind: 'identity' }
  | { kind: 'decimal-minor'; scale: number }
  | { kind: 'iso-epoch' }
  | { kind: 'date-epoch' }
  | { kind: 'decimal-number'; scale: number }
  | { kind: 'enum'; pairs: [string, string][] }
  | { kind: 'boolean-enum'; yes: string; no: string }
  | { kind: 'joined-list'; separator: string }
  | { kind: 'reference'; pair: string }
  | { kind: 'lines'; rows: MappedRow[] }
  | { kind: 'cast'; to: 'string' | 'integer' | 'float' | 'decimal' | 'boolean' | 'list' }
  | { kind: 'datetime-format'; format: string }
  | { kind: 'replace'; from: string; to: string }
  | { kind: 'placeholder'; placeholder: string }
  | { kind: 'strip-first-word'; pattern: string; separator: string }
  | { kind: 'integer-unless-text'; literal: string };

/** Where a row came from: the document's own table, the profile, or a rule applied to the document. */
export type Origin = 'document' | 'profile';

/**
 * One synchronised property. `slug` is unique in its pair and part of check ids. Paths are those of the entity's
 * field specs. A qualifier on a list element stands in the path (`phones[kind=mobile].number`); `only` narrows the row to
 * records whose `path` holds `value`. `precedence` is set on all rows that share a target: the lowest one with a value
 * on side a holds, the others are not written; without any value the lowest one holds.
 */
export type MappedRow = {
  slug: string;
  a: string;
  b: string;
  transform: Transform;
  direction: 'both' | 'a-to-b' | 'b-to-a';
  examples: [Json, Json][];
  origin: Origin;
  line: number | null;
  only?: RowCondition[];
  precedence?: number;
};

/** Whether a row carries each value as it is, both ways and whatever else the record holds. */
export const isPlain = (row: MappedRow): boolean =>
  row.transform.kind === 'identity' &&
  row.direction === 'both' &&
  row.only === undefined &&
  row.precedence === undefined;

/** What a record must hold for a row to count; `value` is the text of it. */
export type RowCondition = { side: Side; path: string; value: string };

/**
 * A record matches when every part of one key is equal on both sides after `normalise`. Where a row carries the two
 * properties by a transform, they are compared as side b holds them.
 */
export type MatchKey = { slug: string; parts: MatchPart[]; line: number | null; origin: Origin };
export type MatchPart = {
  a: string;
  b: string;
  normalise: 'none' | 'case-insensitive';
  transform?: Transform;
};

/** `equals` compares a field of the side that is created from; the examples satisfy and fail it. */
export type Predicate = { path: string; equals: Json; meets: Json; fails: Json };

/** `every`: each record; `when`: those that meet the condition; `linked-only`: none is created (link-first). */
export type CreationRule =
  | { kind: 'every' }
  | { kind: 'when'; condition: Predicate }
  | { kind: 'linked-only' }
  | { kind: 'connected'; to: { pair: string; path: string }[] };

/**
 * One pair of entities as the sync must treat it. `slug` is unique (`customer`). `creation.b` says
 * when records of b are created on a; it is null unless the reverse document is given too: records of b are then
 * linked when they match but never created on a. Paths of a rule are those of the side whose records are created from.
 */
export type PairPlan = {
  slug: string;
  entity: { a: string; b: string };
  rows: MappedRow[];
  match: MatchKey[];
  creation: { a: CreationRule; b: CreationRule | null };
  policies: Policies;
};

/** Whether the reverse document creates records of a from those of b. */
export const createsBack = ({ b }: PairPlan['creation']): boolean => b !== null && b.kind !== 'linked-only';

/** Whether nothing but the reverse document, or somebody's hand, can link records of a pair. */
export const beginsBack = ({ creation, match }: PairPlan): boolean =>
  creation.a.kind === 'linked-only' && match.length === 0 && createsBack(creation);

/** All that the reference sync is configured with and that the checks judge by. */
export type SyncPlan = { systems: { a: SystemContract; b: SystemContract }; pairs: PairPlan[] };
