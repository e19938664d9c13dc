import { join, resolve } from 'node:path';
import type { CAC } from 'cac';
import { type HeadThread, openHeadStart } from '../../run/head-start.js';
import { bundledDocument, specFolder } from '../package-root.js';
import { readChoice, readCount, readList, readOne, readSeed, readShard, wantsColor } from '../options.js';
import type { ToldRun } from '../plan-run.js';
import type { RunOptions } from '../run-options.js';
import { addRemoteFlags, readRemoteFlags } from './remote-flags.js';
import { UsageError } from '../usage-error.js';

const EXAMPLE = "  syncproof run my-document.rst --profile my.yaml --seed 7 --only 'customer/keep-in-sync'";

/** `syncproof run`: judges a sync by a document and writes the records. */
export function registerRun(cli: CAC): void {
  const command = cli.command(
    'run [...documents]',
    'Run the checklist of a document against a sync; a second document is its reverse',
  );
  addRemoteFlags(command)
    .option('--profile <file>', 'Profile; found by the two system names when left out')
    .option('--out <dir>', 'Folder of the reports', { default: 'reports' })
    .option('--seed <n>', 'Seed of the run; the same seed gives the same run', { default: 1 })
    .option('--only <id>', 'Run these checks only: an id, its beginning, or with *; may be repeated')
    .option('--changed-since <old.rst>', 'Run only what is new or suspect against an older document')
    .option(
      '--capabilities <file>',
      'What a provider lacks, as contract check --out wrote it; may be repeated',
    )
    .option('--via <way>', 'How the reference reaches the twins: msw or direct', { default: 'direct' })
    .option('--target <target>', 'reference, or remote: the deployed sync that the profile describes')
    .option('--allow-production', 'Remote: run although the profile marks a system as production')
    .option('--repeat <m>', 'Remote: judge each check m times; it is verified when it is m of m times', {
      default: 1,
    })
    .option('--shard <index/count>', 'Run one part of the checks, as vitest does; join with syncproof merge')
    .option('--no-html', 'Leave out the Allure HTML report')
    .option('--no-allure', 'Leave out the Allure results, and the HTML report with them')
    .option('--json', 'Print the run record instead of the summary')
    .example(EXAMPLE)
    .example('  syncproof run --capabilities reports/contract/capabilities.webshop.json')
    .example('  syncproof run my-document.rst --profile my.yaml --target remote --only customer')
    .action(async (documents: string[], options: Record<string, unknown>) => {
      if (documents.length > 2) {
        throw new UsageError(
          `${documents.length} documents given`,
          'one document, or A to B and its reverse B to A',
          'run them one by one; syncproof inspect takes many',
        );
      }
      const target = readChoice('target', options['target'], ['reference', 'remote'], 'reference');
      const request: RunOptions = {
        documentPath: documents[0] ?? bundledDocument(),
        isBundled: documents.length === 0,
        reversePath: documents[1] ?? null,
        profilePath: readOne('profile', options['profile']),
        outDir: resolve(readOne('out', options['out']) ?? 'reports'),
        seed: readSeed(options['seed'], 1),
        only: readList(options['only']),
        changedSince: readOne('changed-since', options['changedSince']),
        capabilityPaths: readList(options['capabilities']),
        via: readChoice('via', options['via'], ['msw', 'direct'], 'direct'),
        repeat: readCount('repeat', options['repeat']),
        allowProduction: options['allowProduction'] === true,
        shard: readShard(options['shard']),
        html: options['html'] !== false,
        allure: options['allure'] !== false,
        json: options['json'] === true,
        color: wantsColor(options['color']),
        fault: null,
        ...readRemoteFlags(options, target),
      };
      const head = headStartFor(request);
      try {
        const { executeRun } = await import('../execute-run.js');
        return await executeRun(request, { head });
      } finally {
        await head?.close();
      }
    });
}

/** A thread that compiles and judges while the rest loads; shards keep to vitest's parts, and MSW to vitest's workers. */
function headStartFor(options: RunOptions): HeadThread<ToldRun> | null {
  const { target, via, shard } = options;
  return target === 'reference' && via === 'direct' && shard === null
    ? openHeadStart(join(specFolder(), 'head-start.js'), options)
    : null;
}
