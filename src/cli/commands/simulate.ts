import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { readOne, readSeed } from '../options.js';
import { UsageError } from '../usage-error.js';

/** `syncproof simulate`: random histories of users, faults and clocks, judged by the invariants. */
export function registerSimulate(cli: CAC): void {
  cli
    .command('simulate [document]', 'Play random histories against the sync and judge them by the invariants')
    .option('--profile <file>', 'Profile of the document')
    .option('--runs <n>', 'Number of histories', { default: 1000 })
    .option('--seed <n>', 'Seed of the histories', { default: 1 })
    .option('--length <n>', 'Operations of a history', { default: 30 })
    .option('--replay <run:path>', 'Play one history again, as a failure prints it')
    .option('--fault <n>', 'Play against a faulty sync of the catalogue until it is found')
    .option('--out <dir>', 'Folder of simulation.json', { default: 'reports' })
    .option('--json', 'Print the record instead of the summary')
    .example('  syncproof simulate --runs 1000 --seed 7')
    .action(async (document: string | undefined, options: Record<string, unknown>) => {
      const { executeSimulation } = await import('../execute-simulation.js');
      return executeSimulation({
        documentPath: document ?? null,
        profilePath: readOne('profile', options['profile']),
        runs: readCount('runs', options['runs'], 1_000_000),
        seed: readSeed(options['seed'], 1),
        length: readCount('length', options['length'], 500),
        replay: readReplay(readOne('replay', options['replay'])),
        fault: options['fault'] === undefined ? null : readCount('fault', options['fault'], 9999),
        outDir: resolve(readOne('out', options['out']) ?? 'reports'),
        json: options['json'] === true,
      });
    });
}

function readCount(name: string, value: unknown, most: number): number {
  const number = Number(readOne(name, value));
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(
    `--${name} ${String(value)} is no count`,
    `a whole number from 1 to ${most}`,
    'see syncproof simulate --help',
  );
}

function readReplay(text: string | null): { run: number; path: string } | null {
  if (text === null) return null;
  const match = /^(\d+)((?::\d+)+)$/.exec(text);
  if (match !== null) return { run: Number(match[1]), path: (match[2] ?? '').slice(1) };
  throw new UsageError(
    `--replay ${text} is no path`,
    'run and path, such as 12:0:3:1',
    'copy it from the failure',
  );
}
