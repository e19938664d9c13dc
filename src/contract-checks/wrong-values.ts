import type { FieldSpec, Json } from '../contract/field.js';

/** Values that a field must refuse, and why. */
export function wrongValues({ type, required }: FieldSpec): [label: string, value: Json][] {
  const values: [string, Json][] = [];
  if (required === true) values.push(['null', null]);
  switch (type.kind) {
    case 'string':
      values.push(['wrong-type', 17], ['too-long', 'x'.repeat(type.maxLength + 1)]);
      if (['email', 'country', 'currency', 'url', 'barcode'].includes(type.format ?? ''))
        values.push(['wrong-form', 'né %']);
      break;
    case 'integer':
      values.push(['wrong-type', 'seven'], ['too-small', type.min - 1]);
      break;
    case 'decimal-string':
      values.push(['wrong-type', 12.5], ['wrong-form', '12.5000001']);
      break;
    case 'minor-units':
    case 'epoch-ms':
      values.push(['fraction', 12.5], ['wrong-type', '12']);
      break;
    case 'date-epoch-ms':
      values.push(['no-midnight', 1]);
      break;
    case 'number':
    case 'boolean':
      values.push(['wrong-type', 'yes']);
      break;
    case 'date':
    case 'datetime':
      values.push(['wrong-form', '31.12.2026']);
      break;
    case 'enum':
      values.push(['unknown-value', 'surely-unknown']);
      break;
    case 'string-list':
      values.push(['wrong-type', 'a;b']);
      break;
    case 'joined-list':
      values.push(['wrong-type', ['a', 'b']]);
      break;
    case 'reference':
      values.push(['dangling', 999_999_999]);
      break;
    case 'object-list':
      values.push(['wrong-type', 'one line'], ['unknown-member', [{ surely_unknown: 1 }]]);
      break;
    case 'untyped':
      break;
  }
  return values;
}
