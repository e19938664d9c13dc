import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { listTable } from '../document/testing/list-table-lines.js';
import { compile } from './compile.js';
import { parseProfile } from './profile/load.js';

const HEADING = 'Desk Client to Book Account';
const LINES = [
  'Desk to Book Dataflow',
  '=====================',
  '',
  HEADING,
  '-'.repeat(HEADING.length),
  'A Desk Client will merge with a Book Account if one of the following property combinations match:',
  '',
  ...listTable([
    ['Desk Client Property', 'Book Account Property'],
    ['taxNumber', 'registration'],
    ['mail', 'address'],
    ['town, street', 'city, road'],
  ]),
];
const lineOf = (cell: string) => LINES.findIndex((line) => line.includes(cell)) + 1;
const document = readDocument(LINES.join('\n'), 'd.rst');

function replaced(match: string): (string | number)[][] {
  const text = `systems:\n  desk: { names: [Desk], contract: derived }\n  book: { names: [Book], contract: derived }\npairs:\n  - source: Client\n    target: Account\n    ${match}\n`;
  const profile = parseProfile(text, 'p.yaml');
  const { diagnostics } = compile({ document, reverse: null, profile, contracts: {} });
  return diagnostics
    .filter((one) => one.code === 'merge-row-replaced')
    .map((one) => [one.severity, one.line, one.words ?? '']);
}

test('each merge row that the profile replaces by keys of its own is told, with its line', () => {
  expect(replaced('match: [[{ source: mail, target: address }]]')).toEqual([
    ['warning', lineOf('taxNumber'), 'taxNumber = registration'],
    ['warning', lineOf('town, street'), 'town = city and street = road'],
  ]);
});

test('a profile without match keys replaces none', () => {
  expect(replaced('owner: someone')).toEqual([]);
});

test('a row of several properties is kept by a key of the same ones, whatever their order', () => {
  expect(
    replaced(
      'match: [[{ source: street, target: road }, { source: town, target: city }], [{ source: mail, target: address }]]',
    ),
  ).toEqual([['warning', lineOf('taxNumber'), 'taxNumber = registration']]);
});
