import type { Side } from '../../checklist/policies.js';

/** One of a list, by any number. */
export const choose = <T>(list: T[], index: number): T | undefined => list[index % Math.max(list.length, 1)];
export const far = (side: Side): Side => (side === 'a' ? 'b' : 'a');
