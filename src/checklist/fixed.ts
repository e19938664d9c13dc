import type { FieldSpec } from '../contract/field.js';
import type { NotTestable } from './check.js';

/** Whether the provider lets nobody change a field of a record that is there. */
export const isFixed = (field: FieldSpec | undefined): boolean =>
  field?.readOnly === true || field?.createOnly === true;

/** Why an edit of a property cannot be judged; `made` is where it would be made, `shown` where it should arrive. */
export function whyFixed(
  made: { name: string; field: FieldSpec },
  shown: { name: string; field: FieldSpec },
): NotTestable | null {
  const { name, field } = isFixed(made.field) ? made : shown;
  if (!isFixed(field)) return null;
  const when = field.readOnly === true ? 'cannot be written' : 'cannot be changed once the record is made';
  return {
    reason: `${field.path} of a ${name} ${when}`,
    remedy: `nothing to do while the provider is like that; else take ${field.readOnly === true ? 'readOnly' : 'createOnly'} off this field in the profile`,
  };
}
