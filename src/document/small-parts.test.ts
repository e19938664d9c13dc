import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDataType } from './data-type.js';
import { readDocumentFile } from './read-file.js';
import { readDocument } from './read.js';
import { countDocument } from './summary.js';
import { parseTitle } from './title.js';

const read = (...lines: string[]) =>
  readDocument(['A to B Dataflow', '===============', '', ...lines, ''].join('\n'), 'd.rst');
const found = (document: ReturnType<typeof read>, code: string) =>
  document.diagnostics.filter((one) => one.code === code);

test.each([
  ['A to B Dataflow', { source: 'A', target: 'B', wellFormed: true }],
  ['A to B to C Dataflow', { source: 'A', target: 'B to C', wellFormed: true }],
  ['A to B', { source: 'A', target: 'B', wellFormed: false }],
  ['  Alone  ', { source: 'Alone', target: '', wellFormed: false }],
  ['to B Dataflow', { source: '', target: 'B', wellFormed: true }],
  ['A to Dataflow', { source: 'A', target: '', wellFormed: true }],
])('the title %j is split', (text, parts) => {
  expect(parseTitle(text, 4)).toEqual({ text, line: 4, ...parts });
});

test('a choice between a decimal and a text is understood', () => {
  expect(parseDataType('["if", "is-decimal", "decimal", "string"]')).toEqual({
    kind: 'if-is-decimal',
    otherwise: 'string',
  });
});

test('a document without a title says so, another title is quoted', () => {
  expect(found(readDocument('', 'd.rst'), 'title-missing')).toMatchObject([
    { line: 1, message: 'the document has no title' },
  ]);
  expect(found(readDocument('====\nText\n====\n', 'd.rst'), 'title-missing')).toMatchObject([
    { message: 'the title "Text" names no two systems', words: 'Text' },
  ]);
});

test('only a heading with a line above it is a title that is no `A to B Dataflow`', () => {
  expect(readDocument('====\nText\n====\n', 'd.rst').title).toBe('Text');
  expect(readDocument('Text\n====\n', 'd.rst').title).toBe('');
});

test('a system that is spelt in two ways is told with both, where it is spelt otherwise', () => {
  const document = read(
    'a Thing to B Thing',
    '------------------',
    'Every a Thing will be synchronized with a B Thing.',
  );

  expect(document.diagnostics).toContainEqual(
    expect.objectContaining({
      line: 4,
      words: 'a',
      message: expect.stringContaining('is spelt "A" at line 1') as string,
    }),
  );
});

test('a merge sentence without rows is told with the line of the sentence', () => {
  const merge = 'A A Thing will merge with a B Thing if one of the following property combinations match:';
  const document = read('A Thing to B Thing', '------------------', '', merge);

  expect(found(document, 'merge-rows-missing')).toMatchObject([{ line: 7, words: 'A Thing to B Thing' }]);
  expect(found(read('A Thing to B Thing', '------------------'), 'merge-rows-missing')).toEqual([]);
});

test('a table in the Introduction has lost its heading', () => {
  const document = read('Introduction', '------------', '', '.. list-table::', '', '   * - a');

  expect(found(document, 'unparsed-line')).toMatchObject([
    { line: 7, words: 'a table that no sentence announces' },
  ]);
});

test('a line of the Introduction that is a sentence of the checklist has lost its heading, other text has not', () => {
  const sentence = 'Every A Thing will be synchronized with a B Thing.';

  expect(found(read('Introduction', '------------', 'Free text.', sentence), 'unparsed-line')).toHaveLength(
    1,
  );
  expect(found(read('Introduction', '------------', 'Free text.', 'More text.'), 'unparsed-line')).toEqual(
    [],
  );
});

test('what a document holds is counted over all sections', () => {
  const every = 'Every A Thing will be synchronized with a B Thing.';
  const document = read(
    'A Thing to B Thing',
    '------------------',
    every,
    '',
    'nonsense',
    '',
    'A Part to B Part',
    '----------------',
    'Every A Part will be synchronized with a B Part.',
    '',
    'The following properties are synchronized between a A Part and a B Part:',
    '',
    '.. list-table::',
    '   :header-rows: 1',
    '',
    '   * - A Part Property',
    '     - B Part Property',
    '     - B Data Type',
    '   * - name',
    '     - title',
    '     - "string"',
  );

  expect(countDocument(document)).toEqual({
    pairs: 2,
    sentences: 3,
    unparsed: 1,
    propertyRows: 1,
    mergeRows: 0,
  });
});

test('a file that holds a byte order mark and blanks alone is empty', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'document-')), 'd.rst');
  writeFileSync(path, '\uFEFF');

  await expect(readDocumentFile(path)).rejects.toMatchObject({ code: 'not-a-text', found: 'an empty file' });
});

test('a path that no system takes is told by its code', async () => {
  await expect(readDocumentFile('x'.repeat(5000))).rejects.toMatchObject({
    code: 'unreadable-document',
    found: 'ENAMETOOLONG',
  });
});
