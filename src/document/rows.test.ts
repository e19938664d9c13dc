import { describe, expect, test } from 'vitest';
import { splitName } from './names.js';
import { addMergeRows, addPropertyRows } from './rows.js';
import { toCell, toTable, type Cell, type Table } from './table.js';
import type { Diagnostic, Pair } from './model.js';

const SPAN = { line: 10, endLine: 19 };
const HEADER = ['Quay Boat Property', 'Ledger Asset Property', 'Ledger Data Type'];
const TWO = HEADER.slice(0, 2);
const emptyPair = (): Pair => ({
  source: splitName('Quay Boat', []),
  target: splitName('Ledger Asset', []),
  heading: { line: 1, endLine: 2 },
  headingText: 'Quay Boat to Ledger Asset',
  sentences: [],
  propertyRows: [],
  mergeRows: [],
  repeatOf: null,
});

/** Row `n` stands from line 10 n on, each of its cells one line below the one before. */
const rowsOf = (rows: string[][], from: number): Cell[][] =>
  rows.map((row, index) => row.map((text, column) => toCell(text, 10 * (from + index) + column)));
const table = (header: string[][], rows: string[][]): Table =>
  toTable(SPAN, rowsOf(header, 2), rowsOf(rows, 2 + header.length));
const properties = (header: string[][], ...rows: string[][]) => {
  const pair = emptyPair();
  const problems = addPropertyRows(pair, table(header, rows));
  return { problems, rows: pair.propertyRows };
};
const merges = (header: string[][], ...rows: string[][]) => {
  const pair = emptyPair();
  const problems = addMergeRows(pair, table(header, rows));
  return { problems, rows: pair.mergeRows };
};
const path = (text: string) => ({ text, segments: text.split('.'), qualifiers: [] });
const deep = (segments: number) => Array.from({ length: segments }, () => 'a').join('.');

describe('a row of a property table', () => {
  test('gives its two paths, its type and the lines from its first cell to its last', () => {
    expect(properties([HEADER], ['name', 'deep.title', '"string"'])).toEqual({
      problems: [],
      rows: [
        {
          span: { line: 30, endLine: 32 },
          source: path('name'),
          target: path('deep.title'),
          dataType: { kind: 'string' },
          isKeyRow: false,
        },
      ],
    });
  });

  test.each([
    ['id', 'id', true],
    ['ID', '$original_id', true],
    ['$original_id', 'Id', true],
    ['id', 'name', false],
    ['name', 'id', false],
    ['id.x', 'id', false],
    ['id', 'x.id', false],
    ['idx', 'id', false],
    ['id', 'xid', false],
    ['original_id', 'id', false],
    ['', '', false],
  ])('%j | %j names the two keys: %j', (source, target, isKeyRow) => {
    expect(properties([HEADER], [source, target, '"string"']).rows[0]?.isKeyRow).toBe(isKeyRow);
  });

  test('keeps a fragment as written, and reads a plain type without its markup', () => {
    const pair = emptyPair();
    const star: Cell = { raw: '"if","matches","*a*","_."', text: '"string"', line: 30 };
    const known: Cell = { raw: '"replace"," *a* ","","string"', text: '"string"', line: 30 };
    const marked: Cell = { raw: '**"integer"**', text: '"integer"', line: 31 };
    const neither: Cell = { raw: '*what*', text: 'what', line: 32 };
    const rows = [star, known, marked, neither].map((cell) => [toCell('a', 1), toCell('b', 1), cell]);

    addPropertyRows(pair, toTable(SPAN, rowsOf([HEADER], 2), rows));

    expect(pair.propertyRows.map((row) => row.dataType)).toEqual([
      { kind: 'string' },
      { kind: 'replace', from: ' *a* ', to: '' },
      { kind: 'integer' },
      { kind: 'unknown', raw: '*what*' },
    ]);
  });

  test('that is cut short is told, and what it lacks is blank', () => {
    const { rows, problems } = properties([HEADER], ['name'], []);

    expect(rows.map(({ span, source, target, dataType }) => ({ span, source, target, dataType }))).toEqual([
      {
        span: { line: 30, endLine: 30 },
        source: path('name'),
        target: { text: '', segments: [], qualifiers: [] },
        dataType: { kind: 'untyped', raw: '' },
      },
      {
        span: SPAN,
        source: { text: '', segments: [], qualifiers: [] },
        target: { text: '', segments: [], qualifiers: [] },
        dataType: { kind: 'untyped', raw: '' },
      },
    ]);
    expect(problems.map(({ code, line, words }) => [code, line, words])).toEqual([
      ['broken-table-row', 30, 'name'],
      ['broken-table-row', 10, ''],
    ]);
  });

  test.each([
    [deep(64), 'b'],
    ['a', deep(64)],
  ])('of 64 segments on one side is read', (source, target) => {
    const { rows, problems } = properties([HEADER], [source, target, '"string"']);

    expect([rows.length, problems]).toEqual([1, []]);
  });

  test.each([
    [deep(65), 'b'],
    ['a', deep(65)],
  ])('of 65 segments on one side is left out and told', (source, target) => {
    const { rows, problems } = properties([HEADER], ['x', 'y', '"string"'], [source, target, '"string"']);

    expect(rows.map((row) => row.source.text)).toEqual(['x']);
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'broken-table-row',
        line: 40,
        message: 'a path of the row is deeper than 64 segments',
        remedy: 'write the path that the API uses, or delete the row',
        words: 'more than 64 segments',
      },
    ]);
  });
});

