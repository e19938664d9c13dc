import type { JsonObject } from '../field.js';

const answer = (description: string, schema: JsonObject): JsonObject => ({
  description,
  content: { 'application/json': { schema } },
});
const error: JsonObject = { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] };

/** The OpenAPI 3.1 document of the sync's own HTTP service. */
export function syncServiceOpenApi(): JsonObject {
  const problem: JsonObject = {
    type: 'object',
    properties: {
      pair: { type: 'string' },
      side: { type: 'string', enum: ['a', 'b'] },
      recordId: { type: 'string' },
      field: { type: ['string', 'null'] },
      message: { type: 'string' },
    },
    required: ['pair', 'side', 'recordId', 'field', 'message'],
    additionalProperties: false,
  };
  const status: JsonObject = {
    type: 'object',
    properties: {
      state: { type: 'string', enum: ['ok', 'degraded', 'error'] },
      problems: { type: 'array', items: problem },
    },
    required: ['state', 'problems'],
    additionalProperties: false,
  };
  const link: JsonObject = {
    type: 'object',
    properties: { pair: { type: 'string' }, aId: { type: 'string' }, bId: { type: 'string' } },
    required: ['pair', 'aId', 'bId'],
    additionalProperties: false,
  };
  const cycle: JsonObject = {
    type: 'object',
    properties: { ran: { type: 'boolean' }, dirtyLeft: { type: 'integer' } },
    required: ['ran', 'dirtyLeft'],
  };
  const get = (
    operationId: string,
    summary: string,
    description: string,
    schema: JsonObject,
  ): JsonObject => ({
    get: {
      operationId,
      summary,
      tags: ['Sync'],
      responses: { '200': answer(description, schema), '500': answer('A defect', error) },
    },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sync service',
      version: '1.0.0',
      description: 'What the reference sync offers over HTTP: events in, status, links and problems out.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'https://sync.test' }],
    security: [],
    tags: [{ name: 'Sync', description: 'The running sync' }],
    paths: {
      '/health': get('health', 'Whether the process is up', 'Up', {
        type: 'object',
        properties: { status: { const: 'up' } },
        required: ['status'],
        additionalProperties: false,
      }),
      '/status': get(
        'status',
        'Whether changes arrive in time, and which cannot',
        'State and problems',
        status,
      ),
      '/links': get('links', 'Which records are linked', 'Live links', { type: 'array', items: link }),
      '/sync': {
        post: {
          operationId: 'runCycle',
          summary: 'Run one cycle now',
          tags: ['Sync'],
          responses: { '200': answer('What the cycle did', cycle), '500': answer('A defect', error) },
        },
      },
      '/webhooks/{side}': {
        post: {
          operationId: 'takeEvent',
          summary: 'Take in an event of a system',
          tags: ['Sync'],
          parameters: [
            {
              name: 'side',
              in: 'path',
              required: true,
              description: 'The system',
              schema: { type: 'string', enum: ['a', 'b'] },
            },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { type: ['object', 'array'] } } },
          },
          responses: {
            '200': answer('Durable and taken in', {
              type: 'object',
              properties: { accepted: { type: 'integer' } },
              required: ['accepted'],
            }),
            '401': answer('Not authentic', error),
            '404': answer('No such system', error),
          },
        },
      },
    },
  };
}
