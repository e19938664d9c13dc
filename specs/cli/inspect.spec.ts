import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../src/cli/package-root.js';
import { DIAGNOSTIC_CODES } from '../../src/document/diagnostic-codes.js';
import { SENTENCE_FORMS } from '../../src/document/model.js';
import { syncproof } from './syncproof.js';

const FIXTURES = join(packageRoot(), 'fixtures', 'dataflows');
const count = z.int().min(0);
const line = z.int().min(1);
const words = z.string().min(1);
const severity = z.enum(['error', 'warning', 'info']);

/** The output of `inspect --json`, with nothing left out and nothing beside it. */
const inspection = z.strictObject({
  documents: z.array(
    z.strictObject({
      path: words,
      systems: z.strictObject({ source: z.string(), target: z.string() }),
      generated: z.string().nullable(),
      pairs: z.array(
        z.strictObject({
          source: words,
          target: words,
          line,
          forms: z.array(z.enum(SENTENCE_FORMS)),
          propertyRows: count,
          mergeRows: count,
          checks: count,
        }),
      ),
      diagnostics: z.array(
        z.strictObject({
          severity,
          code: z.enum(DIAGNOSTIC_CODES.map((row) => row.code)),
          line,
          message: words,
          remedy: words,
          words: z.string().optional(),
          path: words.optional(),
        }),
      ),
    }),
  ),
  totals: z.strictObject({
    documents: count,
    pairs: count,
    sentences: count,
    unparsed: count,
    propertyRows: count,
    mergeRows: count,
    checks: count,
  }),
});

const level = z.enum(['none', 'note', 'warning', 'error']);
const text = z.strictObject({ text: words });
/** A reference by RFC 3986: no blank, no backslash, no bare percent sign. */
const uri = z.string().regex(/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})+$/);

