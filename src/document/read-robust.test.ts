import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';
import { countDocument } from './summary.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/dataflows');
const DOCUMENTS = ['forms', 'handwritten'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder)).map((name) => readFileSync(join(FOLDER, folder, name), 'utf8')),
);
const HEAD = 'A to B Dataflow\n===============\n\n';
const SECTION = `${HEAD}A Thing to B Thing\n------------------\n`;
const TABLE = `${SECTION}The following properties are synchronized between a A Thing and a B Thing:\n\n.. list-table::\n   :header-rows: 1\n\n   * - A Thing Property\n     - B Thing Property\n     - B Data Type\n`;
const MERGE = `${SECTION}A A Thing will merge with a B Thing if one of the following property combinations match:\n\n.. list-table::\n   :header-rows: 1\n\n   * - A Thing Property\n     - B Thing Property\n`;

const read = (text: string) => readDocument(text, 'd.rst');

function expectSound(text: string): void {
  const document = read(text);
  const lines = text.split(/\r\n|\n|\r/).length;
  const outside = document.diagnostics.filter(({ line }) => !(line >= 1 && line <= lines));
  expect(outside).toEqual([]);
  expect(document.diagnostics.filter((one) => one.message === '' || one.remedy === '')).toEqual([]);
  const errors = document.diagnostics.filter((one) => one.code === 'unparsed-line');
  expect(errors).toHaveLength(document.unparsed.length);
}

describe('any input is read without an exception, with lines in range', () => {
  test('mutated documents', () => {
    const insert = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '\n',
        '\n\n',
        '.. ',
        '.. list-table::\n',
        '====\n',
        '+--+--+\n',
        '   * - ',
        '\t',
        '"',
        '(',
        '\\',
        '*',
        '``',
        '|',
        '::\n\n   ',
        '.. csv-table::\n',
        '.. note:: ',
        '- ',
        ':x: ',
        '=== ===\n',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.nat(4000),
        fc.nat(400),
        insert,
        (text, at, length, words) => {
          const cut = at % (text.length + 1);
          expectSound(text.slice(0, cut) + words + text.slice(cut + length));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('lines of documents in any order', () => {
    const lines = DOCUMENTS.flatMap((text) => text.split('\n'));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), (picked) =>
        expectSound(picked.join('\n')),
      ),
      { numRuns: 300 },
    );
  });

  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectSound(new TextDecoder().decode(bytes))),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a line of a megabyte', SECTION + 'x'.repeat(1_000_000)],
    [
      'deep nesting',
      Array.from({ length: 2000 }, (_one, depth) => `${' '.repeat(depth)}.. note::`).join('\n'),
    ],
    ['a megabyte of marks', SECTION + '*a `b |c '.repeat(120_000)],
    ['a megabyte of borders', `${SECTION}+${'-+'.repeat(500_000)}\n|${'a|'.repeat(500_000)}\n`],
    ['a megabyte of one cell', `${TABLE}   * - ${'a.b '.repeat(250_000)}\n     - b\n     - N/A\n`],
    ['a path a megabyte deep', `${TABLE}   * - ${'a.'.repeat(500_000)}a\n     - b\n     - N/A\n`],
    ['lists in lists', Array.from({ length: 2000 }, (_one, depth) => `${' '.repeat(depth)}- a\n`).join('\n')],
    ['bullets on one line', '- '.repeat(500_000)],
    ['brackets in a cell', `${TABLE}   * - a\n     - b\n     - ${'["if",'.repeat(50_000)}\n`],
    ['a finding for each of 150,000 rows', `${TABLE}${'   * - a\n     - b\n     - N/A\n'.repeat(150_000)}`],
  ])('%s', (_name, text) => {
    expectSound(text);
  });

  test('a table of 100,000 rows loses none', () => {
    const text = TABLE + '   * - a\n     - b\n     - "string"\n'.repeat(100_000);

    expect(countDocument(read(text)).propertyRows).toBe(100_000);
  });
});

/** Large enough that work which grows with the square would not end before the runner gives up. */
describe('reading comes to an end', () => {
  test.each<[string, (size: number) => string]>([
    [
      'sections',
      (n) => HEAD + `A T to B T\n----------\nEvery A T will be synchronized with a B T.\n\n`.repeat(n / 4),
    ],
    ['rows', (n) => TABLE + '   * - a\n     - b\n     - "string"\n'.repeat(n)],
    ['lines of one cell', (n) => `${TABLE}   * - a\n${'       more\n'.repeat(n * 2)}`],
    ['words of a heading', (n) => `${HEAD}${'w '.repeat(n * 8)}to y\n----\nx\n`],
    ['blanks in a merge cell', (n) => `${MERGE}   * - a${' '.repeat(n * 8)}b\n     - c\n`],
    ['commas in a merge cell', (n) => `${MERGE}   * - ${'a,'.repeat(n * 2)}(\n     - c\n`],
    [
      'sentences of one paragraph',
      (n) => SECTION + 'Every A Thing will be synchronized with a B Thing. '.repeat(n),
    ],
    ['full stops', (n) => SECTION + '. A '.repeat(n * 4)],
    ['borders', (n) => SECTION + '=== ===\n\n'.repeat(n)],
    ['wrapped lines', (n) => SECTION + 'Every A Thing\n'.repeat(n * 2)],
  ])('with many %s', (_name, make) => {
    const document = read(make(60_000));

    expect(document.path).toBeDefined();
  });
});
