import type { ApiDescription, Route } from '../api-description.js';
import type { EntityContract, JsonObject } from '../field.js';
import { bodyOf } from '../http/envelope.js';
import { exampleFields } from './example.js';
import {
  deletedParameter,
  deletedSchema,
  listParameters,
  listResponse,
  searchSchema,
} from './list-schemas.js';
import { jsonBody, parameter, problems, ref, schemaName, timeSchema, wrapped } from './parts.js';

/** Adds every operation on an entity to the paths. */
export function addEntity(paths: JsonObject, api: ApiDescription, entity: EntityContract): void {
  const { routes, record } = api;
  const schema = schemaName(entity.name);
  const put = (route: Route | null | undefined, operation: string, body: JsonObject) => {
    if (route === null || route === undefined) return;
    const path = route.path.replace('{collection}', entity.collection);
    const place = (paths[path] ?? {}) as JsonObject;
    place[route.method.toLowerCase()] = {
      operationId: `${operation}${schema}`,
      summary: `${operation} ${entity.name}`,
      tags: [schema],
      ...body,
    };
    paths[path] = place;
  };
  const idParameter = parameter('id', 'path', { type: 'string' }, 'Id of the record');
  const one = (status: string, about: string): JsonObject => ({
    [status]: {
      description: about,
      ...(api.concurrency?.kind === 'etag'
        ? { headers: { ETag: { description: 'Version of the record', schema: { type: 'string' } } } }
        : {}),
      content: jsonBody(wrapped(record.one, ref(schema))),
    },
  });
  const none: JsonObject = { '204': { description: 'Done' } };
  put(routes.list, 'list', {
    parameters: listParameters(api),
    responses: { ...listResponse(api, entity), ...problems(api) },
  });
  put(routes.get, 'get', {
    parameters: [idParameter],
    responses: { ...one('200', 'The record'), ...problems(api, '404') },
  });
  const example = bodyOf(api, entity, exampleFields(entity));
  put(routes.create, 'create', {
    parameters:
      api.idempotency?.kind === 'header'
        ? [parameter(api.idempotency.name, 'header', { type: 'string' }, 'Makes the create repeatable')]
        : [],
    requestBody: { required: true, content: jsonBody(wrapped(record.send, ref(`${schema}Input`)), example) },
    responses: { ...one('201', 'The new record'), ...problems(api, '409', '422') },
  });
  const isMerge = api.updateMode === 'merge';
  put(routes.update, 'update', {
    parameters: [
      idParameter,
      ...(api.concurrency?.kind === 'etag'
        ? [parameter('If-Match', 'header', { type: 'string' }, 'Version that was read')]
        : []),
    ],
    requestBody: {
      required: true,
      content: jsonBody(
        wrapped(record.send, ref(`${schema}${isMerge ? 'Patch' : 'Input'}`)),
        isMerge ? bodyOf(api, entity, exampleFields(entity, true)) : example,
      ),
    },
    responses: {
      ...one('200', 'The record as it is now'),
      ...problems(api, '404', '409', '422', ...(isMerge ? [] : ['412'])),
    },
  });
  put(routes.remove, 'delete', {
    parameters: [idParameter],
    responses: { ...none, ...problems(api, '404') },
  });
  put(routes.restore, 'restore', {
    parameters: [idParameter],
    responses: { ...one('200', 'The record is back'), ...problems(api, '404') },
  });
  put(routes.revisions, 'listRevisionsOf', {
    parameters: [idParameter],
    responses: {
      '200': {
        description: 'When which fields changed',
        content: jsonBody({
          type: 'array',
          items: {
            type: 'object',
            properties: { at: timeSchema(api), changed: { type: 'array', items: { type: 'string' } } },
            required: ['at', 'changed'],
          },
        }),
      },
      ...problems(api, '404'),
    },
  });
  put(routes.deleted, 'listDeleted', {
    parameters: [deletedParameter(api)],
    responses: {
      '200': { description: 'Deleted records', content: jsonBody(deletedSchema(api, entity)) },
      ...problems(api),
    },
  });
  put(routes.search, 'search', {
    requestBody: { required: true, content: jsonBody(searchSchema()) },
    responses: { ...listResponse(api, entity), ...problems(api) },
  });
  for (const [route, name, input] of [
    [routes.batchCreate, 'batchCreate', 'Input'],
    [routes.batchUpdate, 'batchUpdate', 'Patch'],
  ] as const)
    put(route, name, {
      requestBody: { required: true, content: jsonBody(batchSchema(entity, input, api.batchSize)) },
      responses: {
        '207': { description: 'One result for each item', content: jsonBody(batchResult(entity)) },
        ...problems(api),
      },
    });
}

const batchSchema = (entity: EntityContract, input: string, size: number): JsonObject => ({
  type: 'object',
  properties: {
    inputs: {
      type: 'array',
      minItems: 1,
      maxItems: size,
      items: input === 'Patch' ? { type: 'object' } : ref(`${schemaName(entity.name)}${input}`),
    },
  },
  required: ['inputs'],
});

const batchResult = (entity: EntityContract): JsonObject => ({
  type: 'object',
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          status: { type: 'integer' },
          record: ref(schemaName(entity.name)),
          error: { type: 'object' },
        },
        required: ['status'],
      },
    },
  },
  required: ['results'],
});
