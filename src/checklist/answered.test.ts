import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { parseProfile } from './profile/load.js';

const section = (source: string, target: string) => {
  const heading = `Desk ${source} to Book ${target}`;
  return [
    heading,
    '-'.repeat(heading.length),
    `Every Desk ${source} will be synchronized with a Book ${target}.`,
    '',
  ];
};
const TITLE = ['Desk to Book Dataflow', '=====================', ''];
const LINES = [...TITLE, ...section('Client', 'Account'), ...section('Visit', 'Meeting')];
const SYSTEMS =
  'systems:\n  desk: { names: [Desk], contract: derived }\n  book: { names: [Book], contract: derived }\n';

function told(pairs: string): string[] {
  const document = readDocument(LINES.join('\n'), 'd.rst');
  const profile = parseProfile(`${SYSTEMS}pairs:\n${pairs}`, 'p.yaml');
  return compile({ document, reverse: null, profile, contracts: {} })
    .diagnostics.filter(({ code }) => code === 'empty-property-table')
    .map(({ severity, message, remedy }) => `${severity}: ${message} → ${remedy.split(';')[0]}`);
}

test('a table whose rows the profile names is for information, with their number; another stays a warning', () => {
  const rows = '[{ source: mail, target: address }, { source: town, target: city }]';

  expect(told(`  - { source: Client, target: Account, rows: ${rows} }`)).toEqual([
    'info: no property of Desk Client to Book Account is named; 2 rows of the profile stand in for them → nothing to do while this profile is used',
    'warning: no property of Desk Visit to Book Meeting is named → name the rows in the document, or in a profile (syncproof init writes one)',
  ]);
});

test('one row is told as one, and a pair of the profile without rows answers nothing', () => {
  const pairs = [
    '  - { source: Client, target: Account, owner: someone }',
    '  - { source: Visit, target: Meeting, rows: [{ source: day, target: date }] }',
  ];

  expect(told(pairs.join('\n'))).toEqual([
    'warning: no property of Desk Client to Book Account is named → name the rows in the document, or in a profile (syncproof init writes one)',
    'info: no property of Desk Visit to Book Meeting is named; 1 row of the profile stands in for them → nothing to do while this profile is used',
  ]);
});
