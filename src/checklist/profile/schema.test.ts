import { expect, test } from 'vitest';
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

test('the published schema is named and describes what may be written', () => {
  expect(profileJsonSchema()).toMatchObject({
    title: 'syncproof profile',
    $schema: expect.stringContaining('draft-07') as string,
    type: 'object',
    required: ['systems'],
  });
});
