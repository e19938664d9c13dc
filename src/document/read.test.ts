import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';

const BUNDLED = readFileSync(join(import.meta.dirname, '../../fixtures/dataflows/webshop-crm.rst'), 'utf8');
const read = (text: string) => readDocument(text, 'd.rst');
const codes = (text: string) => read(text).diagnostics.map((one) => one.code);

const section = (body: string) => `A to B Dataflow
===============

Generated: 2026-01-01 00:00:00

Introduction.
~~~~~~~~~~~~~

Words.

A Thing to B Thing
~~~~~~~~~~~~~~~~~~
${body}
`;

describe('the bundled document', () => {
  test('gives three pairs with their systems, entities and lines', () => {
    const { pairs, unparsed } = read(BUNDLED);

    expect(pairs.map((pair) => [pair.source.system, pair.source.entity, pair.heading.line])).toEqual([
      ['Webshop', 'Customer', 12],
      ['Webshop', 'Order', 28],
      ['Webshop', 'Product', 44],
    ]);
    expect(unparsed).toEqual([]);
  });

  test('reads the same with CRLF and a byte order mark', () => {
    const plain = read(BUNDLED);
    const windows = read(`\uFEFF${BUNDLED.replaceAll('\n', '\r\n')}`);

    expect(windows.pairs).toEqual(plain.pairs);
  });

  test('reports each empty property table with its line', () => {
    const found = read(BUNDLED).diagnostics.filter((one) => one.code === 'empty-property-table');

    expect(found.map((one) => one.line)).toEqual([20, 36, 52]);
  });
});

describe('a sentence', () => {
  test('may be wrapped over several lines', () => {
    const { pairs } = read(section('Every A Thing will be\nsynchronized with a B Thing.'));

    expect(pairs[0]?.sentences[0]).toMatchObject({ form: 'sync-every', span: { line: 13, endLine: 14 } });
  });

  test('may share a paragraph with another', () => {
    const body =
      'If a matching B Thing already exists, the A Thing will be merged with the existing one. If no matching B Thing is found, a new B Thing will be created.';

    const { pairs } = read(section(body));

    expect(pairs[0]?.sentences.map((one) => one.form)).toEqual(['merge-existing', 'create-missing']);
  });

  test('that is no known form is an error with line and remedy', () => {
    const { unparsed, diagnostics } = read(section('All Things are teleported.'));

    expect(unparsed).toEqual([{ line: 13, endLine: 13 }]);
    expect(diagnostics.find((one) => one.code === 'unparsed-line')).toMatchObject({
      severity: 'error',
      line: 13,
    });
  });

  test('with a leaked note as its condition is reported', () => {
    expect(codes(section('until we know better, it  will be synchronized with a B Thing.'))).toContain(
      'leaked-note',
    );
  });

  test('names the entities that a record must be connected to', () => {
    const body =
      'A new B Thing will be created from a A Thing if it is connected to a A Owner, Place, or Tag that is synchronized into B.';

    expect(read(section(body)).pairs[0]?.sentences[0]?.connectedTo?.map((one) => one.entity)).toEqual([
      'Owner',
      'Place',
      'Tag',
    ]);
  });
});

const TABLES = {
  'list-table': `.. list-table::
   :header-rows: 1

   * - A Thing Property
     - B Thing Property
     - B Data Type
   * - name
     - title
     - "string"`,
  'grid table': `+------------------+------------------+-------------+
| A Thing Property | B Thing Property | B Data Type |
+==================+==================+=============+
| name             | title            | "string"    |
+------------------+------------------+-------------+`,
  'simple table': `================  ================  ===========
A Thing Property  B Thing Property  B Data Type
================  ================  ===========
name              title             "string"
================  ================  ===========`,
  'csv-table': `.. csv-table::
   :header: "A Thing Property", "B Thing Property", "B Data Type"

   name, title, """string"""`,
  'list-table without a marked header': `.. list-table::

   * - A Thing Property
     - B Thing Property
     - B Data Type
   * - name
     - title
     - "string"`,
  'grid table without its last border': `+------------------+------------------+-------------+
| A Thing Property | B Thing Property | B Data Type |
+==================+==================+=============+
| name             | title            | "string"    |`,
  'simple table inside a directive': `.. table:: Names

   ================  ================  ===========
   A Thing Property  B Thing Property  B Data Type
   ================  ================  ===========
   name              title             "string"
   ================  ================  ===========`,
};

