import type { FieldSpec, FieldType } from '../../contract/field.js';
import type { ProfileField } from './field-schema.js';

const LONGEST = 255;

/** A field as the profile gives it, over the one that the contract has already. */
export function fieldOf(path: string, given: ProfileField, before: FieldSpec | undefined): FieldSpec {
  const spec: FieldSpec = { ...before, path, type: typeOf(given, before?.type) };
  for (const name of ['required', 'readOnly', 'createOnly', 'unique'] as const) {
    const flag = given[name];
    if (flag !== undefined) spec[name] = flag;
  }
  if (given.normalises !== undefined) spec.normalises = given.normalises;
  if (given.pattern !== undefined) spec.pattern = given.pattern;
  if (given.hint !== undefined) spec.hint = given.hint;
  if (given.example !== undefined) spec.example = given.example;
  if (given.writePath !== undefined) spec.writePath = given.writePath;
  return spec;
}

/** The type that is given, or the one that is there with the bounds that are given. */
function typeOf(given: ProfileField, before: FieldType | undefined): FieldType {
  const bounds = boundsOf(given);
  if (given.type === undefined) return { ...(before ?? { kind: 'untyped' }), ...bounds } as FieldType;
  const defaults: Record<string, FieldType> = {
    string: { kind: 'string', maxLength: LONGEST },
    integer: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    'decimal-string': { kind: 'decimal-string', scale: 2 },
    'string-list': { kind: 'string-list', maxLength: LONGEST },
    'joined-list': { kind: 'joined-list', separator: ';', maxLength: LONGEST },
  };
  return { ...(defaults[given.type] ?? { kind: given.type }), ...bounds } as FieldType;
}

function boundsOf(given: ProfileField): Record<string, unknown> {
  const { maxLength, format, min, max, scale, values, allowed, separator, entity, fields } = given;
  const bounds = { maxLength, format, min, max, scale, values, allowed, separator, entity };
  const known = Object.entries(bounds).filter(([, value]) => value !== undefined);
  const inner = Object.entries(fields ?? {}).map(([path, field]) => fieldOf(path, field, undefined));
  return { ...Object.fromEntries(known), ...(fields === undefined ? {} : { fields: inner }) };
}
