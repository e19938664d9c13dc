import {
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../run/record.js';
import { resultUuid } from '../identity.js';
import { attachmentsOf } from './attachments.js';
import { categoriesFile, environmentFile, executorFile } from './categories.js';
import { toAllureResult } from './result.js';

export const RESULTS_FOLDER = 'allure-results';
const SPARE_FOLDER = '.allure-results.spare';

/**
 * Writes `allure-results/` anew, into a folder beside it that then takes its place. Plain files without a flush
 * each, one after the other: allure-js-commons' writer flushes every file to the disk, which costs more than the checks
 * themselves, and promises cost five times the writes. The files of the run before last are written over rather than
 * deleted: ext4 is slow to give out the place of a file deleted in the last minutes (measured: 0.5 s for 700 files).
 */
export async function writeAllureResults(run: RunRecord, outDir: string): Promise<string> {
  const folder = join(outDir, RESULTS_FOLDER);
  const spare = join(outDir, SPARE_FOLDER);
  const temporary = `${folder}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  if (!(await moved(spare, temporary))) await mkdir(temporary, { recursive: true });
  try {
    writeOver(temporary, resultFiles(run));
    const hasEarlier = await moved(folder, `${temporary}.earlier`);
    await rename(temporary, folder);
    if (hasEarlier && !(await moved(`${temporary}.earlier`, spare)))
      await rm(`${temporary}.earlier`, { recursive: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** False when there is nothing to move, or something in its way. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

/** Fills a folder with just these files, in the place of those that lie there. */
function writeOver(folder: string, files: Iterable<[name: string, content: string]>): void {
  const old = new Set(readdirSync(folder));
  for (const [name, content] of files) {
    const path = join(folder, name);
    const spare = old.has(name) ? name : old.values().next().value;
    if (spare === undefined) writeFileSync(path, content);
    else {
      old.delete(spare);
      if (spare !== name) renameSync(join(folder, spare), path);
      replaceContent(path, content);
    }
  }
  for (const name of old) rmSync(join(folder, name), { recursive: true });
}

/** Cut to length afterwards: a file that is emptied first is flushed to the disk when it is closed. */
function replaceContent(path: string, content: string): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, writeSync(file, content));
  } finally {
    closeSync(file);
  }
}

function* resultFiles(run: RunRecord): Generator<[name: string, content: string]> {
  const pairs = new Map(run.pairs.map((pair) => [pair.slug, pair]));
  for (const [order, check] of run.checks.entries()) {
    const attachments = attachmentsOf(check);
    for (const attachment of attachments) yield [attachment.source, attachment.content];
    const result = toAllureResult(run, check, pairs.get(check.pair), attachments, order);
    yield [`${resultUuid(run, check)}-result.json`, JSON.stringify(result)];
  }
  yield ['categories.json', JSON.stringify(categoriesFile(), null, 2)];
  yield ['environment.properties', environmentFile(run)];
  yield ['executor.json', JSON.stringify(executorFile(run), null, 2)];
}
