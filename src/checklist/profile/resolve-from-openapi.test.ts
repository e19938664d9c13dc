import { expect, test } from 'vitest';
import type { SystemContract } from '../../contract/api-description.js';
import { REST_API } from '../../contract/conventions.js';
import type { JsonObject } from '../../contract/field.js';
import type { InputError } from '../../document/input-error.js';
import { resolveSystem } from './resolve-system.js';
import { systemSchema } from './system-schema.js';

const OWN: SystemContract = {
  key: 'shop',
  name: 'Shop',
  api: REST_API,
  entities: [
    {
      name: 'Guest',
      collection: 'guests',
      idKind: 'string',
      fields: [{ path: 'old', type: { kind: 'untyped' } }],
    },
  ],
};
const schemaOf = (...names: string[]): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const createdBy = (path: string, schema: JsonObject): JsonObject => ({
  [path]: { post: { requestBody: { content: { 'application/json': { schema } } } } },
});
const openapi = (schemas: JsonObject, paths: JsonObject = {}): JsonObject => ({
  openapi: '3.1.0',
  paths,
  components: { schemas },
});
const resolve = (file: JsonObject, entity?: object) =>
  resolveSystem(
    OWN,
    systemSchema.parse({ names: ['Shop'], ...(entity === undefined ? {} : { entities: { Guest: entity } }) }),
    (path) => `p.yaml:${path.map(String).join('.')}`,
    file,
  ).entities[0];
const pathsOf = (...given: Parameters<typeof resolve>) => resolve(...given)?.fields.map(({ path }) => path);
function refusal(...given: Parameters<typeof resolve>): InputError {
  try {
    resolve(...given);
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was resolved');
}

test('the fields of an entity are those of the schema of its name, and nothing else of it changes', () => {
  const guest = resolve(openapi({ Guest: schemaOf('name', 'mail') }));

  expect(guest).toMatchObject({ name: 'Guest', collection: 'guests', idKind: 'string' });
  expect(guest?.fields.map(({ path }) => path)).toEqual(['name', 'mail']);
});

test('the schema that the profile names goes before the one of its name', () => {
  const file = openapi({ Guest: schemaOf('name'), Visitor: schemaOf('badge') });

  expect(pathsOf(file, { schema: 'Visitor' })).toEqual(['badge']);
});

test.each<[string, object | undefined, string]>([
  ['/guests', undefined, 'the collection of the contract'],
  ['/v2/people', { collection: '/v2/people/' }, 'the collection of the profile, slashes at its ends aside'],
  ['/v2/people', { collection: '//v2/people//' }, 'the same with more slashes'],
])('the body of a create at %s is found by %j: %s', (path, entity, _how) => {
  const file = openapi({ Guest: schemaOf('shown') }, createdBy(path, schemaOf('sent')));

  expect(pathsOf(file, entity)).toEqual(['sent']);
});

test('a file without the entity is refused with the schemas that it holds', () => {
  expect(refusal(openapi({ Room: schemaOf('no'), Rate: schemaOf('sum') }))).toMatchObject({
    code: 'no-schema',
    message: 'the OpenAPI file describes no fields of Guest',
    where: 'p.yaml:openapi',
    expected: 'one of Room, Rate',
    found: 'no schema Guest and no body of a create at guests',
    remedy: 'name the schema under entities.Guest.schema, or correct the collection',
  });
  expect(refusal(openapi({}), {})).toMatchObject({
    where: 'p.yaml:openapi',
    expected: 'a schema for each entity',
  });
});

test('a schema that the profile names and the file does not hold is refused where it is named', () => {
  expect(refusal(openapi({ Guest: schemaOf('name') }), { schema: 'Visitor' })).toMatchObject({
    where: 'p.yaml:entities.Guest.schema',
    found: 'Visitor',
  });
});

test('a schema without properties describes nothing', () => {
  expect(refusal(openapi({ Guest: schemaOf() })).code).toBe('no-schema');
});
