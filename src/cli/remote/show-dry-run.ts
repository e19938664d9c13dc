import type { Check } from '../../checklist/check.js';
import { EXIT } from '../exit-codes.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { dryRun, type DryRun } from './dry-run.js';
import type { PlannedRequest } from './request-log.js';

const MOST_IN_BODY = 400;

/** Prints every request that the run would make; gives 0, or 3 when the requests of a check are not known to their end. */
export async function showDryRun(prepared: Prepared, checks: Check[], options: RunOptions): Promise<number> {
  const planned = await dryRun(prepared, checks, options);
  const adapted = Object.entries(prepared.profile?.profile.systems ?? {}).flatMap(([key, system]) =>
    system.adapter === undefined ? [] : [key],
  );
  process.stdout.write(
    options.json ? `${JSON.stringify({ ...planned, adapted }, null, 2)}\n` : render(planned, adapted),
  );
  return planned.incomplete.length > 0 ? EXIT.notVerified : EXIT.ok;
}

function render(planned: DryRun, adapted: string[]): string {
  const groups = planned.checks.map(({ checks, requests }) =>
    [...checks, ...requests.map(line), ''].join('\n'),
  );
  const all = [...planned.before, ...planned.checks.flatMap(({ requests }) => requests), ...planned.after];
  const count = all.reduce((sum, { times }) => sum + times, 0);
  const writes = all.filter(({ method }) => method !== 'GET').length;
  return [
    'Dry run: nothing is sent. Ids stand for those that the systems will give, {time} for a time of the run,',
    `${planned.runTag} for the tag of its records. What is asked again until it is there is listed once.`,
    ...adapted.map((key) => `The adapter of ${key} makes calls of its own out of those shown here.`),
    '',
    'before anything is made',
    ...planned.before.map(line),
    '',
    ...groups,
    'in the end, to prove that nothing is left',
    ...planned.after.map(line),
    '',
    ...planned.notTestable.map(({ check, reason }) => `not testable, nothing asked: ${check}: ${reason}`),
    ...planned.incomplete.map(({ check, reason }) => `not known to the end: ${check}: ${reason}`),
    `${count} requests, ${writes} of them other than GET, for ${planned.checks.flatMap((one) => one.checks).length} checks; ` +
      `${planned.notTestable.length} not testable, ${planned.incomplete.length} not known to the end`,
    '',
  ].join('\n');
}

function line({ method, url, body, times }: PlannedRequest): string {
  const text = body === null ? '' : ` ${JSON.stringify(body)}`;
  const cut = text.length > MOST_IN_BODY ? `${text.slice(0, MOST_IN_BODY)}… (--json shows all)` : text;
  return `  ${method} ${url}${times === 1 ? '' : ` (${times} times or more)`}${cut}`;
}
