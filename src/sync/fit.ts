import type { Policies } from '../checklist/policies.js';
import type { FieldSpec, Json } from '../contract/field.js';
import { typeAccepts, type Accepts } from '../contract/accepts.js';
import { UnmappableValue } from './transform.js';

/** A value as the target takes it: over-long text is cut or refused, as declared (I5); nothing invalid is sent. */
export function fit(field: FieldSpec | undefined, value: Json, policies: Policies): Json {
  const fitting = shortened(field, value, policies);
  if (field === undefined || takes(field, fitting)) return fitting;
  throw new UnmappableValue(`the value is none that ${field.path} takes`);
}

/** Whether a field can hold a value, by the contract. */
export function takes(field: FieldSpec, value: Json): boolean {
  return value === null ? field.required !== true : acceptsOf(field)(value);
}

const rules = new WeakMap<FieldSpec, Accepts>();

function acceptsOf(field: FieldSpec): Accepts {
  let accepts = rules.get(field);
  if (accepts === undefined) rules.set(field, (accepts = typeAccepts(field.type, field.pattern)));
  return accepts;
}

function shortened(field: FieldSpec | undefined, value: Json, policies: Policies): Json {
  if (field?.type.kind !== 'string' || typeof value !== 'string') return value;
  const points = [...value];
  if (points.length <= field.type.maxLength) return value;
  if (policies.longText === 'truncate') return points.slice(0, field.type.maxLength).join('');
  throw new UnmappableValue(
    `the text is longer than the ${field.type.maxLength} characters of ${field.path}`,
  );
}

/** A sent value as the provider keeps it, by what its contract declares. */
export function inOwnForm(field: FieldSpec | undefined, value: Json): Json {
  if (typeof value !== 'string' || field?.normalises === undefined) return value;
  return field.normalises === 'trim' ? value.trim() : value.toLowerCase();
}
