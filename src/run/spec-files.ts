/** The checklist's spec files `checklist-1` to `checklist-8`; a run takes the first few of them. */
export const MOST_PARTS = 8;
const WORKERS = 2;

/** Spec files that a run is spread over: one for each worker of each machine, as far as there are files. */
export function partsFor(shards: number): number {
  return shards * WORKERS <= MOST_PARTS ? shards * WORKERS : shards;
}

/** Glob for the first `parts` spec files. */
export function specPattern(parts: number): string {
  return parts === 1 ? 'checklist-1.spec.js' : `checklist-[1-${parts}].spec.js`;
}

/** The part that a spec file judges, from 0. */
export function partOfFile(name: string): number {
  const number = /^checklist-(\d+)\.spec\./.exec(name)?.[1];
  if (number === undefined) throw new Error(`${name} is no spec file of the checklist`);
  return Number(number) - 1;
}
