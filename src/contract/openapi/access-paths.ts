import type { ApiDescription } from '../api-description.js';
import type { JsonObject } from '../field.js';
import { tokenSource } from '../http/token-url.js';
import { jsonBody, parameter, ref } from './parts.js';

/** How calls are let in; null where everybody is. */
export function securityScheme(api: ApiDescription): JsonObject | null {
  const { auth } = api;
  switch (auth.kind) {
    case 'none':
      return null;
    case 'api-key-header':
      return { type: 'apiKey', in: 'header', name: auth.header };
    case 'api-key-query':
      return { type: 'apiKey', in: 'query', name: auth.param };
    case 'basic':
      return { type: 'http', scheme: 'basic' };
    case 'client-credentials': {
      const scopes = Object.fromEntries((auth.scope?.split(' ') ?? []).map((one) => [one, 'asked for']));
      const tokenUrl = tokenSource(api)?.url ?? auth.tokenPath;
      return { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes } } };
    }
    case 'bearer':
    case 'login':
      return { type: 'http', scheme: 'bearer' };
  }
}

/** The call that issues a token. */
export const tokenOperation = (): JsonObject => ({
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

/** The event that a system sends of a change. */
export function webhookOperation({ webhooks }: ApiDescription): JsonObject {
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
