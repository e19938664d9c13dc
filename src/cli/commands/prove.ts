import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { readList, readOne, readSeed, wantsColor } from '../options.js';
import { UsageError } from '../usage-error.js';

/** `syncproof prove`: shows that the checklist finds every fault of the catalogue, or what one fault looks like. */
export function registerProve(cli: CAC): void {
  cli
    .command('prove', 'Prove the suite: judge the correct sync and every known fault by the checklist')
    .option('--fault <n>', 'Judge one faulty sync and write the reports that a user would see')
    .option('--only <id>', 'With --fault: these checks only')
    .option('--crash', 'Kill the sync at every request and store write of a life instead')
    .option('--kills <n>', 'With --crash: kill -9 a served sync at so many more points', { default: 0 })
    .option('--point <id>', 'With --crash: one point, as a violation names it')
    .option('--out <dir>', 'Folder of the reports', { default: 'reports' })
    .option('--seed <n>', 'Seed of the run', { default: 1 })
    .option('--docs <file>', 'Write the kill matrix as Markdown to this file too')
    .option('--no-html', 'With --fault: leave out the Allure HTML report')
    .option('--json', 'Print the proof record instead of the matrix')
    .example('  syncproof prove --fault 25')
    .example('  syncproof prove --crash --kills 200')
    .action(async (options: Record<string, unknown>) => {
      const outDir = resolve(readOne('out', options['out']) ?? 'reports');
      const seed = readSeed(options['seed'], 1);
      const json = options['json'] === true;
      const color = wantsColor(options['color']);
      if (options['crash'] === true) {
        const { executeCrash } = await import('../execute-crash.js');
        const point = readOne('point', options['point']);
        return executeCrash({
          outDir,
          seed,
          json,
          kills: readKills(readOne('kills', options['kills'])),
          point,
        });
      }
      if (options['point'] !== undefined || Number(options['kills']) !== 0)
        throw new UsageError('--point or --kills without --crash', '--crash before them', 'add --crash');
      const fault = readOne('fault', options['fault']);
      if (fault !== null) {
        const { runFault } = await import('../run-fault.js');
        return runFault({
          id: readFault(fault),
          outDir,
          seed,
          json,
          color,
          html: options['html'] !== false,
          only: readList(options['only']),
        });
      }
      const { executeProof } = await import('../execute-proof.js');
      return executeProof({ outDir, seed, json, color, docs: readOne('docs', options['docs']) });
    });
}

function readFault(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new UsageError(
    `--fault ${text} is no number`,
    'a number of the catalogue',
    'see docs/generated/faults.md',
  );
}

function readKills(text: string | null): number {
  if (text === null) return 0;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UsageError(`--kills ${text} is no number`, '0 to 99999', 'such as --kills 200');
}
