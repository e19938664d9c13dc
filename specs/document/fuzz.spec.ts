import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/checklist/compile.js';
import { initProfile } from '../../src/checklist/init.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { toInspection } from '../../src/cli/inspect-documents.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { renderInspection } from '../../src/cli/render-inspection.js';
import { toSarif } from '../../src/cli/sarif.js';
import { readDocument } from '../../src/document/read.js';

const FOLDER = join(packageRoot(), 'fixtures', 'dataflows');
const DOCUMENTS = ['forms', 'handwritten'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder)).map((name) => readFileSync(join(FOLDER, folder, name), 'utf8')),
);
const LINES = [...new Set(DOCUMENTS.flatMap((text) => text.split(/\r?\n/)))];
const read = (text: string) => readDocument(text, 'd.rst');

/** Everything that a document goes through before anything runs; every sentence has a check or a reason. */
function expectCompiled(text: string): void {
  const document = read(text);
  const compiled = compile({ document, reverse: null, profile: null, contracts: CONTRACTS });
  const inspection = toInspection([{ path: 'd.rst', compiled }]);

  expect(renderInspection(inspection, true)).toContain('1 document');
  expect(JSON.stringify(toSarif(inspection))).toContain('"version":"2.1.0"');
  expect(compiled.coverage.filter((one) => one.checks.length === 0 && one.reason === null)).toEqual([]);
  expect(new Set(compiled.checks.map((check) => check.id)).size).toBe(compiled.checks.length);
  const { profile } = parseProfile(initProfile(document, compiled), 'p.yaml');
  expect(Object.keys(profile.systems)).toHaveLength(2);
}

describe('any text is compiled, shown and given a profile without an exception', () => {
  test('mutated documents', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.nat(4000),
        fc.nat(200),
        fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...LINES)),
        (text, at, length, words) => {
          const cut = at % (text.length + 1);
          expectCompiled(text.slice(0, cut) + words + text.slice(cut + length));
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });

  test('lines of documents in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 80 }), (picked) =>
        expectCompiled(picked.join('\n')),
      ),
      { numRuns: 100, seed: 3 },
    );
  });
});

/** The four notations of one table; cells hold words that no notation takes for markup. */
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019._$(),/'), minLength: 1, maxLength: 12 });
const cell = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '))
  .filter(
    (text) =>
      /^[a-zA-Z][^_]*[a-zA-Z0-9]$|^[a-zA-Z]$/.test(text) && !/^[a-zA-Z0-9]{1,5}[.)](?: |$)/.test(text),
  );
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
const HEADER = ['A Thing Property', 'B Thing Property', 'B Data Type'];
type Row = readonly string[];

const pad = (text: string, width: number) => text + ' '.repeat(width - text.length);
const widthsOf = (all: Row[]) => [0, 1, 2].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
const NOTATIONS: Record<string, (all: Row[]) => string> = {
  'list-table': (all) =>
    `.. list-table::\n   :header-rows: 1\n\n${all.map((row) => `   * - ${row.join('\n     - ')}\n`).join('')}`,
  'csv-table': (all) =>
    `.. csv-table::\n   :header-rows: 1\n\n${all.map((row) => `   ${row.map((text) => `"${text}"`).join(',')}\n`).join('')}`,
  'grid table': (all) => {
    const widths = widthsOf(all);
    const line = (mark: string) => `+${widths.map((width) => mark.repeat(width + 2)).join('+')}+\n`;
    const text = (row: Row) => `| ${row.map((one, at) => pad(one, widths[at] ?? 0)).join(' | ')} |\n`;
    return line('-') + all.map((row, at) => text(row) + line(at === 0 ? '=' : '-')).join('');
  },
  'simple table': (all) => {
    const widths = widthsOf(all).map((width) => Math.max(width, 2));
    const border = `${widths.map((width) => '='.repeat(width)).join('  ')}\n`;
    const text = (row: Row) => `${row.map((one, at) => pad(one, widths[at] ?? 0)).join('  ')}\n`;
    return border + all.map((row, at) => text(row) + (at === 0 ? border : '')).join('') + border;
  },
};

describe('a table reads the same in every notation', () => {
  test.each(Object.entries(NOTATIONS))('%s', (_name, write) => {
    fc.assert(
      fc.property(rows, (given) => {
        const head = `A to B Dataflow\n===============\n\nA Thing to B Thing\n------------------\n`;
        const sentence = `The following properties are synchronized between a A Thing and a B Thing:\n\n`;
        const [pair] = read(`${head}${sentence}${write([HEADER, ...given])}`).pairs;

        expect(pair?.propertyRows.map((row) => [row.source.text, row.target.text])).toEqual(
          given.map(([source, target]) => [source, target]),
        );
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
