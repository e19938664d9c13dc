import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { initProfile } from './init.js';
import { parseProfile } from './profile/load.js';

const TABLE = ['', '.. list-table::', '   :header-rows: 1', ''];
const cells = (...row: string[]) => row.map((cell, at) => `   ${at === 0 ? '*' : ' '} - ${cell}`);

function profileFor(...lines: string[]): string {
  const text = ['Desk to Book Dataflow', '=====================', '', ...lines, ''].join('\n');
  const document = readDocument(text, 'd.rst');
  return initProfile(document, compile({ document, reverse: null, profile: null, contracts: {} }));
}
const section = (source: string, target: string, ...sentences: string[]) => {
  const heading = `Desk ${source} to Book ${target}`;
  return [heading, '-'.repeat(heading.length), ...sentences.flatMap((one) => [one, '']), ''];
};
const properties = (...rows: string[][]) => [
  'The following properties are synchronized between a Desk Client and a Book Account:',
  ...TABLE,
  ...cells('Desk Client Property', 'Book Account Property', 'Book Data Type'),
  ...rows.flatMap((row) => cells(...row)),
  '',
];
const merges = (...rows: string[][]) => [
  'A Desk Client will merge with a Book Account if one of the following property combinations match:',
  ...TABLE,
  ...cells('Desk Client Property', 'Book Account Property'),
  ...rows.flatMap((row) => cells(...row)),
  '',
];
const EVERY = 'Every Desk Client will be synchronized with a Book Account.';

test('both systems, the policies and every pair stand in the profile', () => {
  const profile = profileFor(...section('Client', 'Account', EVERY));

  for (const line of [
    '# Profile for "Desk to Book Dataflow"',
    '  desk:',
    '    names: ["Desk"]',
    '  book:',
    '    names: ["Book"]',
    '  conflict: newest-edit # or side-a-wins, side-b-wins, keep-for-review',
    '  - source: "Client"',
    '    target: "Account"',
    '    #match: [[{ source: "email", target: "email", normalise: case-insensitive }]]',
    '    #rows:',
    '    #  - { source: "name", target: "name", examples: [["Ada", "Ada"]] }',
  ])
    expect(profile.split('\n')).toContain(line);
});

test('a document without pairs gives an empty list, which is valid', () => {
  const profile = profileFor();

  expect(profile).toContain('\npairs: []\n');
  expect(() => parseProfile(profile, 'p.yaml')).not.toThrow();
});

test('a pair is written once, however often its heading stands there', () => {
  const profile = profileFor(
    ...section('Client', 'Account', EVERY),
    ...section(
      'Client',
      'Account',
      'When a Desk Client is paying, it  will be synchronized with a Book Account.',
    ),
    ...section('Client', 'Ledger', 'Every Desk Client will be synchronized with a Book Ledger.'),
  );

  expect(profile.match(/target: "Account"/g)).toHaveLength(1);
  expect(profile.match(/target: "Ledger"/g)).toHaveLength(1);
});

test('a condition is asked for, in the words of the document', () => {
  const profile = profileFor(
    ...section(
      'Client',
      'Account',
      'When a Desk Client is paying, it  will be synchronized with a Book Account.',
    ),
  );

  expect(profile).toContain('    # The document says: When a Desk Client is paying\n');
});

test('without a condition none is asked for', () => {
  expect(profileFor(...section('Client', 'Account', EVERY))).not.toContain('#when:');
});

test('where the document names keys and rows no others are asked for, only what is open in them', () => {
  const profile = profileFor(
    ...section('Client', 'Account', EVERY),
    ...merges(['email', 'mail']),
    ...properties(
      ['name', 'title', '"string"'],
      ['age', 'years', '"about that"'],
      ['phone (Dependant on having work in kind)', 'phone', '"string"'],
      ['fax', 'fax (Dependant on having work in kind)', '"string"'],
    ),
  );

  expect(profile).not.toContain('#match:');
  expect(profile.split('\n').filter((line) => /^ {4}# line \d+:/.test(line))).toEqual([
    expect.stringContaining('age | years, a transform that is not understood: "about that"'),
  ]);
  expect(profile).toContain('{ source: "age", target: "years", transform:');
});
