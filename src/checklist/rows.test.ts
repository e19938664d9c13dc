import { expect, test } from 'vitest';
import type { EntityContract, FieldSpec } from '../contract/field.js';
import type { Pair } from '../document/model.js';
import { readDocument } from '../document/read.js';
import type { ProfilePair } from './profile/schema.js';
import { rowsOf } from './rows.js';
import { EVERY, properties, section } from './testing/init-profile.js';

const entity = (name: string, paths: string[], more: Partial<FieldSpec> = {}): EntityContract => ({
  name,
  collection: name.toLowerCase(),
  idKind: 'string',
  fields: paths.map((path) => ({ path, type: { kind: 'untyped' }, ...more })),
});
const CLIENT = ['name', 'town', 'kind', 'country.code', 'phones[].number', 'phones[].kind'];
const ACCOUNT = ['title', 'city', 'kind', 'line'];
const cells = (...rows: [source: string, target: string, type?: string][]) =>
  rows.map(([source, target, type = '"string"']) => [source, target, type]);

function pairOf(...rows: [source: string, target: string, type?: string][]): Pair {
  const lines = [...section('Client', 'Account', EVERY), ...properties(...cells(...rows))];
  const text = ['Desk to Book Dataflow', '='.repeat(21), '', ...lines, ''].join('\n');
  const [pair] = readDocument(text, 'd.rst').pairs;
  if (pair === undefined) throw new Error('there is no section');
  return pair;
}
type Given = { rows?: ProfilePair['rows']; client?: EntityContract };
const read = (pair: Pair, { rows = [], client = entity('Client', CLIENT) }: Given = {}) =>
  rowsOf(
    pair,
    { source: 'Client', target: 'Account', rows, policies: {} },
    client,
    entity('Account', ACCOUNT),
  );
const own = (source: string, target: string, more: Partial<ProfilePair['rows'][number]> = {}) => ({
  source,
  target,
  transform: { kind: 'identity' as const },
  examples: [],
  direction: 'both' as const,
  ...more,
});
const paths = ({ mapped }: ReturnType<typeof read>) => mapped.map(({ a, b, origin }) => [a, b, origin]);

test('a row of the document goes both ways, and only to b where what it carries is set once', () => {
  const pair = pairOf(['name', 'title']);
  const line = pair.propertyRows[0]?.span.line;
  const row = {
    slug: 'name',
    a: 'name',
    b: 'title',
    transform: { kind: 'identity' },
    direction: 'both',
    examples: [],
    origin: 'document',
    line,
  };

  expect(read(pair).mapped).toStrictEqual([row]);
  expect(read(pair, { client: entity('Client', CLIENT, { createOnly: true }) }).mapped).toStrictEqual([
    { ...row, direction: 'a-to-b' },
  ]);
});

test('a row of the profile holds no more than what is said', () => {
  const only = [{ side: 'a' as const, path: 'kind', value: 'firm' }];
  const row = {
    slug: 'name',
    a: 'name',
    b: 'title',
    transform: { kind: 'identity' },
    direction: 'both',
    examples: [],
    origin: 'profile',
    line: null,
  };

  expect(read(pairOf(), { rows: [own('name', 'title')] }).mapped).toStrictEqual([row]);
  expect(read(pairOf(), { rows: [own('name', 'title', { only, precedence: 3 })] }).mapped).toStrictEqual([
    { ...row, precedence: 3, only },
  ]);
});

test.each([
  ['phones.number', 'phones[].number'],
  ['phones.number', 'phones.number'],
  ['phones.number (Dependant on having mobile in phones.kind)', 'phones[].number'],
  ['phones.number (Dependant on having mobile in phones.kind)', 'phones[kind=mobile].number'],
])('the row %s of the document gives way to %s of the profile', (written, source) => {
  expect(paths(read(pairOf([written, 'title']), { rows: [own(source, 'title')] }))).toEqual([
    [source, 'title', 'profile'],
  ]);
});

test.each([
  ['phones.number', 'phones[kind=mobile].number'],
  ['phones.number (Dependant on having home in phones.kind)', 'phones[kind=mobile].number'],
  ['phones.number (Dependant on having mobile in  )', 'phones[kind=mobile].number'],
  ['country.code', 'countrycode'],
  ['name', 'town'],
])('the row %s of the document stands beside %s of the profile', (written, source) => {
  const { mapped, open } = read(pairOf([written, 'title']), { rows: [own(source, 'title')] });

  expect(mapped.length + open.length).toBe(2);
});

test('rows that share a target are ordered, those that only lead away from it aside', () => {
  const order = (...rows: ProfilePair['rows']) =>
    read(pairOf(), { rows }).mapped.map(({ precedence }) => precedence);

  expect(order(own('name', 'title'), own('town', 'title'))).toEqual([1, 2]);
  expect(order(own('name', 'title'), own('town', 'title', { precedence: 4 }))).toEqual([5, 4]);
  expect(order(own('name', 'title'), own('town', 'title', { direction: 'b-to-a' }))).toEqual([
    undefined,
    undefined,
  ]);
});

const KEY = /is the record's own key$/;
const STAMP = /is kept by the system itself/;
const GROUP = /holds other properties that rows name/;
const BLANK = /leaves its value or its path blank$/;
test.each<[string, string, RegExp]>([
  ['id', 'title', KEY],
  ['$original_id', 'title', KEY],
  ['name', 'ID', KEY],
  ['paid', 'title', GROUP],
  ['idea', 'title', GROUP],
  ['name', 'updated_at', STAMP],
  ['country', 'title', GROUP],
  ['name (Dependant on having firm in country)', 'title', GROUP],
  ['name', 'title (Dependant on having firm in id)', KEY],
  ['name (Dependant on having firm in  )', 'title', BLANK],
  ['name (Dependant on having  in kind Dependant on having NO in country.code)', 'title', BLANK],
  [
    'name (Dependant on having firm in kind Dependant on having shop in kind)',
    'title',
    /two values at once$/,
  ],
  ['', 'title', /names no property of the Client$/],
  ['name', '', /names no property of the Account$/],
])('the row %s | %s is not executed', (source, target, reason) => {
  const pair = pairOf([source, target]);

  const { mapped, open } = read(pair);

  expect(mapped).toEqual([]);
  expect(open).toEqual([
    {
      line: pair.propertyRows[0]?.span.line,
      text: `${source} | ${target}`,
      slug: expect.any(String) as string,
      notTestable: {
        reason: expect.stringMatching(reason) as string,
        remedy: expect.any(String) as string,
      },
    },
  ]);
});

test('a row under conditions that hold together names them, each with its side', () => {
  const { mapped } = read(
    pairOf(['name (Dependant on having NO in country.code)', 'title (Dependant on having firm in kind)']),
  );

  expect(mapped[0]?.only).toEqual([
    { side: 'a', path: 'country.code', value: 'NO' },
    { side: 'b', path: 'kind', value: 'firm' },
  ]);
});
