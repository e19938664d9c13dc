import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DIRECTUS_PACKAGES, startDirectus } from './directus.js';
import { MEDUSA_PACKAGES, startMedusa } from './medusa.js';
import { startPostgres } from './postgres.js';
import { runToEnd, type Running } from './processes.js';

/** Starts a real webshop and a real CRM-like platform, tells where they are, and stops them on Ctrl-C. */
const started: Running[] = [];
const ended = new Promise<void>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
});
const folder = resolve(process.argv[2] ?? join(tmpdir(), 'syncproof-real'));
const secret = randomBytes(12).toString('hex');

async function install(name: string, dependencies: Record<string, string>): Promise<string> {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const isThere = existsSync(join(own, 'node_modules', '.package-lock.json'));
  if (isThere) return own;
  process.stdout.write(`installing ${name} into ${own}, which takes minutes\n`);
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name, private: true, dependencies }));
  await runToEnd(
    `npm install of ${name}`,
    ['npm', 'install', '--no-audit', '--no-fund'],
    join(own, 'npm.log'),
    {
      cwd: own,
    },
  );
  return own;
}

async function up(): Promise<void> {
  const medusa = await install('medusa', MEDUSA_PACKAGES);
  const directus = await install('directus', DIRECTUS_PACKAGES);
  const database = await startPostgres(mkdtempSync(join(tmpdir(), 'syncproof-pg-')), 'medusa', started);
  const shop = await startMedusa(medusa, database, secret, started);
  const crm = await startDirectus(directus, secret, started);
  process.stdout.write(
    `webshop ${shop.url}, key (user name of basic authentication) ${shop.key}\ncrm ${crm.url}, bearer token ${secret}\nCtrl-C stops both\n`,
  );
  await ended;
}

try {
  await Promise.race([up(), ended]);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 4;
} finally {
  for (const one of started.toReversed()) await one.stop();
}
process.exit();
