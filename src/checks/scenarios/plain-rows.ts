import type { MappedRow } from '../../checklist/plan.js';
import type { CheckContext } from '../context.js';
import { NotTestableHere } from '../failure.js';

/**
 * Rows whose value is the same text or number on both sides, free to be edited: no other row depends on it. Match keys come after the others,
 * properties of two values last.
 */
export function plainRows(context: CheckContext): MappedRow[] {
  const isKey = (row: MappedRow) =>
    context.pair.match.some((key) => key.parts.some((part) => part.a === row.a || part.b === row.b));
  const shared = (row: MappedRow) =>
    context.pair.rows.some((other) => other !== row && (other.a === row.a || other.b === row.b));
  const decides = (row: MappedRow) =>
    context.pair.rows.some((other) => other.only?.some(({ side, path }) => row[side] === path) === true);
  const plain = context.pair.rows.filter(
    (row) =>
      row.direction === 'both' &&
      !decides(row) &&
      row.transform.kind === 'identity' &&
      row.only === undefined &&
      row.precedence === undefined &&
      !shared(row) &&
      context.field('a', row.a)?.unique !== true &&
      context.field('b', row.b)?.unique !== true,
  );
  const rank = (row: MappedRow) => (hasTwoValues(context, row) ? 2 : isKey(row) ? 1 : 0);
  return plain.toSorted((one, two) => rank(one) - rank(two));
}

/** Whether a property is too poor in values for two edits that differ from each other and from what was there. */
export function hasTwoValues(context: CheckContext, row: MappedRow): boolean {
  return (['a', 'b'] as const).some((side) => {
    const type = context.field(side, row[side])?.type;
    return type?.kind === 'boolean' || (type?.kind === 'enum' && type.values.length < 3);
  });
}

/** Whether two rows lie in one list on a side: a provider tells only when the list changed, not its element. */
export function shareList(one: MappedRow, other: MappedRow): boolean {
  const list = (path: string) => (path.includes('[') ? path.split('[')[0] : null);
  return (['a', 'b'] as const).some(
    (side) => list(one[side]) !== null && list(one[side]) === list(other[side]),
  );
}

/** The given number of plain rows; without them the check cannot be made. */
export function needPlainRows(context: CheckContext, count: 1 | 2): [MappedRow, MappedRow] {
  const [first, second = first] = plainRows(context);
  if (first !== undefined && second !== undefined && (count === 1 || first !== second))
    return [first, second];
  throw new NotTestableHere(
    count === 1
      ? 'the pair has no property that is always carried as it is'
      : 'the pair has fewer than two properties that are always carried as they are',
    'name a further row without a transform, a condition or another source in the profile',
  );
}
