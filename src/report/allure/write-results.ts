import { writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../run/record.js';
import { resultUuid } from '../identity.js';
import { attachmentsOf } from './attachments.js';
import { categoriesFile, environmentFile, executorFile } from './categories.js';
import { toAllureResult } from './result.js';

export const RESULTS_FOLDER = 'allure-results';

/**
 * Writes `allure-results/` anew, into a folder beside it that then takes its place. Plain files without a flush
 * each, one after the other: allure-js-commons' writer flushes every file to the disk, which costs more than the checks
 * themselves, and promises cost five times the writes.
 */
export async function writeAllureResults(run: RunRecord, outDir: string): Promise<string> {
  const folder = join(outDir, RESULTS_FOLDER);
  const temporary = `${folder}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    for (const [name, content] of resultFiles(run)) writeFileSync(join(temporary, name), content);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return folder;
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
