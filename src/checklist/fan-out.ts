import type { FieldSpec } from '../contract/field.js';
import type { MappedRow } from './plan.js';

const isPlain = (row: MappedRow): boolean =>
  row.transform.kind === 'identity' &&
  row.direction === 'both' &&
  row.only === undefined &&
  row.precedence === undefined;

/**
 * The rows that carry the property of a row to others of side b besides, the row itself among them: those that hold one
 * type, unconditionally and in both directions, so that an edit of any of them belongs to all.
 */
export function fansOut(rows: MappedRow[], fields: FieldSpec[], row: MappedRow): MappedRow[] {
  const typeOf = ({ b }: MappedRow) => JSON.stringify(fields.find(({ path }) => path === b)?.type);
  return rows.filter((one) => one.a === row.a && isPlain(one) && isPlain(row) && typeOf(one) === typeOf(row));
}
