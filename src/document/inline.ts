const WRAPPERS = ['``', '**', '*', '`'];

/** The words of a line of prose: a backslash escape gives its character, other markup stays as it is written. */
export function unescape(text: string): string {
  return text.includes('\\')
    ? text.replaceAll(/\\([!-/:-@[-`{-~ ])/g, (_all, one: string) => one.trim())
    : text;
}

/** The words of a table cell that holds a name: markup around the whole cell is taken off. */
export function unwrap(cell: string): string {
  const text = cell.trim();
  const around = WRAPPERS.find(
    (mark) => text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark),
  );
  if (around === undefined) return text;
  const inner = text.slice(around.length, -around.length);
  return inner.includes(around) ? text : inner.trim();
}
