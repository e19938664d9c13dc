import type { DataType, PropertyPath } from '../../document/model.js';
import type { FieldSpec, FieldType, StringFormat } from '../field.js';

/** Segments that name a list of objects; decided by the name alone, so that all paths of an entity agree. */
const LIST_SEGMENT =
  /^(?:e-?mails|\w*phones|phone_numbers|urls|variants|line_?items|items|\w*teams|\w*groups|\w*roles|stages)$/i;

/** A path with `[]` where a segment names a list that is passed through: `Emails.Value` → `Emails[].Value`. */
export function fieldPath(path: PropertyPath): string {
  const last = path.segments.length - 1;
  return path.segments
    .map((segment, index) => (index < last && LIST_SEGMENT.test(segment) ? `${segment}[]` : segment))
    .join('.');
}

const FORMATS: [RegExp, StringFormat][] = [
  [/e-?mail|epost/i, 'email'],
  [/phone|mobil|telefon/i, 'phone'],
  [/zip|postal_?code|postnr|postnummer|postcode/i, 'postcode'],
  [/first_?name|fornavn/i, 'first-name'],
  [/last_?name|etternavn|surname/i, 'last-name'],
  [/city|poststed/i, 'city'],
  [/sku$/i, 'sku'],
];

/** The format that a name suggests; lists of domains and the like stay plain text. */
function formatOf(path: string): StringFormat | undefined {
  const leaf = path.replaceAll('[]', '');
  if (/domain|preference|consent|verified|language/i.test(leaf)) return undefined;
  return FORMATS.find(([pattern]) => pattern.test(leaf.split('.').slice(-2).join('.')))?.[1];
}

const text = (): FieldType => ({ kind: 'string', maxLength: 255 });

/** How both sides represent a value of a data type cell. */
export function fieldTypes(dataType: DataType): { a: FieldType; b: FieldType } {
  const both = (type: FieldType) => ({ a: type, b: type });
  switch (dataType.kind) {
    case 'integer':
      return both({ kind: 'integer', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    case 'float':
    case 'decimal':
    case 'if-is-decimal':
      return both({ kind: 'number' });
    case 'boolean':
      return both({ kind: 'boolean' });
    case 'list':
      return both({ kind: 'string-list', maxLength: 255 });
    case 'if-not-equal':
      return { a: text(), b: { kind: 'untyped' } };
    case 'string':
    case 'strip-first-word-if':
    case 'replace':
    case 'if-empty':
    case 'datetime-format':
    case 'untyped':
    case 'unknown':
      return both(text());
  }
}

/** A field whose name says what its values look like. */
export function field(path: string, type: FieldType): FieldSpec {
  const hint = type.kind === 'string' ? formatOf(path) : undefined;
  return hint === undefined ? { path, type } : { path, type, hint };
}
