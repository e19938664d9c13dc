import type { PathQualifier, PropertyPath } from './model.js';

const MARKER = 'Dependant on having ';

/** Splits a path as written into segments and qualifiers; a blank value or path in a qualifier becomes null. */
export function parsePath(written: string): PropertyPath {
  const text = written.trim();
  const open = text.indexOf('(');
  const start = open >= 0 && text.slice(open + 1).startsWith(MARKER) ? open : -1;
  const path = (start < 0 ? text : text.slice(0, start)).trim();
  const inner = start < 0 ? '' : text.slice(start + 1).replace(/\)$/, '');
  return {
    text,
    segments: path.split('.').filter((segment) => segment !== ''),
    qualifiers: parseQualifiers(inner),
  };
}

function parseQualifiers(inner: string): PathQualifier[] {
  return inner
    .split(MARKER)
    .slice(1)
    .map((part) => {
      const at = ` ${part}`.indexOf(' in ');
      if (at < 0) return { value: blankAsNull(part), path: null };
      return {
        value: blankAsNull(part.slice(0, Math.max(at - 1, 0))),
        path: blankAsNull(part.slice(at + 3)),
      };
    });
}

function blankAsNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** The path without its qualifiers. */
export function plainPath(path: PropertyPath): string {
  return path.segments.join('.');
}
