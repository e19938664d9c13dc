import { expect, test } from 'vitest';
import type { DataflowDocument, EntityName, Sentence } from '../document/model.js';
import { readDocument } from '../document/read.js';
import { backConnections, creationRule, reverseSections } from './creation-rule.js';
import { section } from './testing/init-profile.js';

const read = (...lines: string[]): DataflowDocument =>
  readDocument(['Desk to Book Dataflow', '='.repeat(21), '', ...lines, ''].join('\n'), 'd.rst');
const every = (source: string, target: string) => `Every ${source} will be synchronized with a ${target}.`;
const connectedTo = (entities: string) =>
  `A new Book Account will be created from a Desk Client if it is connected to a ${entities} that is synchronized into Book.`;
const entity = (name: string): EntityName => ({
  system: 'Desk',
  entity: name,
  qualifier: null,
  display: `Desk ${name}`,
});
/** Every entity is synchronised by one section, which bears its name. */
const find = ({ entity: name }: EntityName) => [{ pair: name.toLowerCase(), path: 'ref' }];

function ruleOf(connectedEntities: string[] | undefined, finds = find) {
  const [pair] = read(...section('Client', 'Account', connectedTo('Desk Berth'))).pairs;
  if (pair === undefined) throw new Error('there is no section');
  const sentences = pair.sentences.map((one): Sentence => ({
    ...one,
    connectedTo: connectedEntities?.map(entity),
  }));
  return creationRule({ ...pair, sentences }, null, finds);
}

test('a record is connected to all sections of all entities that are named', () => {
  expect(ruleOf(['Berth', 'Crew'])).toEqual({
    kind: 'connected',
    to: [
      { pair: 'berth', path: 'ref' },
      { pair: 'crew', path: 'ref' },
    ],
  });
});

test('sections that name one entity share the list of its sections', () => {
  const list = [{ pair: 'berth', path: 'ref' }];

  const rule = ruleOf(['Berth'], () => list);

  expect(rule.kind === 'connected' && rule.to).toBe(list);
});

test.each([[[]], [undefined]])('a record that may be connected to %j is linked only', (named) => {
  expect(ruleOf(named)).toEqual({ kind: 'linked-only' });
});

/** For each section of the first document by its line: the line of the section of the reverse document. */
const linesOf = (document: DataflowDocument, reverse: DataflowDocument | null) =>
  [...reverseSections(document, reverse)].map(([pair, back]) => [pair.heading.line, back.heading.line]);
const FORTH = section('Client', 'Account', every('Desk Client', 'Book Account'));
const FORTH_AGAIN = section(
  'Client',
  'Account',
  every('Desk Client', 'Book Account'),
  connectedTo('Desk Berth'),
);
const back = (...sentences: string[]) => {
  const heading = 'Book Account to Desk Client';
  return [heading, '-'.repeat(heading.length), ...sentences.flatMap((one) => [one, '']), ''];
};
const BACK = back(every('Book Account', 'Desk Client'));
const BACK_MISSING = back('If no matching Desk Client is found, a new Desk Client will be created.');

test('without a reverse document no section has a reverse', () => {
  expect(linesOf(read(...FORTH), null)).toEqual([]);
});

test('sections of the same two entities have their reverse sections in order', () => {
  expect(linesOf(read(...FORTH, ...FORTH_AGAIN), read(...BACK, ...BACK_MISSING))).toEqual([
    [4, 4],
    [9, 9],
  ]);
});

test('a section of the reverse document that repeats another is the reverse of none', () => {
  expect(linesOf(read(...FORTH, ...FORTH_AGAIN), read(...BACK, ...BACK))).toEqual([[4, 4]]);
});

test('a section that repeats another has no reverse of its own', () => {
  expect(linesOf(read(...FORTH, ...FORTH), read(...BACK, ...BACK_MISSING))).toEqual([[4, 4]]);
});

test('what a reverse document lets be connected are the entities of its own sections', () => {
  const forth = read(...FORTH, ...section('Berth', 'Dock', every('Desk Berth', 'Book Dock')));
  const heading = 'Book Account to Desk Client';
  const reverse = read(
    heading,
    '-'.repeat(heading.length),
    every('Book Account', 'Desk Client'),
    '',
    'A new Desk Client will be created from a Book Account if it is connected to a Book Dock, or Pier that is synchronized into Desk.',
    '',
    'Book Dock to Desk Berth',
    '-----------------------',
    every('Book Dock', 'Desk Berth'),
    '',
  );

  expect(backConnections(reverseSections(forth, reverse))).toEqual([{ entity: 'Account', to: 'Dock' }]);
});
