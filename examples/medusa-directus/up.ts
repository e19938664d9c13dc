import type { Running } from './processes.js';
import { scratchFolder, startSystems } from './systems.js';
import { stopAll } from './tell.js';

/** Starts a real webshop and a real CRM-like platform, tells where they are, and stops them on Ctrl-C. */
const started: Running[] = [];
const ended = new Promise<void>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
});

async function up(): Promise<void> {
  const { shop, crm } = await startSystems(scratchFolder(process.argv[2]), started);
  process.stdout.write(
    [
      `SHOP_URL=${shop.url}`,
      `SHOP_KEY=${shop.key}`,
      `CRM_URL=${crm.url}`,
      `CRM_TOKEN=${crm.token}`,
      'Ctrl-C stops both',
      '',
    ].join('\n'),
  );
  await ended;
}

try {
  await Promise.race([up(), ended]);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 4;
} finally {
  await stopAll(started);
}
process.exit();
