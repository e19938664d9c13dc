import type { MappedRow } from './plan.js';

const indexes = new WeakMap<MappedRow[], Map<string, MappedRow[]>>();
const keyOf = (a: string, b: string) => `${a}\u0000${b}`;

/** The rows of one list that map the same two properties; looked up once for each list. */
export function rowsOfBoth(rows: MappedRow[], a: string, b: string): MappedRow[] {
  let index = indexes.get(rows);
  if (index === undefined) {
    index = new Map();
    for (const row of rows) {
      const found = index.get(keyOf(row.a, row.b));
      if (found === undefined) index.set(keyOf(row.a, row.b), [row]);
      else found.push(row);
    }
    indexes.set(rows, index);
  }
  return index.get(keyOf(a, b)) ?? [];
}
