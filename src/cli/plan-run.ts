import type { Check } from '../checklist/check.js';
import type { LoadedProfile } from '../checklist/profile/index.js';
import { changedChecks } from './changed-since.js';
import { prepare, type Prepared } from './prepare.js';
import type { RunOptions } from './run-options.js';
import { selectChecks } from './select.js';

/** What a run starts from and the checks that were asked for. */
export type PlannedRun = { prepared: Prepared; selected: Check[] };

/** What a run's record tells of what it started from. */
export type Told = Omit<Prepared, 'profile'> & { profile: Pick<LoadedProfile, 'path' | 'profile'> | null };

/** A planned run as another thread may have it: plain data. */
export type ToldRun = { prepared: Told; selected: Check[] };

/** Reads and compiles, unless that was done, and selects. Errors: `InputError`, `UsageError`. */
export async function planRun(options: RunOptions, given: Prepared | null = null): Promise<PlannedRun> {
  const prepared = given ?? (await prepare(options));
  return { prepared, selected: await select(prepared, options) };
}

/** Leaves out what cannot be handed to another thread. */
export function toldOf({ prepared, selected }: PlannedRun): ToldRun {
  const { profile } = prepared;
  const plain = profile === null ? null : { path: profile.path, profile: profile.profile };
  return { prepared: { ...prepared, profile: plain }, selected };
}

async function select(prepared: Prepared, options: RunOptions): Promise<Check[]> {
  const all = prepared.compiled.checks;
  if (options.changedSince !== null)
    return changedChecks(prepared, options.changedSince, options.profilePath);
  return options.only.length === 0 ? all : selectChecks(all, options.only);
}
