import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { EVERY, section } from './testing/init-profile.js';

const read = (title: string, lines: string[]) =>
  readDocument([title, '='.repeat(title.length), '', ...lines, ''].join('\n'), 'd.rst');
const backSection = (source: string, target: string, ...sentences: string[]) => {
  const heading = `Book ${source} to Desk ${target}`;
  return [heading, '-'.repeat(heading.length), ...sentences.flatMap((one) => [one, '']), ''];
};
const TICKET = section('Ticket', 'Entry', 'Every Desk Ticket will be synchronized with a Book Entry.');
const BACK = 'Every Book Account will be synchronized with a Desk Client.';
/** What the reverse document is compiled to; the first one has the pairs Ticket and Entry, and Client and Account. */
function compiledBack(...lines: string[]) {
  const { checks, coverage } = compile({
    document: read('Desk to Book Dataflow', [...TICKET, ...section('Client', 'Account', EVERY)]),
    reverse: read('Book to Desk Dataflow', lines),
    profile: null,
    contracts: {},
  });
  return {
    checks: checks.filter(({ id }) => id.includes('/book-to-desk/')),
    coverage: coverage.filter(({ document }) => document === 'reverse'),
    forward: coverage.filter(({ document }) => document === undefined),
  };
}

test('a sentence of the reverse document has checks of its own, which begin on the other side and are marked', () => {
  const { checks, coverage, forward } = compiledBack(...backSection('Account', 'Client', BACK));

  expect(checks.length).toBeGreaterThan(5);
  expect(new Set(checks.map(({ document, from, pair }) => `${document} ${from} ${pair}`))).toEqual(
    new Set(['reverse b client-to-account']),
  );
  expect(coverage).toEqual([
    {
      pair: 'client-to-account',
      form: 'sync-every',
      document: 'reverse',
      line: 6,
      sentence: BACK,
      checks: checks.map(({ id }) => id),
      reason: null,
    },
  ]);
  expect(forward.map(({ pair }) => pair)).toEqual(['ticket-to-entry', 'client-to-account']);
});

test('a section that is the reverse of none has no checks, and says so under its heading', () => {
  const other = 'Every Book Site will be synchronized with a Desk Place.';
  const { coverage } = compiledBack(
    ...backSection('Account', 'Client', BACK),
    ...backSection('Site', 'Place', other),
  );

  expect(coverage[1]).toEqual({
    pair: 'Book Site to Desk Place',
    form: 'sync-every',
    document: 'reverse',
    line: 11,
    sentence: other,
    checks: [],
    reason: {
      reason:
        'the first document holds no section Desk Place to Book Site that this one could be the reverse of',
      remedy: 'run the reverse document as the first one too',
    },
  });
});

test('a section of the reverse document that repeats another has no checks, and says which is checked', () => {
  const { coverage } = compiledBack(
    ...backSection('Account', 'Client', BACK),
    ...backSection('Account', 'Client', BACK),
  );

  expect(coverage).toMatchObject([
    { pair: 'client-to-account', line: 6, reason: null },
    {
      pair: 'client-to-account',
      form: 'sync-every',
      document: 'reverse',
      line: 11,
      checks: [],
      reason: {
        reason: 'repeats the section at line 4, which is checked',
        remedy: 'delete the repeated section',
      },
    },
  ]);
});

test('a section that repeats one which is the reverse of none is not called checked either', () => {
  const other = backSection('Site', 'Place', 'Every Book Site will be synchronized with a Desk Place.');
  const { coverage } = compiledBack(...backSection('Account', 'Client', BACK), ...other, ...other);

  expect(coverage.slice(1)).toMatchObject([
    {
      pair: 'Book Site to Desk Place',
      line: 11,
      reason: { remedy: 'run the reverse document as the first one too' },
    },
    {
      pair: 'Book Site to Desk Place',
      line: 16,
      reason: { remedy: 'run the reverse document as the first one too' },
    },
  ]);
});
