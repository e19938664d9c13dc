import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataflowDocument } from '../../document/model.js';
import { loadProfile, type LoadedProfile } from './load.js';

const squash = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * The profile among the folders' YAML files whose two systems are those of the document, spelling aside; null when
 * there is none. YAML files that are no profile are passed over. Errors: `InputError` for a profile that is broken,
 * since the one that is meant would be missed.
 */
export async function findProfile(
  document: DataflowDocument,
  folders: string[],
): Promise<LoadedProfile | null> {
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.toSorted()) {
      if (!/\.ya?ml$/.test(name)) continue;
      const path = join(folder, name);
      if (!(await looksLikeProfile(path))) continue;
      const loaded = await loadProfile(path);
      if (fits(document, loaded)) return loaded;
    }
  }
  return null;
}

async function looksLikeProfile(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^systems:/m.test(text) && /^ +names:|\bnames: *\[/m.test(text);
}

function fits(document: DataflowDocument, { profile }: LoadedProfile): boolean {
  const [source, target] = Object.values(profile.systems);
  const says = (names: string[] | undefined, name: string) =>
    names?.some((one) => squash(one) === squash(name)) === true;
  return says(source?.names, document.systems.source) && says(target?.names, document.systems.target);
}
