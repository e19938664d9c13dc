import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DIRECTUS_PACKAGES, startDirectus } from './directus.js';
import { MEDUSA_PACKAGES, startMedusa } from './medusa.js';
import { startPostgres } from './postgres.js';
import { runToEnd, type Running } from './processes.js';
import { tell } from './tell.js';

/** Where the two systems are and what opens them. */
export type Systems = { shop: { url: string; key: string }; crm: { url: string; token: string } };

/** The folder given, or one that is used again the next time: installing takes minutes. */
export const scratchFolder = (given: string | undefined): string =>
  resolve(given ?? join(tmpdir(), 'syncproof-real'));

/** Installs what is missing, and starts both systems on free loopback ports. Errors: what did not come up, and its log. */
export async function startSystems(folder: string, started: Running[]): Promise<Systems> {
  const medusa = await install(folder, 'medusa', MEDUSA_PACKAGES);
  const directus = await install(folder, 'directus', DIRECTUS_PACKAGES);
  const secret = randomBytes(12).toString('hex');
  const databaseFolder = mkdtempSync(join(tmpdir(), 'syncproof-pg-'));
  const clear = () => rmSync(databaseFolder, { recursive: true, force: true });
  started.push({ name: 'the files of PostgreSQL', stop: async () => clear() });
  tell('starting PostgreSQL');
  const database = await startPostgres(databaseFolder, 'medusa', started);
  const shop = await startMedusa(medusa, database, secret, started);
  const crm = await startDirectus(directus, secret, started);
  return { shop, crm: { url: crm.url, token: secret } };
}

async function install(folder: string, name: string, dependencies: Record<string, string>): Promise<string> {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  if (existsSync(join(own, 'node_modules', '.package-lock.json'))) return own;
  tell(`installing ${name} into ${own}, which takes minutes`);
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name, private: true, dependencies }));
  const command = ['npm', 'install', '--no-audit', '--no-fund'];
  await runToEnd(`npm install of ${name}`, command, join(own, 'npm.log'), { cwd: own });
  return own;
}
