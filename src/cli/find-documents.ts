import { globSync } from 'tinyglobby';
import { UsageError } from './usage-error.js';

/** The files named by paths and globs, each once, in the order given; a glob without a file is a usage error. */
export function findDocuments(patterns: string[]): string[] {
  if (patterns.length === 0) {
    throw new UsageError(
      'no document given',
      'one or more .rst files or globs',
      'syncproof inspect my-document.rst',
    );
  }
  const files = patterns.flatMap((pattern) => {
    if (!/[*?{[]/.test(pattern)) return [pattern];
    const found = globSync(pattern, { onlyFiles: true, expandDirectories: false }).toSorted();
    if (found.length > 0) return found;
    throw new UsageError(
      `no file matches ${pattern}`,
      'at least one document',
      'check the folder and the pattern',
    );
  });
  return [...new Set(files)];
}
