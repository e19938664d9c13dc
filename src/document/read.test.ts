import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';
import { countDocument } from './summary.js';

const BUNDLED = readFileSync(join(import.meta.dirname, '../../fixtures/dataflows/webshop-crm.rst'), 'utf8');
const SHARED = join(import.meta.dirname, '../../../shared/dataflows');
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

    expect(found.map((one) => one.line)).toEqual([18, 34, 50]);
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
};

test.each(Object.entries(TABLES))('a %s gives its row', (_kind, table) => {
  const body = `The following properties are synchronized between a A Thing and a B Thing:\n\n${table}`;

  const { pairs, unparsed } = read(section(body));

  expect(unparsed).toEqual([]);
  expect(pairs[0]?.propertyRows.map((row) => [row.source.text, row.target.text, row.dataType.kind])).toEqual([
    ['name', 'title', 'string'],
  ]);
});

describe('any input', () => {
  test('mutated documents and random text never throw, and keep their lines in range', () => {
    fc.assert(
      fc.property(
        fc.nat(BUNDLED.length),
        fc.nat(400),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (at, length, insert) => {
          const text = BUNDLED.slice(0, at) + insert + BUNDLED.slice(at + length);
          const lines = text.split(/\r\n|\n|\r/).length;
          for (const { line } of read(text).diagnostics) expect(line).toBeLessThanOrEqual(Math.max(lines, 1));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a line of a megabyte and a table of 100,000 rows are read', () => {
    const rows = '   * - a\n     - b\n     - "string"\n'.repeat(100_000);
    const table = `The following properties are synchronized between a A Thing and a B Thing:\n\n.. list-table::\n   :header-rows: 1\n\n   * - A Thing Property\n     - B Thing Property\n     - B Data Type\n${rows}`;

    expect(read(section('x'.repeat(1_000_000))).unparsed).toHaveLength(1);
    expect(countDocument(read(section(table))).propertyRows).toBe(100_000);
  });
});

describe.runIf(existsSync(SHARED))('the real documents', () => {
  test('leave no line unread and lose no row', () => {
    const total = { pairs: 0, unparsed: 0, propertyRows: 0, mergeRows: 0 };
    for (const name of readdirSync(SHARED)) {
      const counts = countDocument(read(readFileSync(join(SHARED, name), 'utf8')));
      for (const key of ['pairs', 'unparsed', 'propertyRows', 'mergeRows'] as const)
        total[key] += counts[key];
    }

    expect(total).toEqual({ pairs: 117, unparsed: 0, propertyRows: 437, mergeRows: 29 });
  });
});
