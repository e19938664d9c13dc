import { expect, test } from 'vitest';
import type { InputError } from '../../document/input-error.js';
import { parseProfile } from './load.js';
import { profileJsonSchema } from './schema.js';

const systems = (...shop: string[]) => [
  'systems:',
  '  shop:',
  '    names: [Shop]',
  ...shop.map((line) => `    ${line}`),
  '  crm: { names: [CRM] }',
];
const read = (lines: string[]) => () => parseProfile([...lines, ''].join('\n'), 'p.yaml');
const api = (...lines: string[]) =>
  read(systems('api:', '  baseUrl: http://127.0.0.1:9', ...lines.map((one) => `  ${one}`)));
const field = (text: string) => read(systems('entities:', `  C: { fields: { x: ${text} } }`));

test('a profile has exactly two systems', () => {
  expect(read(['systems:', '  shop: { names: [Shop] }'])).toThrow('exactly two systems, source first');
  expect(read([...systems(), '  third: { names: [Third] }'])).toThrow('exactly two systems, source first');
  expect(read(systems())).not.toThrow();
});

test('a contract that the profile gives needs entities', () => {
  expect(read(systems('contract: profile'))).toThrow('needs "entities"');
  expect(read(systems('contract: profile', 'entities: {}'))).toThrow('needs "entities"');
  expect(read(systems('contract: profile', 'entities: { C: {} }'))).not.toThrow();
  expect(read(systems('contract: webshop'))).not.toThrow();
});

test('an API stands at one address, written or named', () => {
  expect(read(systems('api: { baseUrl: http://127.0.0.1:9, baseUrlEnv: X }'))).toThrow(
    'exactly one of baseUrl',
  );
  expect(read(systems('api: { preset: rest }'))).toThrow('exactly one of baseUrl');
  expect(read(systems('api: { baseUrlEnv: X }'))).not.toThrow();
});

const FEED = 'deletions: { param: since, at: at }';
const DELETED = 'routes: { deleted: GET /gone }';

test('a feed of deletions and its route need each other', () => {
  expect(api(FEED)).toThrow('needs routes.deleted');
  expect(api(FEED, 'routes: { deleted: none }')).toThrow('needs routes.deleted');
  expect(api(DELETED)).toThrow('routes.deleted needs deletions');
  expect(api(DELETED, 'deletions: never')).toThrow('routes.deleted needs deletions');
  expect(api(FEED, DELETED)).not.toThrow();
  expect(api('routes: { deleted: none }')).not.toThrow();
  expect(api('preset: webshop', FEED)).not.toThrow();
  expect(api('preset: webshop', DELETED)).not.toThrow();
});

test.each([
  ['{ type: enum }', 'a field of type enum needs "values"'],
  ['{ type: reference }', 'a field of type reference needs "entity"'],
  ['{ type: object-list }', 'a field of type object-list needs "fields"'],
  [
    '{ type: integer, maxLength: 3 }',
    '"maxLength" belongs to fields of type string or string-list or joined-list, not integer',
  ],
  ['{ type: string, min: 3 }', '"min" belongs to fields of type integer, not string'],
  ["{ type: string, pattern: '(' }", 'a regular expression'],
  ["{ type: string, pattern: '\\q' }", 'a regular expression'],
])('the field %s is refused', (text, message) => {
  expect(field(text)).toThrow(message);
});

test.each([
  '{ type: enum, values: [x] }',
  '{ type: string, maxLength: 3, pattern: "[a-z]+" }',
  '{ type: joined-list, separator: "|", allowed: [x], maxLength: 9 }',
  '{ maxLength: 3, min: 1 }',
  '{ required: true }',
])('the field %s is taken', (text) => {
  expect(field(text)).not.toThrow();
});

/** The line and the entry with which a profile is refused. */
const placeOf = (make: () => unknown) => {
  try {
    make();
  } catch (error) {
    const { where, found } = error as InputError;
    return `${where} ${found}`;
  }
  throw new Error('it was read');
};

test.each([
  ['an API without an address', systems('api:', '  preset: rest'), 'p.yaml:5 systems.shop.api.baseUrl'],
  [
    'a feed of deletions without its route',
    systems('api:', '  baseUrl: http://127.0.0.1:9', `  ${FEED}`),
    'p.yaml:6 systems.shop.api.deletions',
  ],
  [
    'a route of deletions without its feed',
    systems('api:', '  baseUrl: http://127.0.0.1:9', '  routes:', '    deleted: GET /gone'),
    'p.yaml:7 systems.shop.api.routes.deleted',
  ],
  ['an adapter without an API', systems('adapter: ./a.ts'), 'p.yaml:4 systems.shop.adapter'],
  ['a contract without entities', systems('contract: profile'), 'p.yaml:4 systems.shop.contract'],
  [
    'a field that lacks what its type needs',
    systems('entities:', '  C:', '    fields:', '      x:', '        type: enum'),
    'p.yaml:8 systems.shop.entities.C.fields.x.type',
  ],
  [
    'a field with an entry of another type',
    systems('entities:', '  C:', '    fields:', '      x:', '        type: date', '        min: 1'),
    'p.yaml:9 systems.shop.entities.C.fields.x.min',
  ],
])('%s is refused at its entry', (_what, lines, place) => {
  expect(placeOf(read(lines))).toBe(place);
});

test.each(['https://me:pw@127.0.0.1', 'http://me@127.0.0.1/api'])('the address %s holds a secret', (url) => {
  expect(read(systems(`api: { baseUrl: "${url}" }`))).toThrow('no user or password in the URL');
});

test('an address may name another one in its path', () => {
  expect(read(systems('api: { baseUrl: "http://127.0.0.1/to/http://me@there" }'))).not.toThrow();
});

test('the published schema is named and describes what may be written', () => {
  expect(profileJsonSchema()).toMatchObject({
    title: 'syncproof profile',
    $schema: expect.stringContaining('draft-07') as string,
    type: 'object',
    required: ['systems'],
  });
});
