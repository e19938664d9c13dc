import { foldSpace } from './forms.js';
import type { EntityName } from './model.js';

/** A name whatever its spelling: letters and digits only. */
export const squash = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Cuts a qualifier in parentheses off the end of a name. */
export function cutQualifier(display: string): { name: string; qualifier: string | null } {
  const open = display.endsWith(')') ? display.lastIndexOf('(') : -1;
  const name = display.slice(0, Math.max(open, 0)).trim();
  if (name === '') return { name: display, qualifier: null };
  const qualifier = display.slice(open + 1, -1).trim();
  return { name, qualifier: qualifier === '' ? null : qualifier };
}

/**
 * Splits `PowerOffice GO Customers (human data)` into system, entity and qualifier. `systems` are spellings known
 * from the title and the table headers; the longest one that the name begins with, blanks and punctuation aside,
 * is the system. Without one, the entity is the last word.
 */
export function splitName(text: string, systems: string[]): EntityName {
  const display = foldSpace(text);
  const { name, qualifier } = cutQualifier(display);
  const words = name.split(' ');
  const length = knownPrefix(words, systems) ?? words.length - 1;
  return {
    system: words.slice(0, length).join(' '),
    entity: words.slice(length).join(' '),
    qualifier,
    display,
  };
}

/** How many leading words are a known system, the longest first; the last word is never one of them. */
function knownPrefix(words: string[], systems: string[]): number | null {
  const known = new Set(systems.map(squash).filter((system) => system !== ''));
  const longest = Math.max(0, ...Array.from(known, (system) => system.length));
  let found: number | null = null;
  let prefix = '';
  for (const [index, word] of words.slice(0, -1).entries()) {
    prefix += squash(word);
    if (prefix.length > longest) break;
    if (known.has(prefix)) found = index + 1;
  }
  return found;
}

/** True when two names mean the same system, spelling aside. */
export function sameName(one: string, other: string): boolean {
  return squash(one) === squash(other);
}

/** The name of an entity, qualifier and all, whatever its spelling: letters and digits only. */
export const entityWord = ({ entity, qualifier }: EntityName): string =>
  squash(`${entity}${qualifier ?? ''}`);
