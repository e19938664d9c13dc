import type { Transform } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json, JsonObject } from '../contract/field.js';
import { instantOf } from '../contract/instant.js';
import { accessor } from './paths.js';
import { isObject } from './json.js';

/** Looks up the counterpart of a referred record; `UnlinkedReference` when it has none yet. */
export type Refer = (pair: string, from: Side, id: string) => Json;

/** A value that the declared transform cannot carry (I27). */
export class UnmappableValue extends Error {}

export const WAITS = 'waits for the counterpart of';

/** A record that is referred to has no counterpart yet; any one of `refs` is what to wait for. */
export class UnlinkedReference extends Error {
  readonly refs: string[];
  constructor(ref: string, ...others: string[]) {
    super([`${WAITS} ${ref}`, ...others].join(' or '));
    this.refs = [ref, ...others];
  }
}

/** Carries a value from one side to the other as the row's transform declares. */
export function carry(transform: Transform, from: Side, value: Json, refer: Refer): Json {
  if (value === null && transform.kind !== 'placeholder') return null;
  return from === 'a' ? toB(transform, value, refer) : toA(transform, value, refer);
}

function toB(transform: Transform, value: Json, refer: Refer): Json {
  switch (transform.kind) {
    case 'decimal-minor':
      return parseDecimal(value, transform.scale);
    case 'decimal-number':
      return finite(Number(value), value);
    case 'iso-epoch':
      return finite(instantOf(String(value)), value);
    case 'date-epoch':
      return finite(Date.parse(`${String(value)}T00:00:00Z`), value);
    case 'enum':
      return partner(transform.pairs, value, 0);
    case 'boolean-enum':
      return value === true ? transform.yes : transform.no;
    case 'joined-list':
      return Array.isArray(value) ? value.join(transform.separator) : value;
    case 'reference':
      return refer(transform.pair, 'a', String(value));
    case 'lines':
      return mapLines(transform, 'a', value, refer);
    case 'datetime-format':
      return strftime(String(value), transform.format);
    case 'replace':
      return String(value).replaceAll(transform.from, () => transform.to);
    case 'strip-first-word':
      return globMatches(transform.pattern, String(value))
        ? String(value).split(' ').slice(1).join(transform.separator)
        : value;
    case 'integer-unless-text':
      return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number.parseInt(value, 10) : value;
    case 'placeholder':
      return value === null || value === '' ? transform.placeholder : value;
    case 'identity':
    case 'cast':
      return value;
  }
}

function toA(transform: Transform, value: Json, refer: Refer): Json {
  switch (transform.kind) {
    case 'decimal-minor':
      return formatMinor(Number(value), transform.scale);
    case 'decimal-number':
      return Number(value).toFixed(transform.scale);
    case 'iso-epoch':
      return new Date(Number(value)).toISOString();
    case 'date-epoch':
      return new Date(Number(value)).toISOString().slice(0, 10);
    case 'enum':
      return partner(transform.pairs, value, 1);
    case 'boolean-enum':
      if (value !== transform.yes && value !== transform.no)
        throw new UnmappableValue(`${JSON.stringify(value)} is neither yes nor no`);
      return value === transform.yes;
    case 'joined-list':
      return value === '' ? [] : String(value).split(transform.separator);
    case 'reference':
      return refer(transform.pair, 'b', String(value));
    case 'lines':
      return mapLines(transform, 'b', value, refer);
    case 'integer-unless-text':
      return typeof value === 'number' ? String(value) : value;
    default:
      return value;
  }
}

function mapLines(
  transform: Extract<Transform, { kind: 'lines' }>,
  from: Side,
  value: Json,
  refer: Refer,
): Json {
  if (!Array.isArray(value)) throw new UnmappableValue('a list is expected');
  const to = from === 'a' ? 'b' : 'a';
  return value.map((item) => {
    const line: JsonObject = {};
    if (!isObject(item)) throw new UnmappableValue('a list of objects is expected');
    for (const row of transform.rows) {
      const own = accessor(row[from]).read(item) ?? null;
      accessor(row[to]).write(line, carry(row.transform, from, own, refer));
    }
    return line;
  });
}

function partner(pairs: [string, string][], value: Json, side: 0 | 1): Json {
  const found = pairs.find((pair) => pair[side] === value);
  if (found === undefined) throw new UnmappableValue(`${JSON.stringify(value)} has no declared counterpart`);
  return found[1 - side] ?? null;
}

function finite(number: number, value: Json): number {
  if (Number.isNaN(number)) throw new UnmappableValue(`${JSON.stringify(value)} cannot be read`);
  return number;
}

function parseDecimal(value: Json, scale: number): number {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(String(value));
  if (match === null) throw new UnmappableValue(`${JSON.stringify(value)} is no decimal number`);
  const [, sign, whole, decimals = ''] = match;
  const fraction = decimals.padEnd(scale + 1, '0');
  let units = BigInt(`${whole}${fraction.slice(0, scale)}`);
  if (fraction.charAt(scale) >= '5') units += 1n;
  return Number(sign === '-' ? -units : units);
}

function formatMinor(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const sign = units < 0 ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** An instant that names no zone is one in UTC, wherever the sync runs. */
function strftime(text: string, format: string): string {
  const at = new Date(instantOf(text));
  if (!text.includes('T') || Number.isNaN(at.getTime())) return text;
  const two = (value: number) => String(value).padStart(2, '0');
  return format
    .replaceAll('%Y', String(at.getUTCFullYear()).padStart(4, '0'))
    .replaceAll('%m', two(at.getUTCMonth() + 1))
    .replaceAll('%d', two(at.getUTCDate()))
    .replaceAll('%H', two(at.getUTCHours()))
    .replaceAll('%M', two(at.getUTCMinutes()))
    .replaceAll('%S', two(at.getUTCSeconds()));
}

/** `*` stands for any text. */
function globMatches(pattern: string, text: string): boolean {
  const [head = '', ...tails] = pattern.split('*');
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const [index, tail] of tails.entries()) {
    if (index === tails.length - 1) return text.length - tail.length >= at && text.endsWith(tail);
    const found = text.indexOf(tail, at);
    if (found < 0) return false;
    at = found + tail.length;
  }
  return text === head;
}
