import type { FieldType, Json } from './field.js';

/** A text as the value of a type, where the type can hold one of which it is the text: `"5"` as the integer 5. */
export function valueOfText(type: FieldType | undefined, text: string): Json {
  switch (type?.kind) {
    case 'integer':
    case 'number':
    case 'minor-units':
    case 'epoch-ms':
    case 'date-epoch-ms': {
      const number = Number(text);
      return String(number) === text && Number.isFinite(number) ? number : text;
    }
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    default:
      return text;
  }
}
