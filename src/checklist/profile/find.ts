import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../document/input-error.js';
import type { DataflowDocument } from '../../document/model.js';
import { squash } from '../../document/names.js';
import { loadProfile, type LoadedProfile } from './load.js';
import { isServedProfile } from './served-profile.js';

/**
 * The profile among the folder's YAML files whose two systems are those of the document, spelling aside; null when
 * there is none. YAML files that are no profile are passed over, as are those of `syncproof serve`. Errors: `InputError` for a profile that is broken,
 * since the one that is meant would be missed, and for several that fit, since only a person knows which is meant.
 */
export async function findProfile(document: DataflowDocument, folder: string): Promise<LoadedProfile | null> {
  const found: LoadedProfile[] = [];
  const names = await readdir(folder).catch(() => []);
  for (const name of names.toSorted()) {
    if (!/\.ya?ml$/.test(name)) continue;
    const path = join(folder, name);
    if (!(await looksLikeProfile(path))) continue;
    const loaded = await loadProfile(path);
    if (fits(document, loaded)) found.push(loaded);
  }
  if (found.length > 1)
    throw new InputError({
      code: 'several-profiles',
      message: `several profiles fit ${document.path}`,
      where: folder,
      expected: `one profile for ${document.systems.source} and ${document.systems.target}`,
      found: found.map(({ path }) => basename(path)).join(', '),
      remedy: 'name the one that is meant with --profile',
    });
  return found[0] ?? null;
}

async function looksLikeProfile(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (isServedProfile(text)) return false;
  return /^systems:/m.test(text) && /^ +names:|\bnames: *\[/m.test(text);
}

/** Whether the two systems of a profile are those of the document, in their order, spelling aside. */
export function fits(document: DataflowDocument, { profile }: LoadedProfile): boolean {
  const wanted = [document.systems.source, document.systems.target].map(squash);
  return Object.values(profile.systems).every(({ names }, at) =>
    names.some((name) => squash(name) === wanted[at]),
  );
}
