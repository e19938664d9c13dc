import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { readDocument } from '../../src/document/read.js';
import { DIFFERENCES, outlineOf, type OutlineBlock } from './outline.js';

const at = (...names: string[]) => join(packageRoot(), 'fixtures', ...names);
const text = (path: string) => readFileSync(join(packageRoot(), path), 'utf8');

/** Written by `npm run compare:docutils -- --write`, so that this runs without docutils. */
const stored = JSON.parse(readFileSync(at('docutils', 'outlines.json'), 'utf8')) as {
  files: Record<string, OutlineBlock[]>;
};
const named = Object.entries(stored.files);
const same = named.filter(([path]) => !(basename(path) in DIFFERENCES));

describe('what docutils reads, our reader reads', () => {
  test.each(same)('%s', (path, theirs) => {
    expect(outlineOf(text(path)).filter((block) => block.kind !== 'message')).toEqual(theirs);
  });

  test('every bundled document is compared', () => {
    const bundled = ['', 'forms', 'handwritten'].flatMap((folder) =>
      readdirSync(at('dataflows', folder)).filter((name) => name.endsWith('.rst')),
    );

    expect(named.map(([path]) => basename(path)).toSorted()).toEqual(bundled.toSorted());
  });
});

const handwritten = readdirSync(at('dataflows', 'handwritten'));
/** Documents that hold what is no dataflow, with the lines that are reported. */
const REPORTED: Record<string, [string, number][]> = {
  'footnotes.rst': [
    ['unparsed-line', 33],
    ['unparsed-line', 35],
  ],
  'grid-table-row-span.rst': [['broken-table-row', 24]],
  'grid-table-spanning.rst': [
    ['broken-table-row', 25],
    ['broken-table-row', 25],
  ],
  'include-and-raw.rst': [
    ['unparsed-line', 12],
    ['unparsed-line', 14],
  ],
  'unknown-directive.rst': [['unparsed-line', 18]],
};

describe('a document that a person writes by hand', () => {
  test.each(handwritten)('%s gives its pair, its sentences and its rows', (name) => {
    const { pairs, diagnostics, generated } = readDocument(
      text(`fixtures/dataflows/handwritten/${name}`),
      name,
    );

    expect(pairs.map((pair) => pair.headingText)).toEqual(['Quayline Skipper to Tallyo Payer']);
    expect(pairs[0]?.sentences.map((one) => one.form).filter((form) => form !== 'merge-on')).toEqual([
      'sync-every',
      'keep-in-sync',
      'properties',
    ]);
    expect(generated).toBe('2026-11-03 08:15:00');
    expect(pairs[0]?.propertyRows.length === 0).toBe(name.includes('header-only'));
    const errors = diagnostics.filter((one) => one.severity === 'error').map((one) => [one.code, one.line]);
    expect(errors).toEqual(REPORTED[name] ?? []);
  });
});
