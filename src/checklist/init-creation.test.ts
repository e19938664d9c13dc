import { describe, expect, test } from 'vitest';
import { EVERY, merges, pairsOf, pairsWith, properties, section } from './testing/init-profile.js';

const COMPLETE = [...merges(['name', 'title']), ...properties(['name', 'title', '"string"'])];
/** Sections of the reverse document; each of its sentences stands for itself. */
const backSection = (source: string, target: string, ...sentences: string[]) => {
  const heading = `Book ${source} to Desk ${target}`;
  return [heading, '-'.repeat(heading.length), ...sentences.flatMap((one) => [one, '']), ''];
};
const client = (...sentences: string[]) => [
  ...section('Client', 'Account', EVERY, ...sentences),
  ...COMPLETE,
];
/** What the draft of the pair Client and Account asks for, beside its names and owner. */
const askedFor = (back: string[], ...lines: string[]) => pairsWith({ back }, ...client(), ...lines).slice(4);

const WHEN = 'When a Book Account is open, it will be synchronized with a Desk Client.';
const connectedTo = (entity: string) =>
  `A new Desk Client will be created from a Book Account if it is connected to a ${entity} that is synchronized into Desk.`;
const ticket = section('Ticket', 'Entry', 'Every Desk Ticket will be synchronized with a Book Entry.');
const entry = backSection('Entry', 'Ticket', 'Every Book Entry will be synchronized with a Desk Ticket.');

describe('what a reverse document leaves open', () => {
  test('is nothing where each of its records is created', () => {
    const every = 'Every Book Account will be synchronized with a Desk Client.';

    expect(askedFor(backSection('Account', 'Client', every))).toEqual([]);
  });

  test('is asked for only in the pair whose reverse it holds', () => {
    const lines = pairsWith({ back: backSection('Account', 'Client', WHEN) }, ...ticket, ...client());

    expect(lines.filter((line) => line.includes('#back:'))).toHaveLength(1);
    expect(lines.findIndex((line) => line.includes('#back:'))).toBeGreaterThan(
      lines.indexOf('  - source: "Client"'),
    );
  });

  test('is a condition, in its words', () => {
    expect(askedFor(backSection('Account', 'Client', WHEN))).toEqual([
      '    # In the reverse document: The document says: When a Book Account is open',
      '    # In the reverse document: Name the property of Book Account that tells, and a value that meets the condition and one that fails it.',
      '    #back: { when: { path: status, equals: active, meets: active, fails: closed } }',
    ]);
  });

  test('is a connection, through the section that its own entity has', () => {
    const back = [...backSection('Account', 'Client', connectedTo('Book Entry')), ...entry];

    expect(askedFor(back, ...ticket).slice(0, 3)).toEqual([
      '    # In the reverse document: Created when it is connected to Book Entry.',
      '    # In the reverse document: The property that holds the connection has a made-up name; write the one of the API:',
      '    #back: { connected: [{ pair: ticket-to-entry, path: connected_entry }] }',
    ]);
  });

  test('is a connection through another entity of its own system, where none has a section', () => {
    const otherSource = section(
      'Berth',
      'Account',
      'Every Desk Berth will be synchronized with a Book Account.',
    );
    const back = backSection('Account', 'Client', connectedTo('Book Site'));

    expect(askedFor(back, ...otherSource, ...ticket)[2]).toBe(
      '    #back: { connected: [{ pair: ticket-to-entry, path: connected_to }] }',
    );
  });

  test('is asked for without a suggestion where no section of another entity could hold it', () => {
    const otherSource = section(
      'Ticket',
      'Account',
      'Every Desk Ticket will be synchronized with a Book Account.',
    );
    const back = backSection('Account', 'Client', connectedTo('Book Site'));

    expect(askedFor(back, ...otherSource).slice(0, 3)).toEqual([
      '    # In the reverse document: Created when it is connected to Book Site.',
      '    # In the reverse document: No section of the document synchronises one of these: ask for a document that holds it.',
      '  # line 31: Desk Ticket to Book Account',
    ]);
  });

  test('stands in one entry, both the condition and the connection', () => {
    const back = [...backSection('Account', 'Client', WHEN, connectedTo('Book Entry')), ...entry];

    expect(askedFor(back, ...ticket).find((line) => line.includes('#back:'))).toBe(
      '    #back: { when: { path: status, equals: active, meets: active, fails: closed }, connected: [{ pair: ticket-to-entry, path: connected_entry }] }',
    );
  });
});

test('blanks of a condition count as one, unusual ones too', () => {
  const broken = 'When a Desk Client is\u1680\u1680paying, it will be synchronized with a Book Account.';

  expect(pairsOf(...section('Client', 'Account', broken), ...COMPLETE)[4]).toBe(
    '    # The document says: When a Desk Client is paying',
  );
});
