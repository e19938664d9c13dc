import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledProfiles } from '../../src/cli/package-root.js';

/** Names of variables that the profile gives, with what `syncproof serve` takes for them on loopback. */
export const HARNESS_ENV = {
  SHOP_KEY: 'playground-webshop-harness-key',
  CRM_CLIENT: 'playground-crm-harness-client-id',
  CRM_SECRET: 'playground-crm-harness-client-secret',
};

export type Remote = {
  webshop: string;
  crm: string;
  /** `http://127.0.0.1:…` of the sync; null: it cannot be asked. */
  sync: string | null;
  /** More entries of `remote`, as YAML lines. */
  more?: string[];
  production?: boolean;
  /** `remote.sync` in YAML, in place of what `sync` would give. */
  access?: string;
  /** Requests to one system at a time; 16 when left out. */
  connections?: number;
};

/** Writes the bundled profile with an entry `remote`; gives its path. */
export function writeProfile(
  folder: string,
  { webshop, crm, sync, more = [], production = false, access, connections = 16 }: Remote,
): string {
  const asked = sync === null ? '' : `, status: '${sync}/status', links: '${sync}/links'`;
  const lines = [
    'remote:',
    '  systems:',
    `    webshop: { baseUrl: '${webshop}', production: ${String(production)}, credentials: { key: SHOP_KEY } }`,
    `    crm: { baseUrl: '${crm}', credentials: { clientId: CRM_CLIENT, clientSecret: CRM_SECRET } }`,
    `  sync: ${access ?? `{ kind: none${asked} }`}`,
    `  connections: ${connections}`,
    '  requestsPerSecond: 2000',
    ...more.map((line) => `  ${line}`),
  ];
  const path = join(folder, 'profile.yaml');
  const bundled = readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8');
  writeFileSync(path, `${bundled}\n${lines.join('\n')}\n`);
  return path;
}
