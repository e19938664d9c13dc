import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/cli/package-root.js';
import { HARNESS_ENV } from './profile-file.js';

const BIN = join(packageRoot(), 'bin', 'syncproof.mjs');

export type Ended = { code: number | null; out: string; err: string };
export type Started = { child: ChildProcess; ended: Promise<Ended> };

/** The built command line as a process of its own; the output is kept. */
export function startCli(cwd: string, args: string[], env: Record<string, string> = {}): Started {
  const ours = new Set(['GITHUB_STEP_SUMMARY', ...Object.keys(HARNESS_ENV)]);
  const outer = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.has(name)));
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...outer, CI: 'true', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (part: Buffer) => (out += part.toString('utf8')));
  child.stderr?.on('data', (part: Buffer) => (err += part.toString('utf8')));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, ended };
}

export const runCli = (cwd: string, args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  startCli(cwd, args, env).ended;

export type Role = {
  url: string;
  port: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
  again(): Promise<void>;
};

/** One role of `syncproof serve`, up when this is kept; `again` starts it once more on the same port. */
export async function serveRole(
  cwd: string,
  role: string,
  args: string[],
  port = 0,
  env: Record<string, string> = {},
): Promise<Role> {
  let running: Started | null = null;
  const start = async (at: number): Promise<string> => {
    const started = startCli(cwd, ['serve', '--only', role, '--json', '--port', String(at), ...args], env);
    running = started;
    started.child.stderr?.pipe(createWriteStream(join(cwd, `${role}.log`), { flags: 'a' }));
    return readyUrl(started);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running?.child.kill(signal);
    await running?.ended;
    running = null;
  };
  const url = await start(port);
  const own = Number(new URL(url).port);
  return {
    url,
    port: own,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    again: async () => void (await start(own)),
  };
}

/** Both systems and the sync in one process of `syncproof serve`, up when this is kept. */
export async function serveAll(
  cwd: string,
  args: string[],
): Promise<{ urls: Record<string, string>; stop(): Promise<void> }> {
  const started = startCli(cwd, ['serve', '--json', '--port', '0', ...args]);
  const urls = await readyUrls(started);
  return {
    urls,
    async stop() {
      started.child.kill('SIGTERM');
      await started.ended;
    },
  };
}

async function readyUrl(started: Started): Promise<string> {
  const [url] = Object.values(await readyUrls(started));
  if (url === undefined) throw new Error('the role serves nothing');
  return url;
}

function readyUrls({ child, ended }: Started): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (!text.includes('\n')) return;
      const ready = JSON.parse(text.split('\n')[0] ?? '') as { urls: Record<string, string> };
      resolve(ready.urls);
    });
    void ended.then(({ err }) => reject(new Error(`the role ended: ${err.slice(-400)}`)));
  });
}
