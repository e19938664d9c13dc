import { expect, test } from 'vitest';
import type { EntityContract } from '../contract/field.js';
import type { InputError } from '../document/input-error.js';
import { readDocument } from '../document/read.js';
import { checkProfilePairs, checkRows, checkSlugs, checkSpelling } from './check-profile.js';
import type { SyncPlan } from './plan.js';
import { parseProfile } from './profile/load.js';
import { EVERY, section } from './testing/init-profile.js';

const profileOf = (...lines: string[]) =>
  parseProfile(
    ['systems:', '  desk: { names: [Desk] }', '  book: { names: [Book] }', 'pairs:', ...lines, ''].join('\n'),
    'p.yaml',
  );
const entity = (name: string, ...paths: string[]): EntityContract => ({
  name,
  collection: name.toLowerCase(),
  idKind: 'string',
  fields: paths.map((path) => ({ path, type: { kind: 'untyped' } })),
});
const DOCUMENT = readDocument(
  [
    'Desk to Book Dataflow',
    '=====================',
    '',
    ...section('Client', 'Account', EVERY),
    ...section('Stay', 'Bill'),
  ].join('\n'),
  'd.rst',
);
const [client, stay] = DOCUMENT.pairs;
const BY_SLUG = new Map(
  [client, stay].flatMap((pair, at) => (pair === undefined ? [] : [[['client', 'stay'][at] ?? '', pair]])),
);
function refused(work: () => void): InputError {
  try {
    work();
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was taken');
}

const CLIENT = ['  - source: Client', '    target: Account'];
const rowsOf = (...rows: string[]) =>
  profileOf(...CLIENT, '    rows:', ...rows.map((row) => `      - { ${row} }`));
function checkOwnRows(loaded: ReturnType<typeof profileOf>): void {
  const [own] = loaded.profile.pairs;
  if (own === undefined) throw new Error('no pair');
  checkRows(own, entity('Client', 'name', 'address[].city'), entity('Account', 'title'), loaded);
}

test('rows that name properties of their entities are taken, under a condition too', () => {
  const loaded = rowsOf('source: name, target: title', 'source: "address[kind=home].city", target: title');

  expect(() => checkOwnRows(loaded)).not.toThrow();
});

test('a row that names no property of its entity is refused with the nearest one', () => {
  const error = refused(() =>
    checkOwnRows(rowsOf('source: name, target: title', 'source: nme, target: title')),
  );

  expect(error).toMatchObject({
    code: 'unknown-property',
    message: 'Client has no property nme',
    where: 'p.yaml:9',
    expected: 'a property of Client, such as name, address[].city',
    found: 'nme',
    remedy: 'did you mean "name"?',
  });
});

test('where none is near, the remedy is the path of the API', () => {
  const error = refused(() => checkOwnRows(rowsOf('source: name, target: frobnication')));

  expect(error).toMatchObject({
    message: 'Account has no property frobnication',
    remedy: 'use the path that the API uses',
  });
});

const said = { a: entity('Client', 'name', 'mail'), b: entity('Account', 'title') };
const SAID = {
  a: { entities: [entity('Stay', 'nights'), said.a] },
  b: { entities: [entity('Bill', 'sum'), said.b] },
} as unknown as SyncPlan['systems'];

test('a slip of either side is refused, and only a slip', () => {
  const slip = (row: string) => refused(() => checkSpelling(rowsOf(row), SAID));

  expect(slip('source: maill, target: title')).toMatchObject({
    code: 'unknown-property',
    message: 'Client has no property maill',
    where: 'p.yaml:8',
    expected: 'a property of Client, such as name, mail',
  });
  expect(slip('source: mail, target: tilte').remedy).toContain('did you mean "title"?');
  expect(() => checkSpelling(rowsOf('source: nights, target: sum'), SAID)).not.toThrow();
});

test('a property that the profile declares is no slip', () => {
  const loaded = parseProfile(
    [
      'systems:',
      '  desk: { names: [Desk], entities: { Client: { fields: { maill: { type: string } } } } }',
      '  book: { names: [Book] }',
      'pairs:',
      ...CLIENT,
      '    rows:',
      '      - { source: maill, target: title }',
      '',
    ].join('\n'),
    'p.yaml',
  );

  expect(() => checkSpelling(loaded, SAID)).not.toThrow();
});

test('what is spelt in an entity that nothing is said of, or in a contract that is given, is judged elsewhere', () => {
  const given = parseProfile(
    [
      'systems:',
      '  desk: { names: [Desk], contract: webshop }',
      '  book: { names: [Book], contract: crm }',
      'pairs:',
      ...CLIENT,
      '    rows:',
      '      - { source: maill, target: tilte }',
      '',
    ].join('\n'),
    'p.yaml',
  );
  const nothing = { a: { entities: [] }, b: { entities: [] } } as unknown as SyncPlan['systems'];

  expect(() => checkSpelling(given, SAID)).not.toThrow();
  expect(() => checkSpelling(rowsOf('source: maill, target: tilte'), nothing)).not.toThrow();
});

const REFERENCE = (pair: string) =>
  profileOf(
    ...CLIENT,
    '    rows:',
    '      - source: boss',
    '        target: boss',
    '        transform:',
    '          kind: reference',
    `          pair: ${pair}`,
  );

test('a reference names a pair of the document', () => {
  expect(() => checkSlugs(REFERENCE('stay'), BY_SLUG)).not.toThrow();
  expect(refused(() => checkSlugs(REFERENCE('staff'), BY_SLUG))).toMatchObject({
    code: 'unknown-pair',
    message: 'a reference names no pair of the document',
    where: 'p.yaml:12',
    expected: 'one of client, stay',
    found: 'staff',
  });
  expect(refused(() => checkSlugs(REFERENCE('staff'), new Map())).expected).toBe('one of no pair at all');
});

test('so does a reference of a line', () => {
  const lines = (pair: string) =>
    profileOf(
      ...CLIENT,
      '    rows:',
      '      - source: visits',
      '        target: meetings',
      '        transform:',
      '          kind: lines',
      '          rows:',
      '            - source: stay',
      '              target: bill',
      `              transform: { kind: reference, pair: ${pair} }`,
    );

  expect(() => checkSlugs(lines('stay'), BY_SLUG)).not.toThrow();
  expect(refused(() => checkSlugs(lines('staff'), BY_SLUG))).toMatchObject({
    where: 'p.yaml:15',
    found: 'staff',
  });
});

const connectedTo = (...slugs: string[]) =>
  profileOf(
    ...CLIENT,
    '    connected:',
    ...slugs.flatMap((pair) => ['      - path: boss', `        pair: ${pair}`]),
  );

test('a connection names another pair of the document', () => {
  expect(() => checkSlugs(connectedTo('stay'), BY_SLUG)).not.toThrow();
  expect(refused(() => checkSlugs(connectedTo('stay', 'staff'), BY_SLUG))).toMatchObject({
    message: '"connected" names no pair of the document',
    where: 'p.yaml:11',
    found: 'staff',
  });
});

test('so does one of the way back', () => {
  const back = (pair: string) =>
    profileOf(...CLIENT, '    back:', `      connected: [{ path: boss, pair: ${pair} }]`);

  expect(() => checkSlugs(back('stay'), BY_SLUG)).not.toThrow();
  expect(refused(() => checkSlugs(back('staff'), BY_SLUG))).toMatchObject({
    where: 'p.yaml:8',
    found: 'staff',
  });
});

test('a pair may be connected to itself only beside another', () => {
  expect(refused(() => checkSlugs(connectedTo('client'), BY_SLUG)).message).toBe(
    '"connected" names the pair itself, so that no first record could ever be created',
  );
  expect(() => checkSlugs(connectedTo('client', 'stay'), BY_SLUG)).not.toThrow();
});

test('a pair of the profile that is none of the document is refused with those that are', () => {
  const loaded = profileOf('  - source: Client', '    target: Bill');
  const check = (document: typeof DOCUMENT) =>
    refused(() => checkProfilePairs({ profile: loaded, document }, []));

  expect(check(DOCUMENT)).toMatchObject({
    code: 'unknown-pair',
    where: 'p.yaml:5',
    expected: 'Client to Account, Stay to Bill',
    found: 'Client to Bill',
  });
  expect(check({ ...DOCUMENT, pairs: [] }).expected).toBe('no pair at all');
  expect(() =>
    checkProfilePairs({ profile: loaded, document: DOCUMENT }, [
      { profile: loaded.profile.pairs[0] ?? null },
    ]),
  ).not.toThrow();
  expect(() => checkProfilePairs({ profile: null, document: DOCUMENT }, [])).not.toThrow();
});