describe('a row of a merge table', () => {
  test('gives the paths of each side and the lines from its first cell to its last', () => {
    expect(merges([TWO], ['first, last', 'name'], ['no', 'number and kind'])).toEqual({
      problems: [],
      rows: [
        { span: { line: 30, endLine: 31 }, source: [path('first'), path('last')], target: [path('name')] },
        { span: { line: 40, endLine: 41 }, source: [path('no')], target: [path('number'), path('kind')] },
      ],
    });
  });

  test('that is cut short names nothing on the side that it lacks', () => {
    expect(merges([TWO], ['no'], []).rows).toEqual([
      { span: { line: 30, endLine: 30 }, source: [path('no')], target: [] },
      { span: SPAN, source: [], target: [] },
    ]);
  });

  test.each([
    [`a, ${deep(65)}`, 'b'],
    ['a', `b, ${deep(65)}`],
  ])('with a path of 65 segments is left out and told', (source, target) => {
    const { rows, problems } = merges([TWO], [source, target], ['x', 'y']);

    expect(rows.map((row) => row.source)).toEqual([[path('x')]]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([['broken-table-row', 30]]);
  });
});

describe('the header of a table', () => {
  const row = ['name', 'title', '"string"'];
  const told = ({ problems }: { problems: Diagnostic[] }) =>
    problems.map(({ code, line, words }) => [code, line, words]);

  test('fits with blanks of any kind between its words', () => {
    expect(told(properties([['Quay\u00A0Boat  Property', ...HEADER.slice(1)]], row))).toEqual([]);
  });

  test.each([
    ['another source', ['Quay Crew Property', ...HEADER.slice(1)]],
    ['another target', [HEADER[0] ?? '', 'Ledger Crew Property', HEADER[2] ?? '']],
    ['a third column that is no type', [...TWO, 'Ledger Data']],
    ['a third column that only begins as a type', [...TWO, 'Ledger Data Type of']],
  ])('does not fit: %s', (_name, header) => {
    const found = properties([header], row);

    expect(found.problems).toEqual([
      {
        severity: 'warning',
        code: 'table-header-mismatch',
        line: 20,
        message:
          'the header of the table does not match its section: expected Quay Boat Property | Ledger Asset Property',
        remedy: 'make the one header row name the two entities of the section',
        words: header.join(' | '),
      },
    ]);
    expect(found.rows).toHaveLength(1);
  });

  test('is one row: a second one is told and read as a row', () => {
    const { rows, problems } = properties([HEADER, ['x', 'y', '"float"']], row);

    expect(rows.map(({ source }) => source.text)).toEqual(['x', 'name']);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([['table-header-mismatch', 20]]);
  });

  test('that is not marked is told and taken off', () => {
    const { rows, problems } = properties([], HEADER, row);

    expect(rows.map(({ source }) => source.text)).toEqual(['name']);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'table-without-header',
        line: 20,
        message: 'the table marks no row as its header',
        remedy: 'add ":header-rows: 1" to the table',
        words: HEADER.join(' | '),
      },
    ]);
  });

  test('that is missing is told, and every row is read', () => {
    const { rows, problems } = properties([], row, ['size', 'length', '"float"']);

    expect(rows.map(({ source }) => source.text)).toEqual(['name', 'size']);
    expect(problems.map(({ code, words }) => [code, words])).toEqual([
      ['table-without-header', 'name | title | "string"'],
    ]);
  });

  test('of a table without rows is looked for at the first line of the table', () => {
    expect(told(properties([]))).toEqual([
      ['table-without-header', 10, ''],
      ['table-columns-mismatch', 10, ''],
    ]);
  });

  test('of one cell is no header, though it names the source', () => {
    expect(told(merges([[HEADER[0] ?? '']]))).toEqual([
      ['table-header-mismatch', 20, 'Quay Boat Property'],
      ['table-columns-mismatch', 20, 'Quay Boat Property'],
    ]);
  });

  test('of a merge table needs no type', () => {
    expect(told(merges([TWO], ['a', 'b']))).toEqual([]);
  });

  test('calls for as many columns as the sentence, no more and no fewer', () => {
    expect(properties([TWO]).problems.at(-1)).toEqual({
      severity: 'error',
      code: 'table-columns-mismatch',
      line: 20,
      message: 'the table has 2 columns where its sentence calls for 3',
      remedy: 'give the table 3 columns',
      words: TWO.join(' | '),
    });
    expect(merges([HEADER]).problems).toEqual([
      {
        severity: 'error',
        code: 'table-columns-mismatch',
        line: 20,
        message: 'the table has 3 columns where its sentence calls for 2',
        remedy: 'give the table 2 columns',
        words: HEADER.join(' | '),
      },
    ]);
  });
});

test('what is wrong with the notation of a table is told first, with its line and words', () => {
  const broken = {
    ...table([HEADER], []),
    problems: [{ line: 14, message: 'the table has no closing border', words: '+--+' }],
  };

  expect(addPropertyRows(emptyPair(), broken)).toEqual([
    {
      severity: 'error',
      code: 'broken-table-row',
      line: 14,
      message: 'the table has no closing border',
      remedy: 'give every row of the table the same cells as its header',
      words: '+--+',
    },
  ]);
});
