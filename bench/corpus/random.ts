/** A repeatable source of choices: the same seed gives the same choices on every machine. */
export type Random = {
  /** A number from 0 up to, not including, 1. */
  next: () => number;
  /** True in `share` of all cases. */
  chance: (share: number) => boolean;
  /** A whole number from `from` to `to`, both included. */
  between: (from: number, to: number) => number;
  pick: <T>(from: readonly [T, ...T[]]) => T;
  /** Picks by weight; the weights need not add up to one. */
  weighted: <T>(from: readonly (readonly [T, number])[]) => T;
};

/** The generator of Tommy Ettinger known as mulberry32, over a seed and the number of a document. */
export function createRandom(seed: number, document: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(document + 1, 0xc2b2ae35)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (share) => next() < share,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    weighted: (from) => {
      let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of from) {
        left -= weight;
        if (left < 0) return value;
      }
      return from[0]![0];
    },
  };
}
