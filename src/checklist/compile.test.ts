import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { EVERY, merges, properties, section } from './testing/init-profile.js';

const compiled = (...lines: string[]) => {
  const text = ['Desk to Book Dataflow', '=====================', '', ...lines, ''].join('\n');
  return compile({ document: readDocument(text, 'd.rst'), reverse: null, profile: null, contracts: {} });
};
const keepsInSync = (source: string, target: string) =>
  `Once a link between a Desk ${source} and a Book ${target} is established, it will keep in sync between the two systems, regardless of where it is edited.`;
const linkFirst = (source: string, target: string) =>
  `Before any synchronization can take place, a link between a Desk ${source} and a Book ${target} must be established.`;
/** The pair that has the checks of what belongs to the systems, such as their logs. */
const representative = (...lines: string[]) =>
  compiled(...lines)
    .checks.filter(({ id }) => id.endsWith('/log'))
    .map(({ pair }) => pair);

const ROW = properties(['name', 'title', '"string"']);
const KEY = merges(['name', 'title']);
const client = (first: string, ...more: string[]) => [
  ...section('Client', 'Account', first, keepsInSync('Client', 'Account')),
  ...more,
  ...ROW,
];
const ticket = (first: string, ...more: string[]) =>
  [...section('Ticket', 'Entry', first, keepsInSync('Ticket', 'Entry')), ...more, ...ROW].map((line) =>
    line.replace('Desk Client', 'Desk Ticket').replace('Book Account', 'Book Entry'),
  );
const everyTicket = 'Every Desk Ticket will be synchronized with a Book Entry.';

test('the systems as such are checked with one pair, of several alike the first by name', () => {
  expect(representative(...client(EVERY), ...ticket(everyTicket))).toEqual(['client-to-account']);
  expect(representative(...ticket(everyTicket), ...client(EVERY))).toEqual(['client-to-account']);
});

test('they are rather checked with a pair that creates than with one that links', () => {
  expect(representative(...client(linkFirst('Client', 'Account'), ...KEY), ...ticket(everyTicket))).toEqual([
    'ticket-to-entry',
  ]);
});

test('they are rather checked with a pair that links by a key than with one that is linked by hand', () => {
  const byHand = client(linkFirst('Client', 'Account'));
  const byKey = ticket(linkFirst('Ticket', 'Entry'), ...KEY);

  expect(representative(...byHand, ...byKey)).toEqual(['ticket-to-entry']);
});

test('a sentence of a repeated section has no checks, and says which section is checked', () => {
  const { pairs, coverage } = compiled(
    ...section('Client', 'Account', EVERY),
    ...section('Client', 'Account', EVERY),
  );

  expect(pairs).toEqual([
    { slug: 'client-to-account', source: 'Desk Client', target: 'Book Account', line: 4, owner: null },
  ]);
  expect(coverage[1]).toEqual({
    pair: 'client-to-account',
    form: 'sync-every',
    line: 11,
    sentence: EVERY,
    checks: [],
    reason: {
      reason: 'repeats the section at line 4, which is checked',
      remedy: 'delete the repeated section',
    },
  });
});
