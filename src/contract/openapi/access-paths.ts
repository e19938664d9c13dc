import type { ApiDescription } from '../api-description.js';
import type { JsonObject } from '../field.js';
import { jsonBody, parameter, ref } from './parts.js';

/** How calls are let in. */
export function securityScheme({ auth, baseUrl }: ApiDescription): JsonObject {
  if (auth.kind === 'api-key-header') return { type: 'apiKey', in: 'header', name: auth.header };
  if (auth.kind === 'client-credentials')
    return {
      type: 'oauth2',
      flows: { clientCredentials: { tokenUrl: `${baseUrl}${auth.tokenPath}`, scopes: {} } },
    };
  return { type: 'http', scheme: 'bearer' };
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
