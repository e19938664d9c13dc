import type { Check } from '../checklist/check.js';
import { newOrSuspect } from '../checklist/diff.js';
import { prepare, type Prepared } from './prepare.js';

/** The checks that an older generation of the document did not hold in the same words. */
export async function changedChecks(
  prepared: Prepared,
  oldPath: string,
  profilePath: string | null,
): Promise<Check[]> {
  const old = await prepare({
    documentPath: oldPath,
    reversePath: null,
    profilePath,
    profile: prepared.profile,
    mayFitInPart: true,
  });
  return newOrSuspect(old.compiled, prepared.compiled);
}
