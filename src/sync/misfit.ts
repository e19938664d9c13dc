import type { FieldSpec, FieldType } from '../contract/field.js';
import { isObject, type Cell } from './json.js';
import { accessor } from './paths.js';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

const isText = (value: Cell): value is string => typeof value === 'string';
const isTime = (value: Cell) => isText(value) && !Number.isNaN(Date.parse(value));

/** What a field's values are in words, and whether a value is one of them; limits and forms are not looked at. */
function kindOf(type: FieldType, value: Cell): [fits: boolean, expected: string] {
  switch (type.kind) {
    case 'integer':
    case 'minor-units':
    case 'epoch-ms':
    case 'date-epoch-ms':
      return [Number.isSafeInteger(value), 'a whole number'];
    case 'number':
      return [Number.isFinite(value), 'a number'];
    case 'decimal-string':
      return [isText(value) && DECIMAL.test(value), 'a decimal number as text'];
    case 'boolean':
      return [typeof value === 'boolean', 'true or false'];
    case 'date':
    case 'datetime':
      return [isTime(value), 'a time as text'];
    case 'string-list':
      return [Array.isArray(value) && value.every(isText), 'a list of texts'];
    case 'object-list':
      return [Array.isArray(value) && value.every(isObject), 'a list of objects'];
    case 'reference':
      return [isText(value) || typeof value === 'number', 'an id'];
    case 'untyped':
      return [!isObject(value), 'a value and no object'];
    default:
      return [isText(value), 'a text'];
  }
}

/**
 * Why what an answer holds at a field cannot be meant; null where it can. A field that is absent is the caller's
 * matter. The value itself is not told, since reports hold no personal data.
 */
export function misfitOf(field: FieldSpec | undefined, value: Cell): string | null {
  if (field === undefined || value === undefined) return null;
  if (value === null) return field.required === true ? 'is empty, and it never should be' : null;
  const [fits, expected] = kindOf(field.type, value);
  if (!fits) return `does not hold ${expected}`;
  if (field.type.kind !== 'object-list' || !Array.isArray(value)) return null;
  for (const element of value)
    for (const inner of field.type.fields) {
      const why = isObject(element) ? misfitOf(inner, accessor(inner.path).read(element)) : null;
      if (why !== null) return `${why} at ${inner.path} of an element`;
    }
  return null;
}
