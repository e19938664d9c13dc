import { Session } from 'node:inspector';

/** `blocks`: how often a block of our own code was entered; `characters`: how much text and how many items built-ins went over. */
export type Work = { blocks: number; characters: number };

type Method = (...given: unknown[]) => unknown;
const lengthOf = (value: unknown) =>
  typeof value === 'string' || Array.isArray(value) ? (value as { length: number }).length : 0;

/** What a call costs at least: what it gives, or all it had to go over. */
const goesOver = (self: unknown) => lengthOf(self);
const gives = (_self: unknown, _given: unknown[], result: unknown) => lengthOf(result);
const upToFound = (self: unknown, given: unknown[], result: unknown) => {
  const from = typeof given[1] === 'number' ? given[1] : 0;
  return (typeof result === 'number' && result >= 0 ? result : lengthOf(self)) - from + 1;
};
const matched = (self: unknown, given: unknown[], result: unknown) => {
  const match = result as RegExpExecArray | null;
  const { lastIndex, sticky } = self as RegExp;
  if (match === null) return sticky ? 1 : lengthOf(given[0]);
  return Math.max(match[0].length, lastIndex > 0 ? 1 : match.index);
};

/** What takes a callback is left out: its calls are counted as blocks. */
type Cost = (self: unknown, given: unknown[], result: unknown) => number;
const COSTS: [object, Cost, string[]][] = [
  [String.prototype, goesOver, ['includes', 'lastIndexOf', 'toLowerCase', 'trim', 'trimEnd', 'trimStart']],
  [String.prototype, goesOver, ['normalize', 'replaceAll', 'replace', 'split', 'matchAll']],
  [String.prototype, gives, ['slice', 'repeat', 'padEnd', 'padStart']],
  [String.prototype, upToFound, ['indexOf']],
  [RegExp.prototype, matched, ['exec']],
  [Array.prototype, goesOver, ['join', 'includes', 'indexOf', 'sort', 'toSorted', 'toReversed']],
  [Array.prototype, gives, ['slice', 'concat']],
];

/**
 * Starts counting, in this process and for good: V8 counts the blocks of a function only when it is compiled after
 * this, so that the code to be counted must be imported later. Gives a function that runs a step once and counts the
 * work it does in the files whose path holds one of `places`; wall time plays no part.
 */
export function startCounting(): (places: string[], step: () => unknown) => Work {
  const session = new Session();
  session.connect();
  const post = (method: string, given?: object) => {
    let answer: unknown;
    session.post(method, given, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = () => (post('Profiler.takePreciseCoverage') as { result: Script[] }).result;
  return (places, step) => {
    take();
    const characters = countCharacters(step);
    const blocks = take()
      .filter(({ url }) => places.some((place) => url.includes(place)))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
    return { blocks, characters };
  };
}

type Script = { url: string; functions: { ranges: { count: number }[] }[] };

/** What the built-ins go over while `step` runs. */
function countCharacters(step: () => unknown): number {
  let characters = 0;
  const undo = COSTS.flatMap(([prototype, cost, names]) =>
    names.map((name) => {
      const methods = prototype as Record<string, Method>;
      const original = methods[name];
      if (original === undefined) throw new Error(`no method ${name}`);
      methods[name] = function counted(this: unknown, ...given: unknown[]) {
        const result = original.apply(this, given);
        characters += cost(this, given, result);
        return result;
      };
      return () => {
        methods[name] = original;
      };
    }),
  );
  try {
    step();
    return characters;
  } finally {
    for (const restore of undo) restore();
  }
}
