import type { FieldSpec, Json, JsonObject, SampleHint } from './field.js';
import { setInPlace } from './path.js';

/** A stream of numbers from 0 (included) to 1 (excluded), fixed by its seed. */
export type Rng = () => number;

/** Mulberry32: small, fast, good enough for test data. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(rng: Rng, values: readonly T[]): T => values[Math.floor(rng() * values.length)] as T;
const digits = (rng: Rng, count: number) =>
  Array.from({ length: count }, () => Math.floor(rng() * 10)).join('');

const FIRST = [
  'Ada',
  'Bram',
  'Chloe',
  'Deniz',
  'Elif',
  'Finn',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaja',
  'Liv',
];
const LAST = ['Abel', 'Berg', 'Costa', 'Dahl', 'Eriksen', 'Fischer', 'Garcia', 'Hansen', 'Ivers', 'Jansen'];
const WORDS = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'iris',
  'juniper',
  'kelp',
];
const CITIES = ['Bergen', 'Leipzig', 'Porto', 'Malmö', 'Graz', 'Delft', 'Aarhus', 'Tartu'];
const COUNTRIES = ['NO', 'DE', 'PT', 'SE', 'AT', 'NL', 'DK', 'EE'];
const CURRENCIES = ['EUR', 'NOK', 'SEK', 'DKK', 'USD'];

/** A realistic text of a format that is unlike others of the same stream. */
function sampleText(format: SampleHint | undefined, rng: Rng): string {
  switch (format) {
    case 'email':
      return `${pick(rng, FIRST).toLowerCase()}.${digits(rng, 6)}@example.org`;
    case 'phone':
      return `+47 ${digits(rng, 3)} ${digits(rng, 2)} ${digits(rng, 3)}`;
    case 'postcode':
      return `${1 + Math.floor(rng() * 9)}${digits(rng, 3)}`;
    case 'country':
      return pick(rng, COUNTRIES);
    case 'currency':
      return pick(rng, CURRENCIES);
    case 'url':
      return `https://www.example.org/${pick(rng, WORDS)}-${digits(rng, 4)}`;
    case 'first-name':
      return `${pick(rng, FIRST)} ${pick(rng, FIRST)}`;
    case 'last-name':
      return `${pick(rng, LAST)}-${pick(rng, LAST)}`;
    case 'company':
      return `${pick(rng, LAST)} ${pick(rng, WORDS)} ${digits(rng, 2)} AS`;
    case 'street':
      return `${pick(rng, LAST)} street ${1 + Math.floor(rng() * 98)}`;
    case 'city':
      return pick(rng, CITIES);
    case 'vat':
      return `NO${digits(rng, 9)}MVA`;
    case 'sku':
      return `SKU-${digits(rng, 7)}`;
    case 'barcode':
      return digits(rng, 13);
    case 'number':
      return `N-${digits(rng, 7)}`;
    case 'day':
      return dayText(rng);
    case 'instant':
      return instantText(rng);
    case 'pattern':
    case undefined:
      return `${pick(rng, WORDS)} ${pick(rng, WORDS)} ${digits(rng, 4)}`;
  }
}

/** A valid, realistic value of a field; references are left to the caller and give null. */
export function sampleValue(field: FieldSpec, rng: Rng): Json {
  const { type } = field;
  switch (type.kind) {
    case 'string':
      return [...sampleText(type.format ?? field.hint, rng)].slice(0, type.maxLength).join('');
    case 'integer':
      return Math.max(type.min, Math.min(type.max, 1 + Math.floor(rng() * 9000)));
    case 'number':
      return Math.floor(rng() * 1000) / 4;
    case 'decimal-string':
      return `${1 + Math.floor(rng() * 900)}.${digits(rng, type.scale)}`;
    case 'minor-units':
      return 100 + Math.floor(rng() * 90_000);
    case 'boolean':
      return rng() < 0.5;
    case 'date':
      return dayText(rng);
    case 'datetime':
      return instantText(rng);
    case 'epoch-ms':
      return 1_600_000_000_000 + Math.floor(rng() * 1e8) * 1000;
    case 'date-epoch-ms':
      return dayMs(rng);
    case 'enum':
      return pick(rng, type.values);
    case 'string-list':
      return type.allowed?.slice(0, 2) ?? [pick(rng, WORDS), `${pick(rng, WORDS)} ${digits(rng, 3)}`];
    case 'joined-list':
      return [pick(rng, WORDS), `${pick(rng, WORDS)} ${digits(rng, 3)}`].join(type.separator);
    case 'untyped':
      return `${pick(rng, WORDS)} ${digits(rng, 5)}`;
    case 'reference':
    case 'object-list':
      return null;
  }
}

const dayText = (rng: Rng) => new Date(dayMs(rng)).toISOString().slice(0, 10);
const instantText = (rng: Rng) => new Date(1_600_000_000_000 + Math.floor(rng() * 1e8) * 1000).toISOString();
const dayMs = (rng: Rng) => Math.floor((rng() * 18_000 + 1) * 1) * 86_400_000;

/** A value of the same field that differs from the given one. */
export function otherValue(field: FieldSpec, value: Json, rng: Rng): Json {
  for (let attempt = 0; attempt < 20; attempt++) {
    const other = sampleValue(field, rng);
    if (JSON.stringify(other) !== JSON.stringify(value)) return other;
  }
  return value;
}

/** A record with every field filled but references, object lists and those named in `except`. */
export function sampleRecord(
  fields: FieldSpec[],
  rng: Rng,
  except: ReadonlySet<string> = new Set(),
): JsonObject {
  const record: JsonObject = {};
  for (const field of fields) {
    if (field.readOnly === true || except.has(field.path)) continue;
    const value = sampleValue(field, rng);
    if (value !== null) setInPlace(record, field.path, value);
  }
  return record;
}
