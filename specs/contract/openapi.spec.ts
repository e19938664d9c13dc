import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse, validate } from '@readme/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { openApiDocuments } from '../../src/cli/contract-export.js';
import { packageRoot } from '../../src/cli/package-root.js';
import type { JsonObject } from '../../src/contract/field.js';
import { crmContract } from '../../src/contract/crm.js';
import { entitySchemas } from '../../src/contract/schema.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { exampleFields } from '../../src/contract/openapi/example.js';

const documents = Object.entries(openApiDocuments());

test.each(documents)('the OpenAPI document of %s is valid', async (_name, document) => {
  const own = structuredClone(document) as unknown as Parameters<typeof parse>[0];

  const result = await validate(own);

  expect(result.valid).toBe(true);
});

test('redocly finds no fault in the committed documents', { timeout: 120_000 }, () => {
  const root = packageRoot();
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')),
    'bin',
    'cli.js',
  );
  const files = documents.map(([name]) => join(root, 'fixtures', 'openapi', `${name}.openapi.json`));

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'lint', ...files, '--config', join(root, 'redocly.yaml')],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
        NO_COLOR: '1',
      },
    },
  );

  expect(`${status ?? ''} ${status === 0 ? '' : `${stdout}${stderr}`}`.trim()).toBe('0');
});

test.each(documents)('every example of %s fits its schema', (_name, document) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document['components'] });
  const bad: string[] = [];
  for (const [path, item] of Object.entries(document['paths'] as Record<string, JsonObject>)) {
    for (const [method, operation] of Object.entries(item)) {
      const content = (
        operation as { requestBody?: { content: Record<string, { schema: JsonObject; example?: unknown }> } }
      ).requestBody?.content['application/json'];
      if (content?.example === undefined) continue;
      const ref = String(content.schema['$ref']).replace('#', 'api#');
      if (!ajv.validate({ $ref: ref }, content.example)) bad.push(`${method} ${path}: ${ajv.errorsText()}`);
    }
  }

  expect(bad).toEqual([]);
});

test.each([webshopContract(), crmContract()])(
  'the zod schemas of $name take the same examples',
  (contract) => {
    const refused = contract.entities
      .map((entity) => entitySchemas(entity).create.safeParse(exampleFields(entity)))
      .filter((result) => !result.success);

    expect(refused).toEqual([]);
  },
);
