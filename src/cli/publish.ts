import { appendFile } from 'node:fs/promises';
import type { ReportOptions } from '../report/build-all.js';
import { renderSummary } from '../report/terminal.js';
import type { RunRecord } from '../run/record.js';
import { EXIT } from './exit-codes.js';
import { shown } from './package-root.js';

export type PublishOptions = {
  outDir: string;
  html: boolean;
  allure: boolean;
  json: boolean;
  color: boolean;
};

/** Writes every report, prints the summary, and gives the exit code: that of the gate, or 4 for a lost report. */
export async function publish(
  run: RunRecord,
  options: PublishOptions,
  writeResults?: ReportOptions['writeResults'],
): Promise<number> {
  const { writeReports } = await import('../report/build-all.js');
  const { written, problems } = await writeReports(run, options.outDir, {
    allure: options.allure,
    allureHtml: options.html,
    ...(writeResults === undefined ? {} : { writeResults }),
  });
  const summary = await writeStepSummary(run, process.env['GITHUB_STEP_SUMMARY']);
  if (summary !== null) problems.push({ report: 'the step summary', message: summary });
  const width = Math.min(process.stdout.columns ?? 80, 120);
  if (options.json) process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  else process.stdout.write(`${renderSummary(run, { color: options.color, width })}\n`);
  for (const problem of run.problems ?? [])
    process.stderr.write(`error: the harness failed outside of a check: ${problem}\n`);
  for (const { report, message } of problems)
    process.stderr.write(`error: the report ${report} could not be made: ${message}\n`);
  if (!options.json) for (const path of written) process.stdout.write(`  ${shown(path)}\n`);
  return problems.length > 0 ? EXIT.harness : run.gate.exitCode;
}

/** Adds the Markdown report to the file that CI shows beside a job; gives what went wrong, or null. */
async function writeStepSummary(run: RunRecord, path: string | undefined): Promise<string | null> {
  if (path === undefined || path === '') return null;
  const { renderMarkdown } = await import('../report/markdown.js');
  try {
    await appendFile(path, renderMarkdown(run));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
