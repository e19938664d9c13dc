import type { EntityContract } from '../contract/field.js';
import { fieldAt } from './field-index.js';
import { isPlain, type MappedRow } from './plan.js';

/**
 * Rows that carry one property of side a to several of side b: those that hold one type, unconditionally and in both
 * directions, so that an edit of any of them belongs to all. Each group has two rows at least.
 */
export function fanOuts(rows: MappedRow[], b: EntityContract): MappedRow[][] {
  const groups = new Map<string, MappedRow[]>();
  for (const row of rows.filter(isPlain)) {
    const key = `${row.a} ${JSON.stringify(fieldAt(b, row.b)?.type)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
