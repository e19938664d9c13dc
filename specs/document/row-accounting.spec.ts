import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/checklist/compile.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { readDocument } from '../../src/document/read.js';

const FOLDER = join(packageRoot(), 'fixtures', 'dataflows');
const paths = ['forms', 'handwritten'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder)).map((name) => join(FOLDER, folder, name)),
);
const compiled = paths.map((name) => {
  const document = readDocument(readFileSync(name, 'utf8'), name);
  const { checks } = compile({ document, reverse: null, profile: null, contracts: CONTRACTS });
  const rows = document.pairs
    .filter((pair) => pair.repeatOf === null)
    .flatMap((pair) => [...pair.propertyRows, ...pair.mergeRows]);
  return { name, checks, rows };
});

test('each table row of a document has a check that runs, or one that says why not and what to do', () => {
  const unaccounted = compiled.flatMap(({ name, checks, rows }) => {
    const accounted = new Set(
      checks
        .filter(
          ({ notTestable }) =>
            notTestable === null || (notTestable.reason !== '' && notTestable.remedy !== ''),
        )
        .map((check) => check.line),
    );
    return rows.filter((row) => !accounted.has(row.span.line)).map((row) => `${name}:${row.span.line}`);
  });

  expect(compiled.flatMap(({ rows }) => rows).length).toBeGreaterThan(100);
  expect(unaccounted).toEqual([]);
});

test('a row that names the two keys is checked as the link that it is', () => {
  const scenarios = compiled.flatMap(({ checks, rows }) => {
    const keys = new Set(rows.flatMap((row) => ('isKeyRow' in row && row.isKeyRow ? [row.span.line] : [])));
    return checks.filter((check) => keys.has(check.line)).map((check) => check.scenario);
  });

  expect(new Set(scenarios)).toEqual(new Set(['create-one-counterpart']));
});
