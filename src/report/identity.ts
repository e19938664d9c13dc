import { createHash } from 'node:crypto';
import type { CheckRecord, RunRecord } from '../run/record.js';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The same check in every run: a UUID made of its id alone, so no seed, parameter or line enters. */
export function testCaseId(check: Pick<CheckRecord, 'id'>): string {
  return uuidOf(`syncproof check ${check.id}`);
}

/** Allure's own history key for a check without counted parameters. */
export function historyId(check: Pick<CheckRecord, 'id'>): string {
  return `${md5(testCaseId(check))}.${md5('')}`;
}

/** One result of one run; building the reports again gives the same id. */
export function resultUuid(
  run: Pick<RunRecord, 'startedAt' | 'seed'>,
  check: Pick<CheckRecord, 'id'>,
): string {
  return uuidOf(`${run.startedAt} ${run.seed} ${check.id}`);
}

/** The run as a whole. */
export function runUuid(run: Pick<RunRecord, 'startedAt' | 'seed' | 'document'>): string {
  return uuidOf(`${run.startedAt} ${run.seed} ${run.document.sha256}`);
}

/** Where Allure's page shows a result: its fragment is the MD5 of the result's uuid. */
export function allureFragment(run: RunRecord, check: CheckRecord): string {
  return md5(resultUuid(run, check));
}

/** A fragment of the living document; ids with unusual characters get a hash so that none collide. */
export function anchorOf(checkId: string): string {
  const safe = checkId.replace(/[^A-Za-z0-9/_.-]/g, '_');
  return safe === checkId ? `check-${safe}` : `check-${safe}-${md5(checkId).slice(0, 8)}`;
}
