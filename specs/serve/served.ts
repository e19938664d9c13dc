import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/cli/package-root.js';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { networkFetch } from '../../src/contract/wire.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import type { SyncLink, System } from '../../src/drivers/ports.js';

const BIN = join(packageRoot(), 'bin', 'syncproof.mjs');
const started = new Set<ChildProcess>();

export type ServedProcess = {
  urls: Record<string, string>;
  /** What it wrote to its log so far. */
  log: () => string;
  /** Sends a signal and waits for the end; gives the exit code, null for a killed one. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
};

/** Starts `syncproof serve` and waits until it is ready. */
export async function startServe(
  args: string[],
  env: Record<string, string> = {},
  cwd = process.cwd(),
): Promise<ServedProcess> {
  const child = spawn(process.execPath, [BIN, 'serve', '--json', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  started.add(child);
  let log = '';
  child.stderr.on('data', (data) => (log += String(data)));
  const lines = createInterface({ input: child.stdout });
  const ready = once(lines, 'line') as Promise<[string]>;
  const gone = once(child, 'exit').then(() => null);
  const first = await Promise.race([ready, gone]);
  if (first === null) throw new Error(`serve ended: ${log}`);
  const { urls } = JSON.parse(first[0]) as { urls: Record<string, string> };
  return {
    urls,
    log: () => log,
    async end(signal) {
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

/** Ends what a test left behind. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
}

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'serve-'));

/** A served stand-in as the harness uses it. */
export function systemAt(side: 'a' | 'b', url: string): System {
  const contract = side === 'a' ? webshopContract() : crmContract();
  const own = { ...contract, api: { ...contract.api, baseUrl: url } };
  return httpSystem(side, own, networkFetch, {
    key: 'playground-webshop-harness-key',
    clientId: 'playground-crm-harness-client-id',
    clientSecret: 'playground-crm-harness-client-secret',
  });
}

/** Asks again until the answer is there; fails with the last answer when it never comes. */
export async function eventually<T>(ask: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let attempt = 0; attempt < 400 && !isThere(answer); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await ask();
  }
  if (!isThere(answer)) throw new Error(`it never came; the last answer was ${JSON.stringify(answer)}`);
  return answer;
}

export async function linksOf(syncUrl: string): Promise<SyncLink[]> {
  return (await (await fetch(`${syncUrl}/links`)).json()) as SyncLink[];
}

/** One round of a sync that does not poll. */
export async function trigger(syncUrl: string): Promise<void> {
  await (await fetch(`${syncUrl}/sync`, { method: 'POST' })).text();
}
