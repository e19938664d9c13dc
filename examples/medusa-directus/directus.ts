import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askJson } from './ask-json.js';
import { freePort, runToEnd, startServer, type Running } from './processes.js';
import { tell } from './tell.js';

export const DIRECTUS_PACKAGES = { directus: '11.3.5' };

export type Directus = { url: string };

type Field = { field: string; type: string; meta?: object; schema?: object | null };

const text = (field: string, schema: object = {}): Field => ({ field, type: 'string', schema });
const key: Field = {
  field: 'id',
  type: 'uuid',
  meta: { special: ['uuid'] },
  schema: { is_primary_key: true, length: 36, has_auto_increment: false },
};
const stamp = (field: 'date_created' | 'date_updated'): Field => ({
  field,
  type: 'timestamp',
  meta: { special: [field.replaceAll('_', '-')] },
  schema: {},
});
const unique = { is_unique: true };

const COLLECTIONS: Record<string, Field[]> = {
  customers: [
    text('email', unique),
    text('first_name'),
    text('last_name'),
    text('company'),
    text('phone'),
    text('vat_number'),
    text('internal_note'),
  ],
  products: [
    text('sku', unique),
    text('name'),
    { field: 'description', type: 'text', schema: {} },
    { field: 'price_minor', type: 'integer', schema: {} },
    text('currency'),
    text('ean'),
    { field: 'weight_grams', type: 'integer', schema: {} },
    text('internal_note'),
  ],
  orders: [
    text('order_number', unique),
    text('customer'),
    text('currency'),
    text('reference'),
    text('note'),
    { field: 'lines', type: 'json', meta: { special: ['cast-json'] }, schema: {} },
    text('internal_note'),
  ],
};

/** A CRM-like platform with collections for the three entities, reached with a static token. */
export async function startDirectus(folder: string, token: string, started: Running[]): Promise<Directus> {
  mkdirSync(folder, { recursive: true });
  const database = join(folder, 'directus.db');
  rmSync(database, { force: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    SECRET: token,
    DB_CLIENT: 'sqlite3',
    DB_FILENAME: database,
    ADMIN_EMAIL: 'qa@crm.example.com',
    ADMIN_PASSWORD: token,
    ADMIN_TOKEN: token,
    TELEMETRY: 'false',
    SERVE_APP: 'false',
    CACHE_ENABLED: 'false',
    IMPORT_IP_DENY_LIST: '169.254.169.254',
    // Else a busy machine is answered with 503.
    PRESSURE_LIMITER_ENABLED: 'false',
    LOG_LEVEL: 'info',
  };
  const cli = join(folder, 'node_modules', '.bin', 'directus');
  const log = join(folder, 'directus.log');
  const options = { cwd: folder, env };
  tell('setting Directus up');
  await runToEnd('directus bootstrap', [cli, 'bootstrap'], log, options);
  const ping = async () => (await (await fetch(`${url}/server/ping`)).text()) === 'pong';
  await startServer(started, 'Directus', [cli, 'start'], log, options, ping);
  const headers = { authorization: `Bearer ${token}` };
  for (const [collection, own] of Object.entries(COLLECTIONS)) {
    const fields = [key, ...own, stamp('date_created'), stamp('date_updated')];
    await askJson('POST', `${url}/collections`, headers, { collection, schema: {}, meta: {}, fields });
  }
  return { url };
}
