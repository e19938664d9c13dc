import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../src/run/record.js';
import {
  startJsonServer,
  writeJsonServerProfile,
  type JsonServerUp,
  type PairProfile,
} from './json-servers.js';
import { runCli, serveRole, type Ended } from './processes.js';

export type PairRun = { ended: Ended; run: RunRecord; shop: JsonServerUp; crm: JsonServerUp };

/**
 * Two json-servers, the reference sync between them as a process that knows them by the profile alone, and
 * `run --target remote` as another one. `only`: checks to judge; all when empty.
 */
export async function judgeJsonServers(only: string[], own: PairProfile = {}): Promise<PairRun> {
  const folder = mkdtempSync(join(tmpdir(), 'syncproof-json-servers-'));
  const [shop, crm] = [await startJsonServer(), await startJsonServer()];
  const env = { WEBSHOP_URL: shop.url, CRM_URL: crm.url };
  const port = await freePort();
  const profile = writeJsonServerProfile(folder, `http://127.0.0.1:${port}`, own);
  const sync = await serveRole(folder, 'sync', ['--profile', profile, '--poll', '300'], port, env);
  try {
    const wanted = only.flatMap((id) => ['--only', id]);
    const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
    const ended = await runCli(folder, [...args, ...wanted], env);
    const run = JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as RunRecord;
    return { ended, run, shop, crm };
  } finally {
    await sync.stop();
    await Promise.all([shop.close(), crm.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same checks of the bundled document between the stand-ins, in one process. */
export async function judgeInProcess(only: string[]): Promise<RunRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'syncproof-in-process-'));
  try {
    const wanted = only.flatMap((id) => ['--only', id]);
    await runCli(folder, ['run', '--no-allure', '--out', 'reports', ...wanted]);
    return JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as RunRecord;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
