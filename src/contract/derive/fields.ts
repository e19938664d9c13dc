import type { DataType, PathQualifier, PropertyPath } from '../../document/model.js';
import type { FieldSpec, FieldType, SampleHint } from '../field.js';

/** Segments that name a list of objects; decided by the name alone, so that all paths of an entity agree. */
const LIST_SEGMENT =
  /^(?:e[-_]?mails|\w*phones|phone_numbers|urls|variants|line_?items|items|\w*teams|\w*groups|\w*roles|stages)$/i;

/** A path with `[]` where a segment names a list that is passed through: `Emails.Value` → `Emails[].Value`. */
export function fieldPath(path: PropertyPath): string {
  const last = path.segments.length - 1;
  return path.segments
    .map((segment, index) => (index < last && LIST_SEGMENT.test(segment) ? `${segment}[]` : segment))
    .join('.');
}

/** The field of a qualifier's path; an empty path where the document leaves it blank. */
export const qualifierPath = ({ path }: PathQualifier): string =>
  path === null ? '' : fieldPath({ text: path, segments: path.split('.').filter(Boolean), qualifiers: [] });

/**
 * A path with its qualifiers resolved: those on an element of a list that the path goes through stand in the path
 * (`phones[kind=mobile].number`), those on the record itself in `only`. Null where the document leaves a blank,
 * or asks one property to hold two values at once.
 */
export function conditionedPath(
  path: PropertyPath,
): { path: string; only: { path: string; value: string }[] } | null {
  const plain = fieldPath(path);
  const cut = plain.lastIndexOf('[].') + '[].'.length;
  const list = plain.includes('[].') ? plain.slice(0, cut) : null;
  const inside = new Map<string, string>();
  const only = new Map<string, string>();
  for (const qualifier of path.qualifiers) {
    const [own, { value }] = [qualifierPath(qualifier), qualifier];
    if (value === null || own === '' || /[[\]&=]/.test(value)) return null;
    const isInside = list !== null && own.startsWith(list) && !own.slice(list.length).includes('[]');
    const [into, key] = isInside ? [inside, own.slice(list.length)] : [only, own];
    if ((into.get(key) ?? value) !== value) return null;
    into.set(key, value);
  }
  const mark = [...inside].map(([key, value]) => `${key}=${value}`).join('&');
  return {
    path: mark === '' ? plain : `${plain.slice(0, cut - 2)}${mark}].${plain.slice(cut)}`,
    only: [...only].map(([own, value]) => ({ path: own, value })),
  };
}

const EMAIL = /e-?mail|(?<![a-z])e_mail|epost/i;

/** Whether a path names an e-mail address. */
export const namesEmail = (path: string): boolean => EMAIL.test(path);

const FORMATS: [RegExp, SampleHint][] = [
  [EMAIL, 'email'],
  [/phone|mobil|telefon/i, 'phone'],
  [/zip|postal_?code|postnr|postnummer|postcode/i, 'postcode'],
  [/first_?name|fornavn/i, 'first-name'],
  [/last_?name|etternavn|surname/i, 'last-name'],
  [/city|poststed/i, 'city'],
  [/country|(?<![a-z])land(?:kode)?$/i, 'country'],
  [/currency|valuta/i, 'currency'],
  [/website|homepage|(?:^|[._])urls?\b|url$/i, 'url'],
  [/(?:address|street)(?:_?line)?_?1?$|adresse1?$/i, 'street'],
  [/company_?name|legal_?name|firmanavn/i, 'company'],
  [/birth|fodt|f\u00f8dt|(?<!candi|man|vali|up)date$|dato$|^date|[._]date/i, 'day'],
  [/(?:_at|At|[Tt]imestamp|DateTime)$/, 'instant'],
  [/sku$/i, 'sku'],
];

/** The format that a name suggests; lists of domains and the like stay plain text. */
function formatOf(path: string): SampleHint | undefined {
  const leaf = path.replaceAll('[]', '');
  if (/domain|preference|consent|verified|language|status/i.test(leaf)) return undefined;
  return FORMATS.find(([pattern]) => pattern.test(leaf.split('.').slice(-2).join('.')))?.[1];
}

export const text = (): FieldType => ({ kind: 'string', maxLength: 255 });

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
