import type { FieldSpec, Json, StringFormat } from './field.js';

export type BoundaryValue = { label: string; value: Json };

const FREE_TEXT = new Set<StringFormat | undefined>([
  undefined,
  'first-name',
  'last-name',
  'company',
  'street',
  'city',
]);

const known = new Map<string, BoundaryValue[]>();

/** The same list for every property of a length and a format, of which a document may name very many. */
function textValues(maxLength: number, format: StringFormat | undefined): BoundaryValue[] {
  const key = `${maxLength} ${format ?? ''}`;
  const values = known.get(key) ?? makeTextValues(maxLength, format);
  known.set(key, values);
  return values;
}

function makeTextValues(maxLength: number, format: StringFormat | undefined): BoundaryValue[] {
  const values: BoundaryValue[] = [];
  const add = (label: string, value: string) => {
    if ([...value].length <= maxLength) values.push({ label, value });
  };
  if (format === 'phone') add('leading-zeros', '0049 341 0123');
  if (format === 'phone') add('extension', '+47 22 33 44 55 ext. 5');
  if (format === 'postcode') add('leading-zeros', '04101');
  if (format === 'barcode') add('leading-zeros', '0012345678905');
  if (format === 'email') add('plus-and-case', 'Kari.Nordmann+shop@Example.org');
  if (!FREE_TEXT.has(format)) return values;
  add('leading-zeros', '00417');
  add('emoji', 'Ida 🦊 Lund');
  add('nfc', 'Jos\u00e9');
  add('nfd', 'Jose\u0301');
  add('markup', 'R&D <b>"x"</b>');
  add('several-words', 'Joe van Vliet');
  if (maxLength <= 4000) add('longest', 'ø'.repeat(maxLength));
  return values;
}

const DAY = 86_400_000;

/** Values at the edges of a field's type; all are valid for the field. Clearing (null) is not among them. */
export function boundaryValues(field: FieldSpec): BoundaryValue[] {
  const { type } = field;
  switch (type.kind) {
    case 'string':
      return field.unique === true ? [] : textValues(type.maxLength, type.format);
    case 'integer':
      return [
        { label: 'zero', value: 0 },
        { label: 'largest', value: Number.MAX_SAFE_INTEGER },
      ].filter(({ value }) => value >= type.min && value <= type.max);
    case 'number':
      return [
        { label: 'zero', value: 0 },
        { label: 'fraction', value: 12.5 },
      ];
    case 'decimal-string':
      return ['0', '19', '40', '123456'].map((whole, index) => ({
        label: ['zero', 'nineteen-and-cents', 'round', 'large'][index] ?? whole,
        value: `${whole}.${(index === 1 ? '99' : '00').padEnd(type.scale, '0').slice(0, type.scale)}`,
      }));
    case 'minor-units':
      return [
        { label: 'zero', value: 0 },
        { label: 'one-cent', value: 1 },
        { label: 'nineteen-and-cents', value: 1999 },
      ];
    case 'boolean':
      return [
        { label: 'true', value: true },
        { label: 'false', value: false },
      ];
    case 'date':
      return [
        { label: 'leap-day', value: '2024-02-29' },
        { label: 'before-1970', value: '1961-12-31' },
      ];
    case 'date-epoch-ms':
      return [
        { label: 'leap-day', value: Date.UTC(2024, 1, 29) },
        { label: 'before-1970', value: -8 * DAY },
      ];
    case 'datetime':
      return [
        { label: 'other-zone', value: '2026-03-29T02:30:00.000+05:30' },
        { label: 'midnight', value: '2026-01-01T00:00:00.000Z' },
      ];
    case 'epoch-ms':
      return [{ label: 'midnight', value: Date.UTC(2026, 0, 1) }];
    case 'enum':
      return type.values.map((value) => ({ label: value, value }));
    case 'string-list':
      return [
        { label: 'empty', value: [] },
        { label: 'one', value: type.allowed?.slice(0, 1) ?? ['solo'] },
        { label: 'several', value: type.allowed ?? ['red', 'blå', 'R&D 🦊'] },
      ];
    case 'joined-list':
      return [
        { label: 'one', value: 'solo' },
        { label: 'several', value: ['red', 'blå', 'R&D 🦊'].join(type.separator) },
      ];
    case 'untyped':
      return [
        { label: 'leading-zeros', value: '00417' },
        { label: 'emoji', value: 'Ida 🦊 Lund' },
      ];
    case 'reference':
    case 'object-list':
      return [];
  }
}

/** A text that is one character longer than the field takes; null for other types. */
export function overLongText(field: FieldSpec): string | null {
  return field.type.kind === 'string' && field.type.format === undefined
    ? 'x'.repeat(field.type.maxLength + 1)
    : null;
}
