import { expect, test } from 'vitest';
import { readDocument } from '../../document/read.js';
import { parseProfile } from './load.js';
import { narrowed } from './narrow.js';

const section = (heading: string) => `${heading}\n${'-'.repeat(heading.length)}\n`;
const document = readDocument(
  `Desk to Book Dataflow\n=====================\n\n${section('Desk Ticket to Book Entry')}\n${section('Desk Client to Book Account')}`,
  'd.rst',
);
const TEXT = [
  'systems:',
  '  desk: { names: [Desk] }',
  '  book: { names: [Book] }',
  'pairs:',
  '  - { source: Client, target: Ledger }',
  '  - { source: Invoice, target: Account }',
  '  - source: Client',
  '    target: Account',
  '    owner: someone',
  '  - source: Ticket',
  '    target: Entry',
  'waivers:',
  '  - { check: c1, fingerprint: f, reason: r, owner: o, expires: 2030-01-01 }',
  '  - { check: c2, fingerprint: f, reason: r, owner: o, expires: 2030-01-01 }',
  '  - { check: c3, fingerprint: f, reason: r, owner: o, expires: 2030-01-01 }',
  '  - { check: c4, fingerprint: f, reason: r, owner: o, expires: 2030-01-01 }',
  '',
].join('\n');
const whole = parseProfile(TEXT, 'p.yaml');
const part = narrowed(whole, document);

test('only the pairs that the document holds stay, in their order', () => {
  expect(part.profile.pairs.map(({ source, target }) => `${source} ${target}`)).toEqual([
    'Client Account',
    'Ticket Entry',
  ]);
});

test('all else of the profile stays', () => {
  expect({ ...part.profile, pairs: [] }).toEqual({ ...whole.profile, pairs: [] });
  expect(part.path).toBe('p.yaml');
});

test.each<[PropertyKey[], number]>([
  [['pairs', 0], 7],
  [['pairs', 0, 'owner'], 9],
  [['pairs', 1, 'target'], 11],
  [['pairs'], whole.lineOf(['pairs'])],
  [['pairs', 'length'], whole.lineOf(['pairs'])],
  [['systems', 'book'], 3],
  [['waivers', 1, 'check'], 14],
  [[], 1],
])('the line of %j is that of the file', (path, line) => {
  expect(part.lineOf(path)).toBe(line);
});

test('the profile that was given is as it was', () => {
  expect(whole.profile.pairs).toHaveLength(4);
});
