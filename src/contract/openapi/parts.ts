import type { ApiDescription } from '../api-description.js';
import type { Json, JsonObject } from '../field.js';

/** The name of an entity as a component and in operation ids, which hold no blanks and brackets. */
export const schemaName = (entity: string): string =>
  entity.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replaceAll(/^_+|_+$/g, '');

/** A schema at a dotted path of objects; null or empty for the schema itself. */
export function wrapped(path: string | null | undefined, schema: JsonObject): JsonObject {
  if (path === null || path === undefined || path === '') return schema;
  return path
    .split('.')
    .reduceRight<JsonObject>(
      (inner, name) => ({ type: 'object', properties: { [name]: inner }, required: [name] }),
      schema,
    );
}

/** A reference to a component schema. */
export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A JSON body of a schema, with an example if there is one. */
export const jsonBody = (schema: JsonObject, example?: Json): JsonObject => ({
  'application/json': example === undefined ? { schema } : { schema, example },
});

/** A time as the system writes it. */
export const timeSchema = ({ record }: ApiDescription): JsonObject =>
  record.timeFormat === 'iso' ? { type: 'string', format: 'date-time' } : { type: 'integer' };

/** A parameter of an operation; those in the path are required. */
export const parameter = (name: string, where: string, schema: JsonObject, about: string): JsonObject => ({
  name,
  in: where,
  required: where === 'path',
  description: about,
  schema,
});

const STATUS_WORDS: Record<string, string> = {
  '400': 'The request is malformed or names an unknown parameter',
  '401': 'The credential is missing, wrong or expired',
  '404': 'There is no such record',
  '409': 'A unique value is taken, or the version is stale',
  '412': 'The record has changed since',
  '422': 'The record is not valid; each field is named',
  '429': 'Too many calls; Retry-After says how long to wait',
};

/** The answers to calls that are refused: 400, 401, 429 and those named. */
export function problems(api: ApiDescription, ...codes: string[]): JsonObject {
  const type = api.record.fields === null ? 'application/json' : 'application/problem+json';
  return Object.fromEntries(
    ['400', '401', '429', ...codes].toSorted().map((code) => [
      code,
      {
        description: STATUS_WORDS[code] ?? code,
        ...(code === '429'
          ? { headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } }
          : {}),
        content: { [type]: { schema: ref('Problem') } },
      },
    ]),
  );
}
