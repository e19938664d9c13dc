import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareDirections } from './contradictions.js';
import { diffDocuments } from './diff.js';
import { readDocument } from './read.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/dataflows/forms');
const source = (name: string) => readFileSync(join(FOLDER, `${name}.rst`), 'utf8');
const read = (text: string) => readDocument(text, 'reverse.rst');

/** The document of the other direction: names change places, and with them the columns of every row. */
const turn = (text: string) =>
  text
    .replaceAll('Harbor Desk Client', '<a>')
    .replaceAll('Ledgerly Account', 'Harbor Desk Client')
    .replaceAll('<a>', 'Ledgerly Account')
    .replaceAll('Harbor Desk to Ledgerly', 'Ledgerly to Harbor Desk')
    .replaceAll('Ledgerly Data Type', 'Harbor Desk Data Type')
    .replaceAll(/\* - (\w[\w.]*)\n {5}- (\w[\w.]*)\n/g, '* - $2\n     - $1\n');

describe('two directions', () => {
  const forward = source('merge-on');

  test('that say the same do not contradict each other', () => {
    expect(compareDirections(read(forward), read(turn(forward)))).toEqual([]);
  });

  test.each([
    [
      'a row of one only',
      (text: string) => text.replace('- title', '- heading'),
      ['reverse-row-extra', 'reverse-row-missing'],
    ],
    ['another type', (text: string) => text.replace(/"string"\n$/, '"integer"\n'), ['reverse-type-differs']],
    ['another merge key', (text: string) => text.replace('- taxNumber', '- vat'), ['reverse-merge-differs']],
    [
      'a link asked for first',
      (text: string) =>
        text.replace(
          /Every .*\n/,
          'Before any synchronization can take place, a link between a Ledgerly Account and a Harbor Desk Client must be established.\n',
        ),
      ['reverse-creation-differs'],
    ],
  ])('contradict each other in %s', (_name, change, expected) => {
    const found = compareDirections(
      read(forward),
      read(change(turn(forward).replace('- title\n     - name', '- title\n     - name'))),
    );

    expect(found.map((one) => one.code).toSorted()).toEqual(expected);
    for (const one of found) expect(one.message).toContain('reverse.rst:');
  });
});

describe('two generations', () => {
  const old = source('merge-on');
  const changes = (text: string) =>
    diffDocuments(read(old), read(text)).map(({ kind, what }) => `${kind} ${what}`);

  test('that differ in line numbers alone are the same', () => {
    expect(changes(old.replace('Generated', '.. a remark\n\nGenerated'))).toEqual([]);
  });

  test('show what came, went and changed', () => {
    expect(changes(old.replace('- name', '- fullName'))).toEqual(['removed row', 'added row']);
    expect(changes(old.replace(/"string"\n$/, '"list"\n'))).toEqual(['changed row']);
    expect(changes(old.replace(/Every .*\n/, ''))).toEqual(['removed sentence']);
    expect(changes(old.replaceAll('Account', 'Ledger'))).toEqual(['removed pair', 'added pair']);
  });

  test('a changed row tells what it was', () => {
    const [change] = diffDocuments(read(old), read(old.replace(/"string"\n$/, '"list"\n')));

    expect(change).toMatchObject({
      before: expect.stringContaining('string'),
      text: expect.stringContaining('list'),
    });
  });

  test('a second sentence of one form is seen', () => {
    const twice = old.replace(/(Every .*\n)/, '$1\n$1');

    expect(changes(twice)).toEqual(['added sentence']);
  });
});
