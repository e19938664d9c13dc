import type { EntityName } from './model.js';

const squash = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Splits `PowerOffice GO Customers (human data)` into system, entity and qualifier. `systems` are spellings known
 * from the title and the table headers; the longest one that the name begins with, blanks and punctuation aside,
 * is the system. Without one, the entity is the last word.
 */
export function splitName(display: string, systems: string[]): EntityName {
  const qualified = /^(.*\S)\s*\(([^()]*)\)$/.exec(display);
  const name = qualified?.[1] ?? display;
  const qualifier = qualified?.[2]?.trim() ?? null;
  const words = name.split(' ');
  const known = new Set(systems.map(squash).filter((system) => system !== ''));
  let length = words.length - 1;
  for (let size = words.length - 1; size >= 1; size--) {
    if (known.has(squash(words.slice(0, size).join(' ')))) {
      length = size;
      break;
    }
  }
  return {
    system: words.slice(0, length).join(' '),
    entity: words.slice(length).join(' '),
    qualifier: qualifier === '' ? null : qualifier,
    display,
  };
}

/** True when two names mean the same system, spelling aside. */
export function sameName(one: string, other: string): boolean {
  return squash(one) === squash(other);
}
