import type { ApiDescription, SystemContract } from '../api-description.js';
import type { EntityContract, JsonObject } from '../field.js';
import { fieldsSchema } from './field-schema.js';
import { apiFor } from '../http/entity-api.js';
import { schemaName, timeSchema } from './parts.js';

/** The component schemas of a system: what is sent and what is shown of each entity. */
export function schemasOf({ api, entities }: SystemContract): JsonObject {
  const schemas: JsonObject = {};
  for (const entity of entities) {
    const [own, name] = [apiFor(api, entity), schemaName(entity.name)];
    schemas[`${name}Input`] = inputSchema(own, entity, false);
    if (own.updateMode === 'merge') schemas[`${name}Patch`] = inputSchema(own, entity, true);
    schemas[name] = recordSchema(own, entity);
  }
  return schemas;
}

/** What a create or update sends. */
function inputSchema(api: ApiDescription, entity: EntityContract, partial: boolean): JsonObject {
  const { record, idempotency, concurrency } = api;
  const fields = entity.fields.filter((field) => field.readOnly !== true);
  if (record.fields === null) return fieldsSchema(fields, partial);
  const [beside, inside] = split(api, entity);
  const properties: JsonObject = { [record.fields]: fieldsSchema(inside, partial) };
  Object.assign(properties, fieldsSchema(beside, partial)['properties']);
  if (idempotency?.kind === 'body' && !partial) properties[idempotency.path] = { type: 'string' };
  if (concurrency?.kind === 'version' && partial) properties[concurrency.path] = { type: 'integer' };
  const schema: JsonObject = { type: 'object', properties, additionalProperties: false };
  return partial ? schema : { ...schema, required: [record.fields] };
}

function split({ record }: ApiDescription, entity: EntityContract) {
  const isBeside = (path: string) => record.besideFields.includes(path.split('.')[0] ?? '');
  return [
    entity.fields.filter((field) => isBeside(field.path)),
    entity.fields.filter((field) => !isBeside(field.path)),
  ] as const;
}

/** What an answer shows of one record. */
function recordSchema(api: ApiDescription, entity: EntityContract): JsonObject {
  const { record, concurrency } = api;
  const id: JsonObject = entity.idKind === 'integer' ? { type: 'integer' } : { type: 'string' };
  const own: JsonObject = { [record.id]: id };
  const required = [record.id];
  for (const name of [record.createdAt, record.updatedAt]) {
    if (name === null) continue;
    own[name] = timeSchema(api);
    required.push(name);
  }
  if (record.fields === null) {
    if (concurrency?.kind === 'version') own[concurrency.path] = { type: ['integer', 'string'] };
    const schema = fieldsSchema(entity.fields, true);
    return { ...schema, required, properties: { ...own, ...(schema['properties'] as JsonObject) } };
  }
  const [beside, inside] = split(api, entity);
  own[record.fields] = fieldsSchema(inside, true);
  Object.assign(own, fieldsSchema(beside, true)['properties']);
  if (concurrency?.kind === 'version') {
    own[concurrency.path] = { type: 'integer' };
    required.push(concurrency.path);
  }
  if (record.fieldTimes !== null)
    own[record.fieldTimes] = { type: 'object', additionalProperties: timeSchema(api) };
  if (api.routes.restore !== undefined) own['archived'] = { type: 'boolean' };
  return {
    type: 'object',
    properties: own,
    required: [...required, record.fields],
    additionalProperties: false,
  };
}

/** The body of an error. */
export function problemSchema({ record }: ApiDescription): JsonObject {
  const item = (name: string, text: string): JsonObject => ({
    type: 'object',
    properties: { [name]: { type: 'string' }, [text]: { type: 'string' } },
    required: [name, text],
  });
  if (record.fields === null)
    return {
      type: 'object',
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        details: { type: 'array', items: item('field', 'problem') },
      },
      required: ['code', 'message', 'details'],
    };
  return {
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      errors: { type: 'array', items: item('pointer', 'detail') },
    },
    required: ['type', 'title', 'status', 'detail', 'errors'],
  };
}
