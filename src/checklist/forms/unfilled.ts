import type { NotTestable } from '../check.js';
import { nameOf, type FormContext } from './draft.js';

/** A property of side a that is required and that no row fills: nothing can then be created there. */
export function unfilled(context: FormContext): NotTestable | null {
  const filled = new Set(
    context.planned.plan.rows.filter((row) => row.direction !== 'a-to-b').map((row) => row.a),
  );
  const field = context.entity.a.fields.find(
    (one) => one.required === true && one.readOnly !== true && !filled.has(one.path),
  );
  if (field === undefined) return null;
  return {
    reason: `a new ${nameOf(context, 'a')} needs ${field.path}, which no row fills from the ${nameOf(context, 'b')}`,
    remedy: `name a row for ${field.path} in the profile`,
  };
}
