import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { readList, readOne } from '../options.js';

/** `syncproof cleanup`: removes what an interrupted run against a deployed sync left behind. */
export function registerCleanup(cli: CAC): void {
  cli
    .command('cleanup', 'Remove the records that remote runs left behind, and prove it by listing')
    .option('--ledger <file>', 'Ledger of a run; may be repeated. All that are open in --out when left out')
    .option('--out <dir>', 'Folder of the reports', { default: 'reports' })
    .option('--profile <file>', 'Profile with the systems; that of the run when left out')
    .option('--allow-production', 'Clean up although the profile marks a system as production')
    .example('  syncproof cleanup --ledger reports/ledger-zqabcdef.jsonl')
    .action(async (options: Record<string, unknown>) => {
      const { cleanUp } = await import('../remote/clean-up.js');
      return cleanUp({
        ledgers: readList(options['ledger']),
        outDir: resolve(readOne('out', options['out']) ?? 'reports'),
        profilePath: readOne('profile', options['profile']),
        allowProduction: options['allowProduction'] === true,
      });
    });
}
