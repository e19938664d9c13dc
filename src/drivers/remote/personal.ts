import type { EntityContract, FieldSpec, Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';

const PERSON = /^(?:.*[_-])?(?:first|last|full|given|family|middle|display|sur|contact)[_-]?name$/i;
const PHONE = /phone|mobile|telefon|^(?:.*[_-])?(?:tel|fax|cell)$/i;
const PLACE = /^(?:.*[_-])?(?:street|address[_-]?(?:line)?[_-]?\d?|birth(?:day|[_-]?date)?)$/i;
const FORMATS = new Set(['first-name', 'last-name', 'phone', 'street']);
const SHORTEST = 3;

/** What kind of personal data a property holds by its name; null for none that can be told. */
export function personalKind(name: string, beside: readonly string[]): 'name' | 'phone' | null {
  if (PHONE.test(name)) return 'phone';
  if (PERSON.test(name) || PLACE.test(name)) return 'name';
  const isPerson = beside.some((one) => /e-?mail/i.test(one) || PHONE.test(one));
  return /^name$/i.test(name) && isPerson ? 'name' : null;
}

/** Texts of a record that tell who somebody is: by the names of its properties, and by what the contract says of them. */
export function personalTexts(record: JsonObject, entity: EntityContract | undefined): string[] {
  const found = new Set<string>();
  const take = (value: Json): void => {
    if (typeof value === 'string' && value.trim().length >= SHORTEST) found.add(value.trim());
  };
  const visit = (value: Json): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object') return;
    const names = Object.keys(value);
    for (const [name, item] of Object.entries(value)) {
      if (typeof item === 'string' && personalKind(name, names) !== null) take(item);
      else visit(item);
    }
  };
  visit(record);
  for (const field of entity?.fields ?? []) if (isPersonal(field)) take(getPath(record, field.path));
  return [...found];
}

function isPersonal({ type, hint, path }: FieldSpec): boolean {
  if (path.includes('[')) return false;
  return FORMATS.has((type.kind === 'string' ? type.format : undefined) ?? hint ?? '');
}
