import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { LoadedProfile } from '../checklist/profile/index.js';
import { capabilitiesSchema, type Capabilities } from '../contract/capabilities.js';
import { InputError } from '../document/input-error.js';

/**
 * What the providers lack, out of the files that the profile and the command line name; a file of the command line
 * counts instead of the profile's of the same system. Errors: `InputError`.
 */
export async function readCapabilities(
  profile: LoadedProfile | null,
  paths: string[],
): Promise<Capabilities[]> {
  const named = Object.entries(profile?.profile.systems ?? {}).flatMap(([key, { capabilities }]) =>
    capabilities === undefined || profile === null
      ? []
      : [
          {
            path: resolve(dirname(profile.path), capabilities),
            where: `${profile.path}:${profile.lineOf(['systems', key, 'capabilities'])}`,
          },
        ],
  );
  const given = paths.map((path) => ({ path, where: path }));
  const found = new Map<string, Capabilities>();
  for (const { path, where } of [...named, ...given]) {
    const one = await readOne(path, where);
    found.set(one.system, one);
  }
  return [...found.values()];
}

async function readOne(path: string, where: string): Promise<Capabilities> {
  const refuse = (message: string, expected: string, found: string) =>
    new InputError({
      code: 'no-capabilities',
      message: `${path} ${message}`,
      where,
      expected,
      found,
      remedy: 'write the file with syncproof contract check --out, or correct the path',
    });
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse('cannot be read', 'a readable file', error.code ?? error.message);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('is no JSON', 'the findings of contract check', text.slice(0, 40));
  }
  const result = capabilitiesSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse('holds no capabilities', issue?.message ?? '', issue?.path.join('.') ?? '');
}
