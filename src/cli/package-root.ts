import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds syncproof's package.json, from the sources and from the built files alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}

/** The built spec files and the threads beside them, each joined with what it imports. */
export function specFolder(): string {
  return join(packageRoot(), 'dist', 'bundled');
}

export function bundledDocument(): string {
  return join(packageRoot(), 'fixtures', 'dataflows', 'webshop-crm.rst');
}

export function bundledProfiles(): string {
  return join(packageRoot(), 'fixtures', 'profiles');
}

/** A path as a user would type it: relative where it lies below the working folder. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
