import type { PathQualifier, PropertyPath } from './model.js';

const MARKER = 'Dependant on having ';

/** Splits a path as written into segments and qualifiers; a blank value or path in a qualifier becomes null. */
export function parsePath(written: string): PropertyPath {
  const text = written.trim();
  const at = text.indexOf(`(${MARKER}`);
  const start = at < 0 ? text.length : at;
  const path = text.slice(0, start);
  const [, ...conditions] = text.slice(start).replace(/\)$/, '').split(MARKER);
  return {
    text,
    segments: path
      .trim()
      .split('.')
      .filter((segment) => segment !== ''),
    qualifiers: conditions.map(parseQualifier),
  };
}

function parseQualifier(written: string): PathQualifier {
  const padded = ` ${written} `;
  const at = padded.indexOf(' in ');
  if (at < 0) return { value: blankAsNull(written), path: null };
  return { value: blankAsNull(padded.slice(0, at)), path: blankAsNull(padded.slice(at + 4)) };
}

function blankAsNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Whether a path names the key that a system gives its records itself. */
export const isPrimaryKey = ({ segments }: PropertyPath): boolean => isKeyName(segments.join('.'));

/** Whether a property bears the name of such a key. */
export const isKeyName = (name: string): boolean => /^(?:\$original_)?id$/i.test(name);

/** Splits a merge cell into the paths of a composite key; separators inside a qualifier do not count. */
export function parseComposite(written: string): PropertyPath[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of written.matchAll(/[(),+&]| and /g)) {
    if (mark === '(') depth += 1;
    else if (mark === ')') depth = Math.max(depth - 1, 0);
    else if (depth === 0) {
      parts.push(written.slice(start, index));
      start = index + mark.length;
    }
  }
  parts.push(written.slice(start));
  return parts.filter((part) => part.trim() !== '').map(parsePath);
}

/** The path without its qualifiers. */
export function plainPath(path: PropertyPath): string {
  return path.segments.join('.');
}
