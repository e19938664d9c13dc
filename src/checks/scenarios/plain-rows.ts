import type { MappedRow } from '../../checklist/plan.js';
import type { CheckContext } from '../context.js';
import { NotTestableHere } from '../failure.js';

/** Rows whose value is the same text or number on both sides, free to be edited; match keys come last. */
export function plainRows(context: CheckContext): MappedRow[] {
  const isKey = (row: MappedRow) =>
    context.pair.match.some((key) => key.parts.some((part) => part.a === row.a || part.b === row.b));
  const shared = (row: MappedRow) =>
    context.pair.rows.some((other) => other !== row && (other.a === row.a || other.b === row.b));
  const plain = context.pair.rows.filter(
    (row) =>
      row.direction === 'both' &&
      row.transform.kind === 'identity' &&
      !shared(row) &&
      context.field('a', row.a)?.unique !== true &&
      context.field('b', row.b)?.unique !== true,
  );
  return [...plain.filter((row) => !isKey(row)), ...plain.filter(isKey)];
}

/** The given number of plain rows; without them the check cannot be made. */
export function needPlainRows(context: CheckContext, count: 1 | 2): [MappedRow, MappedRow] {
  const [first, second = first] = plainRows(context);
  if (first !== undefined && second !== undefined && (count === 1 || first !== second))
    return [first, second];
  throw new NotTestableHere(
    `the pair has fewer than ${count} properties that are carried as they are`,
    'name more rows in the profile',
  );
}
