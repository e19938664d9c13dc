import { createHash } from 'node:crypto';
import type { CheckRecord, RunRecord } from '../run/record.js';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const NO_PARAMETERS = md5('');

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

/** Each report names each check, several times over: what is made of a check is made once. */
function once<Key extends object>(make: (key: Key) => string): (key: Key) => string {
  const made = new WeakMap<Key, string>();
  return (key) => {
    let text = made.get(key);
    if (text === undefined) made.set(key, (text = make(key)));
    return text;
  };
}

/** The same check in every run: a UUID made of its id alone, so no seed, parameter or line enters. */
export const testCaseId = once(({ id }: Pick<CheckRecord, 'id'>) => uuidOf(`syncproof check ${id}`));

/** Allure's own history key for a check without counted parameters. */
export const historyId = once(
  (check: Pick<CheckRecord, 'id'>) => `${md5(testCaseId(check))}.${NO_PARAMETERS}`,
);

const results = new WeakMap<object, { of: string; uuid: string; fragment: string }>();

function resultOf(run: Pick<RunRecord, 'startedAt' | 'seed'>, check: Pick<CheckRecord, 'id'>) {
  const of = `${run.startedAt} ${run.seed} ${check.id}`;
  const made = results.get(check);
  if (made?.of === of) return made;
  const uuid = uuidOf(of);
  const result = { of, uuid, fragment: md5(uuid) };
  results.set(check, result);
  return result;
}

/** One result of one run; building the reports again gives the same id. */
export function resultUuid(
  run: Pick<RunRecord, 'startedAt' | 'seed'>,
  check: Pick<CheckRecord, 'id'>,
): string {
  return resultOf(run, check).uuid;
}

/** The run as a whole. */
export function runUuid(run: Pick<RunRecord, 'startedAt' | 'seed' | 'document'>): string {
  return uuidOf(`${run.startedAt} ${run.seed} ${run.document.sha256}`);
}

/** Where Allure's page shows a result: its fragment is the MD5 of the result's uuid. */
export function allureFragment(run: RunRecord, check: CheckRecord): string {
  return resultOf(run, check).fragment;
}

/** A fragment of the living document; ids with unusual characters get a hash so that none collide. */
export function anchorOf(checkId: string): string {
  const safe = checkId.replace(/[^A-Za-z0-9/_.-]/g, '_');
  return safe === checkId ? `check-${safe}` : `check-${safe}-${md5(checkId).slice(0, 8)}`;
}