/** What SARIF 2.1.0 asks of the parts that are written: required members, no unknown ones, allowed values. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: words,
            version: words,
            rules: z.array(
              z.strictObject({
                id: words,
                shortDescription: text,
                defaultConfiguration: z.strictObject({ level }),
              }),
            ),
          }),
        }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(
          z.strictObject({
            ruleId: words,
            ruleIndex: count,
            level,
            message: text,
            locations: z
              .array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.strictObject({ uri }),
                    region: z.strictObject({ startLine: line }),
                  }),
                }),
              )
              .min(1),
            partialFingerprints: z.record(z.string(), words),
            properties: z.record(z.string(), z.json()),
          }),
        ),
      }),
    )
    .min(1),
});

let folder: string;
const inspect = (...args: string[]) => syncproof(folder, ['inspect', ...args]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  mkdirSync(join(folder, 'my documents'));
  for (const name of ['sync-every', 'unparsed-line', 'data-types', 'repeated-section'])
    copyFileSync(join(FIXTURES, 'forms', `${name}.rst`), join(folder, 'my documents', `${name} 1.rst`));
});

describe('--json', () => {
  test('has the published shape for every bundled document, and totals that are the sums', () => {
    const { code, out } = inspect(join(FIXTURES, '**', '*.rst'), '--json');
    const { documents, totals } = inspection.parse(JSON.parse(out));
    const pairs = documents.flatMap((document) => document.pairs);
    const sum = (of: (pair: (typeof pairs)[number]) => number) =>
      pairs.reduce((all, pair) => all + of(pair), 0);

    expect(code).toBe(2);
    expect(documents.length).toBeGreaterThan(80);
    expect(totals).toMatchObject({
      documents: documents.length,
      pairs: pairs.length,
      sentences: sum((pair) => pair.forms.length),
      propertyRows: sum((pair) => pair.propertyRows),
      mergeRows: sum((pair) => pair.mergeRows),
    });
    expect(sum((pair) => pair.checks)).toBe(totals.checks);
    expect(totals.unparsed).toBeGreaterThan(0);
  });

  test('takes many files and globs in one call, each file once', () => {
    const { code, out } = inspect('my documents/*.rst', 'my documents/sync-every 1.rst', '--json');
    const { documents } = inspection.parse(JSON.parse(out));

    expect(code).toBe(2);
    expect(documents.map((document) => document.path)).toEqual([
      'my documents/data-types 1.rst',
      'my documents/repeated-section 1.rst',
      'my documents/sync-every 1.rst',
      'my documents/unparsed-line 1.rst',
    ]);
  });

  test('of a document without a fault ends well', () => {
    expect(inspect('my documents/sync-every 1.rst', '--json').code).toBe(0);
  });
});

describe('--sarif', () => {
  test('is SARIF 2.1.0: every result has its rule, its line and a path that is a URI', () => {
    inspect(join(FIXTURES, '**', '*.rst'), 'my documents/*.rst', '--sarif', 'all.sarif');
    const { runs } = sarif.parse(JSON.parse(readFileSync(join(folder, 'all.sarif'), 'utf8')));
    const [run] = runs;
    const rules = run?.tool.driver.rules ?? [];

    expect(rules.map((rule) => rule.id)).toEqual(DIAGNOSTIC_CODES.map((row) => row.code));
    expect(run?.results.length).toBeGreaterThan(20);
    for (const result of run?.results ?? []) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      const isAnswered = /of the profile stands? in for them/.test(result.message.text);
      const level = isAnswered ? 'note' : rules[result.ruleIndex]?.defaultConfiguration.level;
      expect(result.level).toBe(level);
    }
  });

  test('names a file below the working folder by its relative path', () => {
    inspect('my documents/unparsed-line 1.rst', '--sarif', 'one.sarif');
    const { runs } = sarif.parse(JSON.parse(readFileSync(join(folder, 'one.sarif'), 'utf8')));

    expect(runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'my%20documents/unparsed-line%201.rst',
    );
  });

  test('a finding keeps its fingerprint when lines are added above it', () => {
    const source = readFileSync(join(FIXTURES, 'forms', 'unparsed-line.rst'), 'utf8');
    const prints = ['.. a remark\n\n', ''].map((head) => {
      writeFileSync(join(folder, 'moved.rst'), head + source);
      inspect('moved.rst', '--sarif', 'moved.sarif');
      return sarif
        .parse(JSON.parse(readFileSync(join(folder, 'moved.sarif'), 'utf8')))
        .runs[0]?.results.map((result) => result.partialFingerprints);
    });

    expect(prints[0]).toEqual(prints[1]);
    expect(prints[0]).toHaveLength(1);
  });
});

describe('two documents of opposite direction', () => {
  const forward = () => readFileSync(join(FIXTURES, 'forms', 'sync-every.rst'), 'utf8');
  const back = () =>
    forward()
      .replaceAll('Harbor Desk Client', '<>')
      .replaceAll('Ledgerly Account', 'Harbor Desk Client')
      .replaceAll('<>', 'Ledgerly Account')
      .replaceAll('Harbor Desk to Ledgerly', 'Ledgerly to Harbor Desk');

  test('are compared with each other, each with its own lines', () => {
    writeFileSync(join(folder, 'a-b.rst'), forward());
    writeFileSync(join(folder, 'b-a.rst'), back());

    const { documents } = inspection.parse(JSON.parse(inspect('a-b.rst', 'b-a.rst', '--json').out));

    const codes = documents.map((document) => document.diagnostics.map((one) => one.code));
    expect(codes[0]).toContain('reverse-row-missing');
    expect(codes[1]).toContain('reverse-row-missing');
    expect(documents[0]?.diagnostics.map((one) => one.message).join()).toContain('b-a.rst:');
  });

  test('of several generations the closest one counts', () => {
    const older = back()
      .replace('Generated: 2026', 'Generated: 2020')
      .replaceAll(/ {3}\* - name\n.*\n.*\n/g, '');
    writeFileSync(join(folder, 'a-b.rst'), forward());
    writeFileSync(join(folder, 'b-a-old.rst'), older);
    writeFileSync(join(folder, 'b-a.rst'), back());

    const { documents } = inspection.parse(
      JSON.parse(inspect('b-a-old.rst', 'a-b.rst', 'b-a.rst', '--json').out),
    );

    const messages =
      documents.find((one) => one.path === 'a-b.rst')?.diagnostics.map((one) => one.message) ?? [];
    expect(messages.filter((message) => message.includes('b-a-old.rst'))).toEqual([]);
    expect(messages.filter((message) => message.includes('b-a.rst:')).length).toBeGreaterThan(0);
  });
});

test.each([
  ['no document', [], /no document given/],
  ['a glob without a file', ['none/*.rst'], /no file matches/],
  ['a file that is not there', ['none.rst'], /cannot be read/],
  ['two places for one report', ['my documents/*.rst', '--sarif', 'a', '--sarif', 'b'], /given twice/],
])('%s is one clear error', (_name, args, message) => {
  const { code, err } = inspect(...args);

  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).toMatch(/remedy:/);
  expect(err).not.toMatch(/\n\s+at /);
});
