import type { MatchPart, Transform } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';

/** The counterpart's id of a referred record of side a, as side b writes it. */
export type ReferenceLookup = (pair: string, aId: string) => Json;

/**
 * What side b must hold when side a holds `value`, by the transform's declaration alone. Written apart from any
 * sync, so that a mapping cannot be wrong twice in the same way.
 */
export function expectedOnB(transform: Transform, value: Json, refer: ReferenceLookup): Json {
  if (transform.kind === 'placeholder') return value === null || value === '' ? transform.placeholder : value;
  if (value === null) return null;
  switch (transform.kind) {
    case 'identity':
    case 'cast':
      return value;
    case 'decimal-minor':
      return Number(decimalToScaled(String(value), transform.scale));
    case 'decimal-number':
      return Number(String(value));
    case 'iso-epoch':
      return Date.parse(withZone(String(value)));
    case 'date-epoch':
      return Date.parse(`${String(value)}T00:00:00.000Z`);
    case 'enum':
      return transform.pairs.find(([own]) => own === value)?.[1] ?? null;
    case 'boolean-enum':
      return value === true ? transform.yes : transform.no;
    case 'joined-list':
      return Array.isArray(value) ? value.map(String).join(transform.separator) : null;
    case 'reference':
      return refer(transform.pair, String(value));
    case 'lines':
      return Array.isArray(value)
        ? value.map((item) => expectedLine(transform, item as JsonObject, refer))
        : null;
    case 'datetime-format':
      return formatInstant(String(value), transform.format);
    case 'replace':
      return String(value).split(transform.from).join(transform.to);
    case 'strip-first-word':
      return stripFirstWord(String(value), transform.pattern, transform.separator);
    case 'integer-unless-text':
      return /^-?\d{1,15}$/.test(String(value)) ? Number(value) : value;
  }
}

/** A property of a match key as side b holds it: two records match where these are equal (I28). */
export function keyOnB({ transform }: MatchPart, side: Side, value: Json): Json {
  return side === 'b' || transform === undefined || value === null || value === ''
    ? value
    : expectedOnB(transform, value, () => null);
}

function expectedLine(
  transform: Extract<Transform, { kind: 'lines' }>,
  item: JsonObject,
  refer: ReferenceLookup,
): JsonObject {
  const line: JsonObject = {};
  for (const row of transform.rows)
    setInPlace(line, row.b, expectedOnB(row.transform, getPath(item, row.a), refer));
  return line;
}

/** `"12.5"` at scale 2 is 1250n; digits beyond the scale round half away from zero. */
export function decimalToScaled(text: string, scale: number): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = fraction.padEnd(scale + 1, '0');
  const kept = BigInt(whole + digits.slice(0, scale));
  const rounded = Number(digits[scale]) >= 5 ? kept + 1n : kept;
  return sign === '-' ? -rounded : rounded;
}

const withZone = (text: string) => (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);

/** strftime of an instant in UTC, as which one without a zone is read; a text that is no instant stays as it is. */
export function formatInstant(text: string, format: string): string {
  const instant = withZone(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(instant))) return text;
  const [day = '', time = ''] = new Date(instant).toISOString().split('T');
  const [year = '', month = '', date = ''] = day.split('-');
  const [hours = '', minutes = '', seconds = ''] = time.slice(0, 8).split(':');
  const parts: Record<string, string> = { Y: year, m: month, d: date, H: hours, M: minutes, S: seconds };
  return format.replaceAll(/%([YmdHMS])/g, (_match, letter: string) => parts[letter] ?? '');
}

function stripFirstWord(text: string, pattern: string, separator: string): string {
  const literal = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (!new RegExp(`^${literal.join('.*')}$`, 'su').test(text)) return text;
  return text.split(' ').slice(1).join(separator);
}
