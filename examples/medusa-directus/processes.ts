import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

/** A program that was started here and has to be stopped here. */
export type Running = { name: string; stop: () => Promise<void> };

/** Runs a program to its end with its output in a file. Errors: the program's name and the file to look into. */
export async function runToEnd(
  name: string,
  [command, ...args]: string[],
  logFile: string,
  options: SpawnOptions = {},
): Promise<void> {
  const child = start(command ?? '', args, logFile, options);
  const end = () => void child.kill();
  process.once('exit', end);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('exit', resolve);
  });
  process.off('exit', end);
  if (code !== 0) throw new Error(`${name} ended with ${code ?? 'a signal'}: see ${logFile}`);
}

/** Starts a server, adds it to `started`, and waits until `isReady`, it ends, or `budgetMs` is over. */
export async function startServer(
  started: Running[],
  name: string,
  [command, ...args]: string[],
  logFile: string,
  options: SpawnOptions,
  isReady: () => Promise<boolean>,
  budgetMs = 90_000,
): Promise<void> {
  const child = start(command ?? '', args, logFile, { ...options, detached: true });
  started.push({ name, stop: () => stopGroup(child) });
  const until = Date.now() + budgetMs;
  while (Date.now() < until && child.exitCode === null) {
    if (await isReady().catch(() => false)) return;
    await pause(250);
  }
  throw new Error(`${name} did not come up: see ${logFile}`);
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function start(command: string, args: string[], logFile: string, options: SpawnOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return spawn(command, args, { ...options, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** Ends the program and all that it started: politely first, then for good. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(pid, 'SIGTERM');
  const killer = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(killer);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
