const camelCase = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The words that were given for each option, in their order; a word that begins with a dash is the next option. */
function wordsGiven(argv: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const [at, word] of argv.entries()) {
    if (word === '--') break;
    const match = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word);
    if (match === null) continue;
    const [, name = '', joined] = match;
    const value = joined ?? argv[at + 1];
    const key = camelCase(name);
    if (value !== undefined) given.set(key, [...(given.get(key) ?? []), value]);
  }
  return given;
}

/**
 * Options as they were written, where the parser took a word for a number: the folder 007 is not the folder 7, and no word
 * at all is not 0. Changes `options` in place.
 */
export function restoreWords(options: Record<string, unknown>, argv: readonly string[]): void {
  for (const [key, words] of wordsGiven(argv)) {
    if (!(key in options)) continue;
    const value = options[key];
    const left = [...words];
    const restore = (one: unknown): unknown => {
      const at = typeof one === 'number' ? left.findIndex((word) => Number(word) === one) : -1;
      return at < 0 ? one : left.splice(at, 1)[0];
    };
    options[key] = Array.isArray(value) ? value.map(restore) : restore(value);
  }
}
