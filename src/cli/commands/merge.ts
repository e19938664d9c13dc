import { join, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import type { CAC } from 'cac';
import { readOne, wantsColor } from '../options.js';
import { UsageError } from '../usage-error.js';

/** `syncproof merge`: joins the records of all shards, and builds every report of the whole. */
export function registerMerge(cli: CAC): void {
  cli
    .command('merge [...dirs]', 'Join the runs of all shards into one, with its gate and all reports')
    .option('--out <dir>', 'Folder of the joined reports', { default: 'reports' })
    .option('--no-html', 'Leave out the Allure HTML report')
    .option('--json', 'Print the joined run record instead of the summary')
    .example('  syncproof merge shard-1 shard-2 shard-3 --out reports')
    .action(async (dirs: string[], options: Record<string, unknown>) => {
      if (dirs.length === 0) {
        throw new UsageError(
          'no folder is given',
          'the output folder of each shard',
          'syncproof merge --help',
        );
      }
      const { readRun } = await import('../../report/read-run.js');
      const { judgedAt, mergeRuns } = await import('../../run/merge-runs.js');
      const { evaluateGate, NOTHING_ASKED } = await import('../../report/gate.js');
      const { publish } = await import('../publish.js');
      const paths = await Promise.all(dirs.map(recordIn));
      const files = await Promise.all(paths.map(async (path) => ({ path, run: await readRun(path) })));
      const whole = mergeRuns(files);
      const gate = evaluateGate(whole, whole.asked ?? NOTHING_ASKED, judgedAt(files));
      return publish(
        { ...whole, gate },
        {
          outDir: resolve(readOne('out', options['out']) ?? 'reports'),
          html: options['html'] !== false,
          json: options['json'] === true,
          color: wantsColor(options['color']),
        },
      );
    });
}

/** A shard's folder, or its record itself. */
async function recordIn(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder || !path.endsWith('.json') ? join(path, 'run.json') : path;
}
