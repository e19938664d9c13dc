import type { ApiDescription, Route, SystemContract } from '../api-description.js';
import type { EntityContract, Json, JsonObject } from '../field.js';
import { exampleFields } from './example.js';
import { fieldsSchema } from './field-schema.js';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const jsonBody = (schema: JsonObject, example?: Json): JsonObject => ({
  'application/json': example === undefined ? { schema } : { schema, example },
});

/** The OpenAPI 3.1 document of a system, made from its contract alone. */
export function openApiOf(contract: SystemContract): JsonObject {
  const { api } = contract;
  const paths: JsonObject = {};
  for (const entity of contract.entities) addEntity(paths, api, entity);
  const token = tokenPath(api);
  if (token !== null) paths[token] = { post: tokenOperation() };
  return {
    openapi: '3.1.0',
    info: {
      title: `${contract.name} API`,
      version: '1.0.0',
      description: `The contract of the ${contract.name} as syncproof keeps it, made from its field tables.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: api.baseUrl }],
    security: [{ credentials: [] }],
    tags: contract.entities.map(({ name }) => ({ name, description: `Records of ${name}` })),
    paths,
    ...(api.webhooks === null ? {} : { webhooks: { changed: { post: webhookOperation(api) } } }),
    components: {
      securitySchemes: { credentials: securityScheme(api) },
      schemas: { ...schemasOf(contract), Problem: problemSchema(api) },
    },
  };
}

const tokenPath = ({ auth }: ApiDescription) => (auth.kind === 'client-credentials' ? auth.tokenPath : null);

function securityScheme({ auth, baseUrl }: ApiDescription): JsonObject {
  if (auth.kind === 'api-key-header') return { type: 'apiKey', in: 'header', name: auth.header };
  if (auth.kind === 'client-credentials')
    return {
      type: 'oauth2',
      flows: { clientCredentials: { tokenUrl: `${baseUrl}${auth.tokenPath}`, scopes: {} } },
    };
  return { type: 'http', scheme: 'bearer' };
}

function schemasOf({ api, entities }: SystemContract): JsonObject {
  const schemas: JsonObject = {};
  for (const entity of entities) {
    schemas[`${entity.name}Input`] = inputSchema(api, entity, false);
    if (api.updateMode === 'merge') schemas[`${entity.name}Patch`] = inputSchema(api, entity, true);
    schemas[entity.name] = recordSchema(api, entity);
  }
  return schemas;
}

const timeSchema = ({ record }: ApiDescription): JsonObject =>
  record.timeFormat === 'iso' ? { type: 'string', format: 'date-time' } : { type: 'integer' };

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
  own['archived'] = { type: 'boolean' };
  return {
    type: 'object',
    properties: own,
    required: [...required, record.fields],
    additionalProperties: false,
  };
}

function problemSchema({ record }: ApiDescription): JsonObject {
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

const STATUS_WORDS: Record<string, string> = {
  '400': 'The request is malformed or names an unknown parameter',
  '401': 'The credential is missing, wrong or expired',
  '404': 'There is no such record',
  '409': 'A unique value is taken, or the version is stale',
  '412': 'The record has changed since',
  '422': 'The record is not valid; each field is named',
  '429': 'Too many calls; Retry-After says how long to wait',
};

function problems(api: ApiDescription, ...codes: string[]): JsonObject {
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

const parameter = (name: string, where: string, schema: JsonObject, about: string): JsonObject => ({
  name,
  in: where,
  required: where === 'path',
  description: about,
  schema,
});

function addEntity(paths: JsonObject, api: ApiDescription, entity: EntityContract): void {
  const { routes } = api;
  const put = (route: Route | null | undefined, operation: string, body: JsonObject) => {
    if (route === null || route === undefined) return;
    const path = route.path.replace('{collection}', entity.collection);
    const place = (paths[path] ?? {}) as JsonObject;
    place[route.method.toLowerCase()] = {
      operationId: `${operation}${entity.name}`,
      summary: `${operation} ${entity.name}`,
      tags: [entity.name],
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
      content: jsonBody(ref(entity.name)),
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
  const example = encode(api, exampleFields(entity));
  put(routes.create, 'create', {
    parameters:
      api.idempotency?.kind === 'header'
        ? [parameter(api.idempotency.name, 'header', { type: 'string' }, 'Makes the create repeatable')]
        : [],
    requestBody: { required: true, content: jsonBody(ref(`${entity.name}Input`), example) },
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
        ref(`${entity.name}${isMerge ? 'Patch' : 'Input'}`),
        isMerge ? encode(api, exampleFields(entity, true)) : example,
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

function encode({ record }: ApiDescription, fields: JsonObject): JsonObject {
  if (record.fields === null) return fields;
  const inside: JsonObject = {};
  const body: JsonObject = { [record.fields]: inside };
  for (const [name, value] of Object.entries(fields))
    (record.besideFields.includes(name) ? body : inside)[name] = value;
  return body;
}

function listParameters({ paging, changedSince }: ApiDescription): JsonObject[] {
  const list: JsonObject[] = [];
  if (paging.kind !== 'none')
    list.push(
      parameter(
        paging.sizeParam,
        'query',
        { type: 'integer', minimum: 1, maximum: 200 },
        'Records on a page',
      ),
    );
  if (paging.kind === 'page')
    list.push(parameter(paging.pageParam, 'query', { type: 'integer', minimum: 1 }, 'Page, from 1'));
  if (paging.kind === 'cursor')
    list.push(parameter(paging.cursorParam, 'query', { type: 'string' }, 'Cursor of the next page'));
  if (changedSince !== null)
    list.push(
      parameter(
        changedSince.param,
        'query',
        changedSince.format === 'iso' ? { type: 'string', format: 'date-time' } : { type: 'integer' },
        'Changed at or after',
      ),
    );
  return list;
}

function listResponse({ record, paging }: ApiDescription, entity: EntityContract): JsonObject {
  const items: JsonObject = { type: 'array', items: ref(entity.name) };
  const next: JsonObject = {
    type: ['object', 'null'],
    properties: { next: { type: 'object', properties: { after: { type: 'string' } }, required: ['after'] } },
  };
  const schema: JsonObject =
    record.many === null
      ? items
      : {
          type: 'object',
          properties: { [record.many]: items, ...(paging.kind === 'cursor' ? { paging: next } : {}) },
          required: [record.many],
        };
  const headers: JsonObject =
    paging.kind === 'page' && paging.totalHeader !== null
      ? {
          headers: {
            [paging.totalHeader]: { description: 'Records in all', schema: { type: 'integer' } },
            Link: { description: 'The next page', schema: { type: 'string' } },
          },
        }
      : {};
  return { '200': { description: 'A page of records', ...headers, content: jsonBody(schema) } };
}

const deletedParameter = ({ changedSince }: ApiDescription): JsonObject =>
  changedSince?.format === 'iso'
    ? parameter('since', 'query', { type: 'string', format: 'date-time' }, 'Deleted at or after')
    : parameter('updatedAfter', 'query', { type: 'integer' }, 'Deleted at or after');

function deletedSchema(api: ApiDescription, entity: EntityContract): JsonObject {
  const id: JsonObject = entity.idKind === 'integer' ? { type: 'integer' } : { type: 'string' };
  const at = api.changedSince?.format === 'iso' ? 'deleted_at' : 'archivedAt';
  const items: JsonObject = {
    type: 'array',
    items: { type: 'object', properties: { id, [at]: timeSchema(api) }, required: ['id', at] },
  };
  return api.record.many === null
    ? items
    : { type: 'object', properties: { [api.record.many]: items }, required: [api.record.many] };
}

const searchSchema = (): JsonObject => ({
  type: 'object',
  properties: {
    filters: {
      type: 'array',
      items: {
        type: 'object',
        properties: { property: { type: 'string' }, value: {} },
        required: ['property', 'value'],
      },
    },
    limit: { type: 'integer' },
    after: { type: ['string', 'null'] },
  },
  required: ['filters'],
});

const batchSchema = (entity: EntityContract, input: string, size: number): JsonObject => ({
  type: 'object',
  properties: {
    inputs: {
      type: 'array',
      minItems: 1,
      maxItems: size,
      items: input === 'Patch' ? { type: 'object' } : ref(`${entity.name}${input}`),
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
        properties: { status: { type: 'integer' }, record: ref(entity.name), error: { type: 'object' } },
        required: ['status'],
      },
    },
  },
  required: ['results'],
});

const tokenOperation = (): JsonObject => ({
  operationId: 'issueToken',
  summary: 'Issue a token',
  security: [],
  requestBody: {
    required: true,
    content: jsonBody({
      type: 'object',
      properties: {
        grant_type: { const: 'client_credentials' },
        client_id: { type: 'string' },
        client_secret: { type: 'string' },
      },
      required: ['grant_type', 'client_id', 'client_secret'],
    }),
  },
  responses: {
    '200': {
      description: 'A token and its life in seconds',
      content: jsonBody({
        type: 'object',
        properties: {
          access_token: { type: 'string' },
          token_type: { type: 'string' },
          expires_in: { type: 'integer' },
        },
        required: ['access_token', 'expires_in'],
      }),
    },
    '401': {
      description: 'The client is unknown',
      content: { 'application/problem+json': { schema: ref('Problem') } },
    },
  },
});

function webhookOperation({ webhooks }: ApiDescription): JsonObject {
  const headers =
    webhooks === null
      ? []
      : [webhooks.signatureHeader, webhooks.timestampHeader, webhooks.deliveryHeader, webhooks.accountHeader];
  return {
    operationId: 'receiveChange',
    summary: 'A record has changed',
    description: `Signed over the raw body (${webhooks?.scheme ?? ''}).`,
    parameters: headers.map((name) => ({
      ...parameter(name, 'header', { type: 'string' }, 'Part of the signature'),
      required: true,
    })),
    requestBody: { required: true, content: jsonBody({ type: ['object', 'array'] }) },
    responses: { '200': { description: 'Taken in' }, '401': { description: 'Not authentic' } },
  };
}
