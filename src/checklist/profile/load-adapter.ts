import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Adapt } from '../../contract/http/adapter.js';
import { InputError } from '../../document/input-error.js';
import type { LoadedProfile } from './load.js';

/**
 * The adapters that a profile names, by the keys of their systems; a path begins at the profile's folder. TypeScript is
 * run as it stands. Errors: `InputError` for a file that is not there, does not load or exports no `adapt`.
 */
export async function loadAdapters(loaded: LoadedProfile | null): Promise<ReadonlyMap<string, Adapt>> {
  const found = new Map<string, Adapt>();
  if (loaded === null) return found;
  for (const [key, { adapter }] of Object.entries(loaded.profile.systems)) {
    if (adapter === undefined) continue;
    const where = `${loaded.path}:${loaded.lineOf(['systems', key, 'adapter'])}`;
    found.set(key, await loadAdapter(adapter, resolve(dirname(loaded.path), adapter), where));
  }
  return found;
}

async function loadAdapter(shown: string, path: string, where: string): Promise<Adapt> {
  const refuse = (found: string, remedy: string) =>
    new InputError({
      code: 'no-adapter',
      message: `the adapter ${shown} cannot be used`,
      where,
      expected: 'a file that exports adapt(fetch), which gives a fetch',
      found,
      remedy,
    });
  if (!existsSync(path)) throw refuse('no such file', 'correct the path; it begins at the profile');
  let module: unknown;
  try {
    const { createJiti } = await import('jiti');
    module = await createJiti(import.meta.url, { fsCache: false }).import(path);
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw refuse(line.replaceAll(dirname(path), '.'), 'mend the file');
  }
  const adapt = typeof module === 'object' && module !== null && 'adapt' in module ? module.adapt : undefined;
  if (typeof adapt !== 'function')
    throw refuse('no export adapt', 'export function adapt(fetch) from the file; see docs/systems.md');
  return adapt as Adapt;
}
