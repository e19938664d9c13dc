/** A 32-bit seed of a check's own, from the run's seed and the check's id: independent of order and selection. */
export function checkSeed(runSeed: number, checkId: string): number {
  let hash = 0x811c9dc5 ^ runSeed;
  for (let index = 0; index < checkId.length; index++) {
    hash = Math.imul(hash ^ checkId.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
