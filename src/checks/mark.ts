import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { FieldSpec, Json, SampleHint } from '../contract/field.js';
import { withoutConditions } from '../contract/path.js';

/** Formats of texts in which some more letters do no harm. */
const ROOMY = new Set<SampleHint | undefined>([
  undefined,
  'email',
  'first-name',
  'last-name',
  'company',
  'street',
  'city',
  'sku',
  'number',
]);
/** What must be left of the value itself. */
const LEAST_OWN = 6;

/** The value with the tag in it, when there is one and every field can hold it; else the value as it is. */
export function markValue(
  value: Json,
  tag: string | undefined,
  fields: readonly (FieldSpec | undefined)[],
): Json {
  if (tag === undefined || typeof value !== 'string' || value.includes(tag)) return value;
  const room = Math.min(...fields.map((field) => roomIn(field)));
  return room < tag.length + 1 + LEAST_OWN ? value : withTag(value, tag, room);
}

function roomIn(field: FieldSpec | undefined): number {
  if (field === undefined || field.pattern !== undefined || field.readOnly === true) return 0;
  if (field.type.kind === 'untyped') return 200;
  return field.type.kind === 'string' && ROOMY.has(field.type.format ?? field.hint)
    ? field.type.maxLength
    : 0;
}

/** In the local part of an e-mail address, else at the end; cut to `room` characters. */
function withTag(value: string, tag: string, room: number): string {
  const at = value.indexOf('@');
  const [own, rest] = at > 0 ? [value.slice(0, at), value.slice(at)] : [value, ''];
  const joint = at > 0 ? '.' : /[\s]/.test(value) ? ' ' : '-';
  const left = room - [...rest].length - tag.length - 1;
  return `${[...own].slice(0, Math.max(left, 0)).join('')}${joint}${tag}${rest}`;
}

/**
 * A check whose boundary value is a key by which records are found: where worlds share their systems it is made
 * unlike that of every other world. Values that come with an expected counterpart stay as the profile gave them.
 */
export function ownValue(check: Check, plan: SyncPlan, tag: string | undefined): Check {
  const value = check.value?.value;
  if (tag === undefined || check.value === null || typeof value !== 'string' || check.expected !== undefined)
    return check;
  const pair = plan.pairs.find((one) => one.slug === check.pair);
  const row = pair?.rows.find((one) => one.slug === check.property);
  if (pair === undefined || row?.transform.kind !== 'identity') return check;
  const fieldOn = (side: 'a' | 'b') =>
    plan.systems[side].entities
      .find((one) => one.name === pair.entity[side])
      ?.fields.find((one) => one.path === withoutConditions(row[side]));
  const fields =
    check.scenario === 'over-long-text' ? [fieldOn(check.from ?? 'a')] : [fieldOn('a'), fieldOn('b')];
  const isKey =
    fields.some((field) => field?.unique === true) ||
    pair.match.some((key) => key.parts.some((part) => part.a === row.a || part.b === row.b));
  if (!isKey) return check;
  return { ...check, value: { ...check.value, value: markValue(value, tag, fields) } };
}
