import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** The built files that a verdict depends on beside the sync: what reads, compiles and judges. */
export function judgingFiles(): string[] {
  const built = join(packageRoot(), 'dist', 'src');
  const rooms = ['document', 'checklist', 'checks'].map((room) => join(built, room)).filter(existsSync);
  return rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

/** One digest of them all; it differs as soon as a check may judge otherwise. */
export function judgingDigest(): string {
  const digest = createHash('sha256');
  for (const file of judgingFiles().toSorted()) digest.update(readFileSync(file));
  return digest.digest('hex');
}
