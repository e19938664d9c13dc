import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataflowDocument } from '../../document/model.js';
import { loadProfile, type LoadedProfile } from './load.js';

const squash = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * The profile among the folders' YAML files whose two systems are those of the document, spelling aside; null when
 * there is none. YAML files that are no profile are passed over.
 */
export async function findProfile(
  document: DataflowDocument,
  folders: string[],
): Promise<LoadedProfile | null> {
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.toSorted()) {
      if (!/\.ya?ml$/.test(name)) continue;
      const loaded = await loadProfile(join(folder, name)).catch(() => null);
      if (loaded !== null && fits(document, loaded)) return loaded;
    }
  }
  return null;
}

function fits(document: DataflowDocument, { profile }: LoadedProfile): boolean {
  const [source, target] = Object.values(profile.systems);
  const says = (names: string[] | undefined, name: string) =>
    names?.some((one) => squash(one) === squash(name)) === true;
  return says(source?.names, document.systems.source) && says(target?.names, document.systems.target);
}
