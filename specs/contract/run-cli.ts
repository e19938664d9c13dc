import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/cli/package-root.js';

export type CliAnswer = { code: number | null; stdout: string; stderr: string };

/** Runs the built command line beside servers of this process; `env` is added to the environment. */
export function runCli(args: string[], env: Record<string, string> = {}): Promise<CliAnswer> {
  const own = { ...process.env, ...env, NO_COLOR: '1' } as Record<string, string>;
  for (const name of ['VITEST', 'VITEST_MODE', 'NODE_ENV', 'SYNCPROOF_KEY'])
    if (env[name] === undefined) delete own[name];
  const child = spawn(process.execPath, [join(packageRoot(), 'bin', 'syncproof.mjs'), ...args], { env: own });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
