import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CAC } from 'cac';
import { EXIT } from '../exit-codes.js';
import { readOne, wantsColor } from '../options.js';
import { shown } from '../package-root.js';

/** `syncproof report`: builds every report again from a run record. */
export function registerReport(cli: CAC): void {
  cli
    .command('report [run]', 'Build all reports again from a run record, without running anything')
    .option('--out <dir>', 'Folder of the reports; that of the record when left out')
    .option('--no-html', 'Leave out the Allure HTML report')
    .option('--no-allure', 'Leave out the Allure results, and the HTML report with them')
    .example('  syncproof report reports')
    .action(async (path: string | undefined, options: Record<string, unknown>) => {
      const { readRun } = await import('../../report/read-run.js');
      const { writeReports } = await import('../../report/build-all.js');
      const { renderSummary } = await import('../../report/terminal.js');
      const named = resolve(path ?? 'reports/run.json');
      const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
      const record = isFolder ? join(named, 'run.json') : named;
      const run = await readRun(record);
      const outDir = resolve(readOne('out', options['out']) ?? dirname(record));
      const { written, problems } = await writeReports(run, outDir, {
        allure: options['allure'] !== false,
        allureHtml: options['html'] !== false,
      });
      process.stdout.write(`${renderSummary(run, { color: wantsColor(options['color']), width: 80 })}\n`);
      for (const name of written) process.stdout.write(`  ${shown(resolve(outDir, name))}\n`);
      for (const { report, message } of problems)
        process.stderr.write(`error: the report ${report} could not be made: ${message}\n`);
      return problems.length > 0 ? EXIT.harness : run.gate.exitCode;
    });
}
