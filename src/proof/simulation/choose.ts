import type { Side } from '../../checklist/policies.js';

/** From this number on the newest are counted first. */
export const NEWEST = 8;

/** From this number on a pair is the one that the history is about. */
export const SUBJECT = 6;

/** One of a list, by any number. */
export function choose<T>(list: T[], index: number): T | undefined {
  const at = index % Math.max(list.length, 1);
  return index < NEWEST ? list[at] : list[list.length - 1 - ((index - NEWEST) % Math.max(list.length, 1))];
}

export const far = (side: Side): Side => (side === 'a' ? 'b' : 'a');
