import type { FieldSpec, Json } from '../contract/field.js';
import { otherValue, sampleValue } from '../contract/values.js';
import type { CheckContext } from './context.js';

/** A value of the test's own making for a property of a match key, in the form of its type; `index` tells it from others. */
export function ownKeyValue(
  context: CheckContext,
  field: FieldSpec | undefined,
  text: string,
  index: number,
): Json {
  const type = field?.type ?? { kind: 'untyped' };
  const own = context.ownKey(text);
  switch (type.kind) {
    case 'integer':
    case 'number':
      return index + 1;
    case 'string-list':
      return [own];
    case 'string':
      return type.format === 'email' ? `${own}@example.org` : own;
    case 'joined-list':
    case 'untyped':
      return own;
    default:
      return field === undefined ? own : sampleValue(field, context.rng);
  }
}

/** A value that only resembles one of a match key, in the form of its type. */
export function nearlyKeyValue(context: CheckContext, field: FieldSpec | undefined, value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.map((item) => nearlyText(String(item)));
  const kind = field?.type.kind ?? 'untyped';
  if (field === undefined || ['string', 'joined-list', 'untyped'].includes(kind))
    return nearlyText(String(value));
  return otherValue(field, value, context.rng);
}

const nearlyText = (text: string) => (text.includes('@') ? `x${text}` : `${text}9`.slice(0, 200));