test.each(Object.entries(TABLES))('a %s gives its row', (_kind, table) => {
  const body = `The following properties are synchronized between a A Thing and a B Thing:\n\n${table}`;

  const { pairs, unparsed } = read(section(body));

  expect(unparsed).toEqual([]);
  expect(pairs[0]?.propertyRows.map((row) => [row.source.text, row.target.text, row.dataType.kind])).toEqual([
    ['name', 'title', 'string'],
  ]);
});

describe('nothing is passed over in silence', () => {
  const properties = 'The following properties are synchronized between a A Thing and a B Thing:';
  const header = '   * - A Thing Property\n     - B Thing Property\n     - B Data Type\n';

  test.each([
    ['an unknown directive', '.. note::\n\n   Every A Thing will be deleted.', 'unparsed-line'],
    ['a table directive spelt wrongly', '.. list-table:\n\n   * - a\n     - b', 'unparsed-line'],
    ['a table without its sentence', `.. list-table::\n   :header-rows: 1\n\n${header}`, 'unparsed-line'],
    ['a section below another', 'Deeper\n......\n\nWords.', 'heading-not-a-pair'],
    [
      'a sentence of another pair',
      'Every C Thing will be synchronized with a D Thing.',
      'sentence-names-other-pair',
    ],
    [
      'a row cut short',
      `${properties}\n\n.. list-table::\n   :header-rows: 1\n\n${header}   * - a`,
      'broken-table-row',
    ],
    [
      'a table of two columns',
      `${properties}\n\n.. list-table::\n   :header-rows: 1\n\n   * - a\n     - b`,
      'table-columns-mismatch',
    ],
    [
      'a simple table that never ends',
      `${properties}\n\n=== === ===\na   b   c\n=== === ===\nd   e   f`,
      'broken-table-row',
    ],
  ])('%s', (_name, body, code) => {
    expect(codes(section(body))).toContain(code);
  });

  test('a section that lost its underline to the Introduction', () => {
    const text = section('Every A Thing will be synchronized with a B Thing.').replace(
      /\n~+\n(?=Every)/,
      '\n',
    );

    expect(read(text)).toMatchObject({ pairs: [], unparsed: [{ line: 11, endLine: 12 }] });
  });

  test('an open simple table does not swallow the section after it', () => {
    const body = `${properties}\n\n=== === ===\na   b   c\n=== === ===\nd   e   f\n\nA Box to B Box\n~~~~~~~~~~~~~~`;

    expect(read(section(body)).pairs.map((pair) => pair.headingText)).toEqual([
      'A Thing to B Thing',
      'A Box to B Box',
    ]);
  });

  test('but comments, transitions and the table of contents are', () => {
    const body = '.. a remark\n\n----\n\n.. contents::\n\nEvery A Thing will be synchronized with a B Thing.';

    expect(read(section(body)).unparsed).toEqual([]);
  });
});

test('escapes and markup around a name give the name', () => {
  const rows =
    'The following properties are synchronized between a A Thing and a B Thing:\n\n.. list-table::\n   :header-rows: 1\n\n   * - A Thing Property\n     - B Thing Property\n     - B Data Type\n   * - first\\_name\n     - ``name``\n     - ``"string"``\n';

  expect(read(section(rows)).pairs[0]?.propertyRows[0]).toMatchObject({
    source: { text: 'first_name' },
    target: { text: 'name' },
    dataType: { kind: 'string' },
  });
});
