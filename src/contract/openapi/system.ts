import type { ApiDescription, SystemContract } from '../api-description.js';
import type { JsonObject } from '../field.js';
import { securityScheme, tokenOperation, webhookOperation } from './access-paths.js';
import { addEntity } from './entity-paths.js';
import { problemSchema, schemasOf } from './record-schemas.js';

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
