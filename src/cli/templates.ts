import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemTemplates } from '../checklist/init.js';
import { packageRoot } from './package-root.js';
import { UsageError } from './usage-error.js';

const folder = (): string => join(packageRoot(), 'fixtures', 'templates');

/** Names of the descriptions of APIs that a profile can begin with. */
export function templateNames(): string[] {
  return readdirSync(folder())
    .flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []))
    .toSorted();
}

/** Reads what `--template` gives: `name` for each system, or `key=name` for one. Errors: `UsageError`. */
export function readTemplates(given: string[], keys: string[]): SystemTemplates {
  const found = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    const [key, name] = at < 0 ? [null, text] : [text.slice(0, at), text.slice(at + 1)];
    if (key !== null && !keys.includes(key))
      throw new UsageError(
        `--template ${text} names no system`,
        `one of ${keys.join(', ')}`,
        'correct the key',
      );
    if (!templateNames().includes(name))
      throw new UsageError(
        `there is no template ${name}`,
        `one of ${templateNames().join(', ')}`,
        'see docs/systems.md for what each describes',
      );
    const template = readFileSync(join(folder(), `${name}.yaml`), 'utf8');
    for (const one of key === null ? keys : [key]) found.set(one, template);
  }
  return found;
}
