import { MOST_PARTS } from '../run/spec-files.js';
import { UsageError } from './usage-error.js';

/** A whole number from 0 to 2^32 - 1; undefined gives the fallback. */
export function readSeed(value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  const number = value === '' ? Number.NaN : Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= 0xffffffff) return number;
  throw new UsageError(
    `--seed ${String(value)} is no seed`,
    'a whole number from 0 to 4294967295',
    'leave it out for 1',
  );
}

/** `2/3` is the second of three parts; undefined is the whole. */
export function readShard(value: unknown): { index: number; count: number } | null {
  const word = readOne('shard', value);
  if (word === null) return null;
  const match = /^(\d+)\/(\d+)$/.exec(word);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= count && count <= MOST_PARTS) return { index, count };
  throw new UsageError(
    `--shard ${word} is no shard`,
    `index/count from 1/1 to ${MOST_PARTS}/${MOST_PARTS}, such as 1/3`,
    'give each machine its own index and all of them the same count',
  );
}

/** Colour only on a terminal, and never against NO_COLOR or --no-color. */
export function wantsColor(option: unknown): boolean {
  return option !== false && process.env['NO_COLOR'] === undefined && process.stdout.isTTY === true;
}

/** The words of an option that may be given several times. */
export function readList(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** An option with one value; given twice it is refused. */
export function readOne(name: string, value: unknown): string | null {
  const list = readList(value);
  if (list.length > 1) throw new UsageError(`--${name} is given twice`, 'one value', `keep one --${name}`);
  return list[0] ?? null;
}

/** One of a few words. */
export function readChoice<T extends string>(
  name: string,
  value: unknown,
  choices: readonly T[],
  fallback: T,
): T {
  const word = readOne(name, value);
  if (word === null) return fallback;
  const found = choices.find((choice) => choice === word);
  if (found !== undefined) return found;
  throw new UsageError(
    `--${name} ${word} is unknown`,
    `one of ${choices.join(', ')}`,
    'see syncproof run --help',
  );
}

/** A whole number from 1 to 1000. */
export function readCount(name: string, value: unknown): number {
  const number = Number(readOne(name, value) ?? 1);
  if (Number.isInteger(number) && number >= 1 && number <= 1000) return number;
  throw new UsageError(
    `--${name} ${String(value)} is no count`,
    'a whole number from 1 to 1000',
    'leave it out for 1',
  );
}
