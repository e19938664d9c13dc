import { join } from 'node:path';
import { crmContract } from '../contract/crm.js';
import type { JsonObject } from '../contract/field.js';
import { syncServiceOpenApi } from '../contract/openapi/sync-service.js';
import { openApiOf } from '../contract/openapi/system.js';
import { webshopContract } from '../contract/webshop.js';
import { writeWhole } from '../files/write-file.js';
import { contractsFor } from './contract-subjects.js';
import { EXIT } from './exit-codes.js';
import { shown } from './package-root.js';
import { UsageError } from './usage-error.js';

/** The OpenAPI documents that the contracts give, by the name under which they are exported. */
export function openApiDocuments(): Record<string, JsonObject> {
  return {
    webshop: openApiOf(webshopContract()),
    crm: openApiOf(crmContract()),
    sync: syncServiceOpenApi(),
  };
}

/** Writes the OpenAPI documents, or prints them when no folder is given. */
export async function contractExport(options: {
  system: string | null;
  documentPath: string | null;
  profilePath: string | null;
  outDir: string | null;
  json: boolean;
}): Promise<number> {
  const all =
    options.documentPath === null && options.profilePath === null
      ? openApiDocuments()
      : Object.fromEntries((await contractsFor(options)).contracts.map((one) => [one.key, openApiOf(one)]));
  const names = options.system === null ? Object.keys(all) : [options.system];
  for (const name of names) {
    const document = all[name];
    if (document === undefined)
      throw new UsageError(
        `no contract of "${name}"`,
        `one of ${Object.keys(all).join(', ')}`,
        'leave out --system for all',
      );
    if (options.outDir === null) {
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
      continue;
    }
    const path = join(options.outDir, `${name}.openapi.json`);
    await writeWhole(path, `${JSON.stringify(document, null, 2)}\n`);
    if (!options.json) process.stdout.write(`  ${shown(path)}\n`);
  }
  return EXIT.ok;
}
