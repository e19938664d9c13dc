import type { ApiDescription, SystemContract } from '../api-description.js';
import type { JsonObject } from '../field.js';
import { securityScheme, tokenOperation, webhookOperation } from './access-paths.js';
import { apiFor } from '../http/entity-api.js';
import { addEntity } from './entity-paths.js';
import { schemaName } from './parts.js';
import { problemSchema, schemasOf } from './record-schemas.js';

/** The OpenAPI 3.1 document of a system, made from its contract alone. */
export function openApiOf(contract: SystemContract): JsonObject {
  const { api } = contract;
  const paths: JsonObject = {};
  for (const entity of contract.entities) addEntity(paths, apiFor(api, entity), entity);
  const token = tokenPath(api);
  const scheme = securityScheme(api);
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
    security: scheme === null ? [] : [{ credentials: [] }],
    tags: contract.entities.map(({ name }) => ({
      name: schemaName(name),
      description: `Records of ${name}`,
    })),
    paths,
    ...(api.webhooks === null ? {} : { webhooks: { changed: { post: webhookOperation(api) } } }),
    components: {
      ...(scheme === null ? {} : { securitySchemes: { credentials: scheme } }),
      schemas: { ...schemasOf(contract), Problem: problemSchema(api) },
    },
  };
}

/** The path of the call that issues a token; null where there is none, or where it is made of another server. */
const tokenPath = ({ auth }: ApiDescription) =>
  auth.kind === 'client-credentials' && auth.tokenPath.startsWith('/') ? auth.tokenPath : null;
