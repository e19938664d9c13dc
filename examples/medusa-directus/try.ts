import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../src/cli/package-root.js';
import { startServer, type Running } from './processes.js';
import { scratchFolder, startSystems } from './systems.js';
import { stopAll, tell } from './tell.js';

/**
 * Judges the reference sync between a real Medusa and a real Directus by the bundled document: installs and starts all
 * of it on loopback, runs the checklist, stops everything, and leaves the report in `reports/real`.
 */
const SYNC = 'http://127.0.0.1:4022';
const started: Running[] = [];
let run: ChildProcess | null = null;
let heard: NodeJS.Signals | null = null;
const stopped = new Promise<'stopped'>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      heard = signal;
      // A run cleans up while the systems still answer; a second signal ends it at once.
      if (run === null) done('stopped');
      else run.kill(signal);
    });
});
const own = join(packageRoot(), 'examples', 'medusa-directus');
const profile = join(own, 'profile.yaml');
const bin = join(packageRoot(), 'bin', 'syncproof.mjs');
const out = resolve('reports', 'real');

async function tryOut(): Promise<number> {
  const folder = scratchFolder(process.argv[2]);
  const { shop, crm } = await startSystems(folder, started);
  const env = {
    ...process.env,
    SHOP_URL: shop.url,
    SHOP_KEY: shop.key,
    CRM_URL: crm.url,
    CRM_TOKEN: crm.token,
  };
  await mkdir(out, { recursive: true });
  const pace = ['--poll', '1000', '--scan', '15000'];
  const sync = ['serve', '--only', 'sync', '--profile', profile, '--port', '4022', ...pace];
  const isUp = async () => (await fetch(`${SYNC}/health`)).ok;
  const log = join(out, 'sync.log');
  tell('starting the reference sync');
  await startServer(started, 'the reference sync', [process.execPath, bin, ...sync], log, { env }, isUp);
  tell('judging it');
  if (heard !== null) return 4;
  const rest = process.argv.slice(3);
  return judge(['run', '--profile', profile, '--target', 'remote', '--out', out, ...rest], env);
}

/** In a process group of its own: Ctrl-C at a terminal would reach it twice. */
function judge(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [bin, ...args], { env, stdio: 'inherit', detached: true });
  run = child;
  return new Promise((done) => {
    child.once('error', () => done(4));
    child.once('exit', (code) => done(code ?? 4));
  });
}

try {
  const ended = await Promise.race([tryOut(), stopped]);
  process.exitCode = ended === 'stopped' ? 4 : ended;
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 4;
} finally {
  await stopAll(started);
}
process.exit();
