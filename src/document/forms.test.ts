import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIAGNOSTIC_CODES } from './diagnostic-codes.js';
import { FORMS, foldSpace, matchForm } from './forms.js';
import { SENTENCE_FORMS } from './model.js';
import { readDocument } from './read.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/dataflows/forms');
const read = (name: string) => readDocument(readFileSync(join(FOLDER, `${name}.rst`), 'utf8'), name);
const codesOf = (name: string) => read(name).diagnostics.map((one) => one.code);

test('every form has one row, and its example is of that form', () => {
  expect(FORMS.map((row) => row.form).toSorted()).toEqual([...SENTENCE_FORMS].toSorted());
  expect(FORMS.map((row) => matchForm(row.example)?.form)).toEqual(FORMS.map((row) => row.form));
});

test('a system may be called A', () => {
  expect(matchForm('Every A Thing will be synchronized with a B Thing.')).toMatchObject({ a: 'A Thing' });
});

describe('a sentence gives', () => {
  test.each([
    ['Every A T will be synchronized with a B T.', { form: 'sync-every', a: 'A T', b: 'B T' }],
    [
      'Before any synchronization can take place, a link between a A T and a B T must be established.',
      { form: 'link-first', a: 'A T', b: 'B T' },
    ],
    [
      'A new B T will be created from a A T if it is connected to a A E, or F that is synchronized into B.',
      { form: 'create-connected', a: 'A T', b: 'B T', connected: 'A E, or F' },
    ],
    [
      'A A T will merge with a B T if one of the following property combinations match:',
      { form: 'merge-on', a: 'A T', b: 'B T' },
    ],
    [
      'If a matching B T already exists, the A T will be merged with the existing one.',
      { form: 'merge-existing', a: 'A T', b: 'B T' },
    ],
    ['If no matching B T is found, a new B T will be created.', { form: 'create-missing', b: 'B T' }],
    [
      'Once a link between a A T and a B T is established, it will keep in sync between the two systems, regardless of where it is edited.',
      { form: 'keep-in-sync', a: 'A T', b: 'B T' },
    ],
    [
      'The following properties are synchronized between a A T and a B T:',
      { form: 'properties', a: 'A T', b: 'B T' },
    ],
    [
      'When it is, it  will be synchronized with a B T.',
      { form: 'sync-when', condition: 'When it is', b: 'B T' },
    ],
    [
      'When, it will be synchronized with a C, it will be synchronized with a B T.',
      { form: 'sync-when', condition: 'When, it will be synchronized with a C', b: 'B T' },
    ],
    [' Every\u00A0A T  will be synchronized with a B T . ', { form: 'sync-every', a: 'A T', b: 'B T' }],
    [
      'When it is , it will be synchronized with a B T .',
      { form: 'sync-when', condition: 'When it is', b: 'B T' },
    ],
  ])('its names: %s', (sentence, match) => {
    expect(matchForm(sentence)).toEqual(match);
  });

  test.each([
    'Every A T will be synchronized with a B T',
    'Every A T will be matched with a B T.',
    'A new B T will be created from a A T if it is connected to a A E that is synchronized into B',
    'The following properties are synchronized between a A T and a B T',
    'When it is, it will be synchronized with a B T',
    ', it will be synchronized with a B T.',
  ])('nothing when a part of it is missing: %s', (sentence) => {
    expect(matchForm(sentence)).toBeNull();
  });
});

test('blanks of any kind are folded into one, and dropped at the ends', () => {
  expect(foldSpace('  a\u00A0\u2003 b  c\u3000')).toBe('a b c');
});

describe('the fixture of each form and quirk', () => {
  test.each([
    ['sync-every', []],
    ['sync-when', []],
    ['link-first', []],
    ['create-connected', []],
    ['merge-on', []],
    ['merge-existing-create-missing', []],
    ['merge-existing', []],
    ['create-missing', []],
    ['keep-in-sync', []],
    ['properties', []],
    ['merge-table', []],
    ['old-introduction', []],
    ['name-qualifier', []],
    ['empty-table', ['empty-property-table']],
    ['data-types', ['unknown-type', 'unknown-type', 'unknown-transform']],
    ['qualifiers', ['blank-qualifier', 'blank-qualifier']],
    ['several-sources', ['several-sources-for-one-target']],
    ['no-sections', ['no-sections']],
    ['system-name-missing', ['no-sections', 'system-name-missing']],
    ['title-heading-disagree', ['title-heading-disagree']],
    ['repeated-section', ['repeated-section', 'same-heading-twice']],
    ['self-pair', ['self-pair']],
    ['leaked-note', ['leaked-note']],
    ['unparsed-line', ['unparsed-line']],
  ])('%s gives %j', (name, expected) => {
    expect(codesOf(name)).toEqual(expected);
  });

  test('shows every form', () => {
    const names = readdirSync(FOLDER).map((file) => file.replace('.rst', ''));
    const shown = names.flatMap((name) =>
      read(name).pairs.flatMap((pair) => pair.sentences.map((one) => one.form)),
    );

    expect([...new Set(shown)].toSorted()).toEqual([...SENTENCE_FORMS].toSorted());
  });

  test('the key row is known as such', () => {
    expect(read('sync-every').pairs[0]?.propertyRows.map((row) => row.isKeyRow)).toEqual([true, false]);
  });
});

test('codes are unique, in kebab case, and explained', () => {
  const codes = DIAGNOSTIC_CODES.map((row) => row.code);

  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, about } of DIAGNOSTIC_CODES) {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(about).toMatch(/\.$/);
  }
});
