import { isEven, namesPrimaryKey } from '../document/merge-row.js';
import type { MergeRow } from '../document/model.js';
import type { NotTestable } from './check.js';

const UNEVEN: NotTestable = {
  reason: 'the row does not name as many properties on one side as on the other',
  remedy: 'complete it in the document, or name the match in the profile',
};

const PRIMARY_KEY: NotTestable = {
  reason: 'a system gives its own primary key, so no record can be made that matches on it in advance',
  remedy: 'name another property on which the records match in the profile',
};

/** Why records cannot be matched by a merge row; null where they can. */
export function whyNoKey(row: MergeRow): NotTestable | null {
  if (!isEven(row)) return UNEVEN;
  return namesPrimaryKey(row) ? PRIMARY_KEY : null;
}
