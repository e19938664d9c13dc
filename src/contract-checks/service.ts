import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../contract/field.js';
import { syncServiceOpenApi } from '../contract/openapi/sync-service.js';
import { wireRequest, type WireFetch } from '../contract/wire.js';
import { ContractFailure, expectStatus } from './check.js';

/** A running sync, and an event of a system that it must take. */
export type ServiceTarget = {
  baseUrl: string;
  fetch: WireFetch;
  event(): Promise<{ path: string; body: string; headers: Record<string, string>; signatureHeader: string }>;
};

export type ServiceCheck = {
  id: string;
  system: 'sync';
  operation: string;
  title: string;
  run(service: ServiceTarget): Promise<void>;
};

const ajv = new Ajv2020({ strict: false });

async function call(
  { baseUrl, fetch }: ServiceTarget,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(wireRequest(`${baseUrl}${path}`, { method, headers, body: body ?? null }));
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as Json) };
}

/** Fails unless the body fits the answer that the service's OpenAPI document promises. */
function expectAnswer(path: string, method: string, status: string, body: Json): void {
  const paths = syncServiceOpenApi()['paths'] as Record<string, Record<string, { responses: JsonObject }>>;
  const response = paths[path]?.[method]?.responses[status] as
    { content: { 'application/json': { schema: JsonObject } } } | undefined;
  if (response === undefined) throw new Error(`the document promises no ${status} of ${method} ${path}`);
  const schema = response.content['application/json'].schema;
  if (!ajv.validate(schema, body))
    throw new ContractFailure(`the answer breaks the contract: ${ajv.errorsText()}`);
}

const check = (operation: string, topic: string, title: string, run: ServiceCheck['run']): ServiceCheck => ({
  id: `sync/${operation}/${topic}`,
  system: 'sync',
  operation,
  title,
  run,
});

const reads = (operation: string, path: string) =>
  check(operation, 'returns', `GET ${path} answers as its contract says`, async (service) => {
    const { status, body } = await call(service, 'GET', path);
    expectStatus(status, 200, `GET ${path}`);
    expectAnswer(path, 'get', '200', body);
  });

/** The sync's own HTTP service, held against its contract. */
export const SERVICE_CHECKS: ServiceCheck[] = [
  reads('health', '/health'),
  reads('status', '/status'),
  reads('links', '/links'),
  check('runCycle', 'returns', 'POST /sync runs a cycle and tells what it did', async (service) => {
    const { status, body } = await call(service, 'POST', '/sync');
    expectStatus(status, 200, 'POST /sync');
    expectAnswer('/sync', 'post', '200', body);
  }),
  check('takeEvent', 'signed', 'An event that is signed is taken in', async (service) => {
    const event = await service.event();
    const { status, body } = await call(service, 'POST', event.path, event.body, event.headers);
    expectStatus(status, 200, 'a signed event');
    expectAnswer('/webhooks/{side}', 'post', '200', body);
  }),
  check('takeEvent', 'unsigned', 'An event without a signature is refused with 401', async (service) => {
    const event = await service.event();
    const { status, body } = await call(service, 'POST', event.path, event.body);
    expectStatus(status, 401, 'an unsigned event');
    expectAnswer('/webhooks/{side}', 'post', '401', body);
  }),
  check(
    'takeEvent',
    'changed-body',
    'An event whose bytes were changed is refused with 401',
    async (service) => {
      const event = await service.event();
      const { status } = await call(service, 'POST', event.path, `${event.body} `, event.headers);
      expectStatus(status, 401, 'a changed event');
    },
  ),
  check('takeEvent', 'unknown-system', 'An event of an unknown system is 404', async (service) => {
    const event = await service.event();
    const { status, body } = await call(service, 'POST', '/webhooks/c', event.body, event.headers);
    expectStatus(status, 404, 'an unknown system');
    expectAnswer('/webhooks/{side}', 'post', '404', body);
  }),
  check('routing', 'unknown-path', 'An unknown path is 404', async (service) => {
    const answer = await service.fetch(wireRequest(`${service.baseUrl}/surely-unknown`, { method: 'GET' }));
    expectStatus(answer.status, 404, 'an unknown path');
  }),
];
