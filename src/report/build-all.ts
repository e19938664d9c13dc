import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/write-file.js';
import type { RunRecord } from '../run/record.js';
import {
  HISTORY_FILE,
  historyLine,
  lastVerified,
  readHistory,
  soundLines,
  writeHistory,
} from './allure/history.js';
import { writeAllureHtml } from './allure/write-html.js';
import { RESULTS_FOLDER, writeAllureResults } from './allure/write-results.js';
import { renderCtrf } from './ctrf.js';
import { renderLivingDocument } from './dataflow-html/render.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import { renderTraceability } from './traceability.js';

/**
 * `writeResults` writes Allure's results from the record at a path, beside the other reports; false leaves them to this
 * process.
 */
export type ReportOptions = {
  allure?: boolean;
  allureHtml: boolean;
  writeResults?: (recordPath: string) => Promise<boolean>;
};

/** Paths below the output folder; a report that crashed is a problem, and the others are still written. */
export type Written = { written: string[]; problems: { report: string; message: string }[] };

/**
 * Writes the record as `run.json` and every report from it alone. The caller exits 4 when there are problems: a report that
 * is missing must not read as a good run.
 */
export async function writeReports(run: RunRecord, outDir: string, options: ReportOptions): Promise<Written> {
  const result: Written = { written: [], problems: [] };
  const attempt = async (report: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      result.written.push(join(outDir, report));
      return true;
    } catch (error) {
      result.problems.push({ report, message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  const text = (name: string, render: () => string) =>
    attempt(name, () => writeWhole(join(outDir, name), render()));

  await dropEarlier(outDir, options);
  const hasRecord = await text('run.json', () => `${JSON.stringify(run, null, 2)}\n`);
  const wantsResults = options.allure !== false;
  const elsewhere = wantsResults && hasRecord ? options.writeResults?.(join(outDir, 'run.json')) : undefined;
  elsewhere?.catch(() => undefined);
  const unverified = run.checks.filter(({ verdict }) => verdict !== 'verified');
  const earlier = await readHistory(outDir, run);
  await text('dataflow.html', () => renderLivingDocument(run, { allure: makesHtml(options) }));
  await text('junit.xml', () => renderJunit(run));
  await text('checklist.md', () => renderMarkdown(run));
  await text('traceability.csv', () => renderTraceability(run, lastVerified(earlier, unverified)));
  await text('ctrf.json', () => renderCtrf(run));
  const writeResults = async () => (await elsewhere) === true || (await writeAllureResults(run, outDir));
  const addToHistory = () =>
    attempt(HISTORY_FILE, () => writeHistory(outDir, [...earlier, historyLine(run)]));
  if (!options.allureHtml) await addToHistory();
  const hasResults = wantsResults && (await attempt(RESULTS_FOLDER, writeResults));
  if (options.allureHtml && hasResults) {
    const isMade = await attempt('allure/index.html', async () => {
      await writeHistory(outDir, soundLines(earlier));
      await writeAllureHtml(run, outDir, join(outDir, RESULTS_FOLDER), join(outDir, HISTORY_FILE));
    });
    if (!isMade) await dropEarlier(outDir, { allureHtml: false });
  }
  if (options.allureHtml) await addToHistory();
  return result;
}

const makesHtml = ({ allure, allureHtml }: ReportOptions): boolean => allure !== false && allureHtml;

/** What this run does not write must not lie beside its record as if it were of it. */
async function dropEarlier(outDir: string, options: ReportOptions): Promise<void> {
  if (!makesHtml(options)) await rm(join(outDir, 'allure', 'index.html'), { force: true });
  if (options.allure === false) await rm(join(outDir, RESULTS_FOLDER), { recursive: true, force: true });
}
