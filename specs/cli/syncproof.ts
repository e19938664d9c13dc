import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/cli/package-root.js';

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

const BIN = join(packageRoot(), 'bin', 'syncproof.mjs');

/** Runs the built command line as a user would, from `cwd`, until it ends. */
export function syncproof(cwd: string, args: string[], env: Record<string, string> = {}): Ended {
  return ended(cwd, process.execPath, [BIN, ...args], env);
}

/** As `syncproof`, where no file can grow beyond `kilobytes`: each larger write fails as on a full disk. */
export function syncproofWithLittleSpace(cwd: string, args: string[], kilobytes: number): Ended {
  const limited = `ulimit -f ${kilobytes} && exec "$@"`;
  return ended(cwd, 'bash', ['-c', limited, 'bash', process.execPath, BIN, ...args], {});
}

/** As `syncproof`, through an npm script, and that in a shell pipe. */
export function syncproofInWrappers(cwd: string, args: string[]): Ended {
  const line = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ scripts: { judge: line } }));
  return ended(cwd, 'bash', ['-c', 'set -o pipefail; npm run --silent judge | cat'], {});
}

function ended(cwd: string, command: string, args: string[], env: Record<string, string>): Ended {
  const { GITHUB_STEP_SUMMARY: _ours, ...outer } = process.env;
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...outer, CI: 'true', NO_COLOR: '1', ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: result.status, signal: result.signal, out: result.stdout, err: result.stderr };
}
