import type { EntityContract, FieldSpec } from '../contract/field.js';
import { withoutConditions } from '../contract/path.js';
import type { NotTestable } from './check.js';
import { fieldAt } from './field-index.js';
import type { MappedRow } from './plan.js';

/** Whether the provider lets nobody change a field of a record that is there. */
const isFixed = (field: FieldSpec): boolean => field.readOnly === true || field.createOnly === true;

/**
 * The row with the ways that the two providers leave open; none is left where neither takes a value. What can be set
 * only when a record is made goes from a to b: out of side a, or into a new record of side b.
 */
export function openWays(row: MappedRow, a: EntityContract, b: EntityContract): MappedRow[] {
  const [own, far] = [fieldAt(a, withoutConditions(row.a)), fieldAt(b, withoutConditions(row.b))];
  const isSetOnce = own?.createOnly === true || (far?.createOnly === true && far.readOnly !== true);
  const toA =
    row.direction !== 'a-to-b' && own?.readOnly !== true && !(row.direction === 'both' && isSetOnce);
  const toB = row.direction !== 'b-to-a' && far?.readOnly !== true;
  if (!toA && !toB) return [];
  const direction = toA && toB ? 'both' : toA ? 'b-to-a' : 'a-to-b';
  return [direction === row.direction ? row : { ...row, direction }];
}

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
