import type { MergeRow } from './model.js';
import { isPrimaryKey } from './property-path.js';

/** Whether a row names as many properties on one side as on the other, and at least one. */
export const isEven = ({ source, target }: MergeRow): boolean =>
  source.length > 0 && source.length === target.length;

/** Whether the row says that records match on a key which a system gives itself. */
export const namesPrimaryKey = ({ source, target }: MergeRow): boolean =>
  [...source, ...target].some(isPrimaryKey);

/** Whether records can be matched by a row. */
export const canMatch = (row: MergeRow): boolean => isEven(row) && !namesPrimaryKey(row);
