import type { Json } from '../../contract/field.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const OWN = 6;

/** The mark of all records of a run: eight small letters out of random bytes. */
export function makeRunTag(bytes: Uint8Array): string {
  return `zq${Array.from(bytes.slice(0, 6), (byte) => LETTERS[byte % 26]).join('')}`;
}

/** Gives every world of a run a tag that begins with the run's and depends on its purpose alone. */
export class WorldTags {
  private readonly taken = new Set<string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly runTag: string) {}

  next(purpose: string): string {
    const count = (this.counts.get(purpose) ?? 0) + 1;
    this.counts.set(purpose, count);
    for (let turn = 0; ; turn++) {
      const tag = this.runTag + lettersOf(`${purpose} ${count} ${turn}`);
      if (this.taken.has(tag)) continue;
      this.taken.add(tag);
      return tag;
    }
  }
}

function lettersOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  let letters = '';
  for (let index = 0; index < OWN; index++) {
    letters += LETTERS[hash % 26];
    hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0;
  }
  return letters;
}

/** Whether a value holds a tag anywhere, in letters of either case. */
export function holdsTag(value: Json, tag: string): boolean {
  return JSON.stringify(value).toLowerCase().includes(tag);
}

/** Tags of worlds of a run that a value holds. */
export function tagsIn(value: Json, runTag: string): string[] {
  const found = JSON.stringify(value)
    .toLowerCase()
    .matchAll(new RegExp(`${runTag}[a-z]{${OWN}}`, 'g'));
  return [...new Set(Array.from(found, ([tag]) => tag))];
}
