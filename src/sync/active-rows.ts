import type { MappedRow } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import { isEmpty } from './json.js';
import { accessor, holds } from './paths.js';

type Fields = Record<Side, JsonObject>;

/** Whether both records meet the conditions of a row. */
const applies = (row: MappedRow, fields: Fields): boolean =>
  (row.only ?? []).every(({ side, path, value }) => holds(accessor(path).read(fields[side]), value));

/**
 * The rows that hold for two records: those whose conditions are met, and of several with one target the first with
 * a value on side a, else the first. A row that holds for such a target bears the slug of the first of them, so that
 * what was agreed on outlives a change of the row.
 */
export function activeRows(rows: MappedRow[], fields: Fields): MappedRow[] {
  const active: MappedRow[] = [];
  const groups = new Map<string, MappedRow[]>();
  for (const row of rows) {
    if (row.precedence === undefined) {
      if (applies(row, fields)) active.push(row);
      continue;
    }
    const group = groups.get(row.b);
    if (group === undefined) groups.set(row.b, [row]);
    else group.push(row);
  }
  for (const group of groups.values()) {
    const ordered = group.toSorted((one, two) => (one.precedence ?? 0) - (two.precedence ?? 0));
    const open = ordered.filter((row) => applies(row, fields));
    const chosen = open.find((row) => !isEmpty(accessor(row.a).read(fields.a))) ?? open[0];
    const [first] = ordered;
    if (chosen !== undefined && first !== undefined) active.push({ ...chosen, slug: first.slug });
  }
  return active;
}
