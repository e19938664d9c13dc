import { z } from 'zod';
import { apiSchema, entityApiShape } from './api-schema.js';
import { fieldSchema } from './field-schema.js';

/** The contract of one entity as a profile gives or changes it. */
const entitySchema = z.strictObject({
  collection: z.string().min(1).optional().describe('Path segment or segments of the collection.'),
  idKind: z.enum(['integer', 'string']).optional(),
  schema: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the schema of the OpenAPI file, where it is not found by itself.'),
  ...entityApiShape,
  fields: z.record(z.string().min(1), fieldSchema).optional().describe('Fields by their path in the API.'),
  omit: z.array(z.string().min(1)).optional().describe('Paths that the API does not have.'),
});

/** One of the two systems: its names in documents, its contract and how its API is spoken to. */
export const systemSchema = z
  .strictObject({
    names: z.array(z.string()).min(1),
    contract: z
      .enum(['webshop', 'crm', 'derived', 'profile'])
      .default('derived')
      .describe('derived: fields come from the document; profile: only those given under entities.'),
    api: apiSchema.optional(),
    openapi: z
      .string()
      .regex(/\.(?:json|ya?ml)$/, 'a JSON or YAML file')
      .optional()
      .describe(
        "The provider's own OpenAPI 3 file: fields are those of its schemas. The path begins at the profile.",
      ),
    capabilities: z
      .string()
      .regex(/\.json$/, 'a JSON file that contract check --out wrote')
      .optional()
      .describe('What the provider lacks, as contract check --out found it; the path begins at the profile.'),
    adapter: z
      .string()
      .regex(/\.[cm]?[jt]s$/, 'a TypeScript or JavaScript file')
      .optional()
      .describe(
        'File beside the profile that exports adapt(fetch), for an API that needs more than a description.',
      ),
    entities: z.record(z.string().min(1), entitySchema).optional(),
  })
  .superRefine((system, context) => {
    if (system.adapter !== undefined && system.api === undefined)
      context.addIssue({
        code: 'custom',
        path: ['adapter'],
        message: 'an adapter needs "api", which describes what it makes of the provider',
      });
    if (system.contract === 'profile' && Object.keys(system.entities ?? {}).length === 0)
      context.addIssue({
        code: 'custom',
        path: ['contract'],
        message: 'contract: profile needs "entities" with their fields',
      });
  });

export type ProfileSystem = z.output<typeof systemSchema>;
export type ProfileEntity = z.output<typeof entitySchema>;
