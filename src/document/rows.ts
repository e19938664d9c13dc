import { parseDataType } from './data-type.js';
import { foldSpace } from './forms.js';
import { diagnose } from './lint/codes.js';
import { isPrimaryKey, parseComposite, parsePath } from './property-path.js';
import type { DataType, Diagnostic, MergeRow, Pair, PropertyPath, PropertyRow, Span } from './model.js';
import type { Cell, Table } from './table.js';

/** Adds the rows of a property table to its pair; gives what is wrong with the table. */
export function addPropertyRows(pair: Pair, table: Table): Diagnostic[] {
  const { rows, problems } = readBody(pair, table, 3);
  for (const cells of rows) {
    const row = toPropertyRow(cells, table.span);
    if ([row.source, row.target].some(isTooDeep)) problems.push(tooDeep(row.span));
    else pair.propertyRows.push(row);
  }
  return problems;
}

/** Adds the rows of a merge table to its pair; gives what is wrong with the table. */
export function addMergeRows(pair: Pair, table: Table): Diagnostic[] {
  const { rows, problems } = readBody(pair, table, 2);
  for (const row of rows) {
    const merge: MergeRow = {
      span: spanOf(row, table.span),
      source: parseComposite(row[0]?.text ?? ''),
      target: parseComposite(row[1]?.text ?? ''),
    };
    if ([...merge.source, ...merge.target].some(isTooDeep)) problems.push(tooDeep(merge.span));
    else pair.mergeRows.push(merge);
  }
  return problems;
}

/** No API nests deeper; what is derived from a path grows with the square of its depth. */
const MOST_SEGMENTS = 64;
const isTooDeep = ({ segments }: PropertyPath) => segments.length > MOST_SEGMENTS;
const tooDeep = ({ line }: Span) =>
  diagnose(
    'broken-table-row',
    line,
    `a path of the row is deeper than ${MOST_SEGMENTS} segments`,
    'write the path that the API uses, or delete the row',
    `more than ${MOST_SEGMENTS} segments`,
  );

function toPropertyRow(row: Cell[], span: Span): PropertyRow {
  const source = parsePath(row[0]?.text ?? '');
  const target = parsePath(row[1]?.text ?? '');
  return {
    span: spanOf(row, span),
    source,
    target,
    dataType: dataTypeOf(row[2]),
    isKeyRow: isPrimaryKey(source) && isPrimaryKey(target),
  };
}

/** Fragments are kept as they are written, since an asterisk is no markup in them; a plain type may be marked up. */
function dataTypeOf(cell: Cell | undefined): DataType {
  if (cell === undefined) return { kind: 'untyped', raw: '' };
  const written = parseDataType(cell.raw);
  if (written.kind !== 'unknown') return written;
  const read = parseDataType(cell.text);
  return read.kind === 'unknown' ? written : read;
}

const spanOf = (row: Cell[], span: Span): Span => ({
  line: row[0]?.line ?? span.line,
  endLine: row.at(-1)?.line ?? span.endLine,
});

/** The rows below the header. A header that is not marked as one is taken off too, and reported. */
function readBody(pair: Pair, table: Table, width: number): { rows: Cell[][]; problems: Diagnostic[] } {
  const problems = table.problems.map(({ line, message, words }) =>
    diagnose(
      'broken-table-row',
      line,
      message,
      'give every row of the table the same cells as its header',
      words,
    ),
  );
  const expected = [`${pair.source.display} Property`, `${pair.target.display} Property`];
  const [marked, ...further] = table.headerRows;
  const first = marked ?? table.rows[0] ?? [];
  const heads = first.map((cell) => foldSpace(cell.text));
  const isHeader = expected.every((text, index) => heads[index] === text);
  const line = first[0]?.line ?? table.span.line;
  const words = first.map((cell) => cell.text).join(' | ');
  if (marked === undefined) {
    const message = 'the table marks no row as its header';
    problems.push(
      diagnose('table-without-header', line, message, 'add ":header-rows: 1" to the table', words),
    );
  } else if (!isHeader || further.length > 0 || (width === 3 && !first[2]?.text.endsWith(' Data Type'))) {
    problems.push(
      diagnose(
        'table-header-mismatch',
        line,
        `the header of the table does not match its section: expected ${expected.join(' | ')}`,
        'make the one header row name the two entities of the section',
        words,
      ),
    );
  }
  if (first.length !== width) {
    const message = `the table has ${first.length} columns where its sentence calls for ${width}`;
    problems.push(
      diagnose('table-columns-mismatch', line, message, `give the table ${width} columns`, words),
    );
  }
  const rows = marked === undefined ? table.rows.slice(isHeader ? 1 : 0) : further.concat(table.rows);
  return { rows, problems };
}
