import { refName, type References } from './references.js';

/** What may stand before and after marked up words. */
const BEFORE = /[\s\-:/'"<([{\u2018\u201C\u00AB]/;
const AFTER = /[\s\-:/'")\]}>.,;!?\\\u2019\u201D\u00BB]/;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", '(': ')', '[': ']', '{': '}', '<': '>' };
const MARKS = ['``', '**', '*', '`', '|'];
/** A mark, or an escaped character, which is none. */
const MARK = /\\[\s\S]|``|\*\*|[*`|]/g;

/**
 * The words of prose, of a heading or of a cell as a reader of the printed document sees them: inline markup is taken
 * off by the recognition rules of reStructuredText (emphasis, literals, roles, links, substitutions, escapes). Markup
 * that is never closed stays as it is written. Linear: a search for a closing mark that fails is not made again.
 */
export function plainText(raw: string, references: References): string {
  if (!/[\\*`|_]/.test(raw)) return raw;
  const parts: string[] = [];
  let from = 0;
  const open = new Set(MARKS);
  const prose = (start: number, end: number) => withoutTargets(unescape(raw.slice(start, end)), references);
  const marks = new RegExp(MARK);
  for (let found = marks.exec(raw); found !== null; found = marks.exec(raw)) {
    const { index: at, 0: mark } = found;
    if (!open.has(mark) || !startsHere(raw, at, mark)) continue;
    const end = endOf(raw, at, mark);
    if (end === null) {
      open.delete(mark);
      continue;
    }
    const role = mark === '`' ? /:[\w.+-]{1,40}:$/.exec(raw.slice(Math.max(from, at - 42), at))?.[0] : '';
    parts.push(prose(from, at - (role?.length ?? 0)));
    const inner = raw.slice(at + mark.length, end);
    from = end + mark.length + tailOf(raw, end + mark.length, mark);
    const words = wordsOf(inner, mark, raw[end + mark.length] === '_', references);
    parts.push(words ?? raw.slice(at, from));
    marks.lastIndex = from;
  }
  return [...parts, prose(from, raw.length)].join('');
}

function startsHere(raw: string, at: number, mark: string): boolean {
  const before = raw[at - 1] ?? ' ';
  const next = raw.charAt(at + mark.length);
  return !/\s/.test(next) && CLOSING[before] !== next && BEFORE.test(before);
}

/** Where the closing mark stands; null when none follows. */
function endOf(raw: string, start: number, mark: string): number | null {
  for (let at = raw.indexOf(mark, start + mark.length + 1); at !== -1; at = raw.indexOf(mark, at + 1)) {
    const before = raw.charAt(at - 1);
    if (/\s/.test(before) || (before === '\\' && mark !== '``')) continue;
    const next = at + mark.length;
    if (AFTER.test(raw[next + tailOf(raw, next, mark)] ?? ' ')) return at;
  }
  return null;
}

/** What may end a link (`_`, `__`) or a role (`:name:`) behind a closing mark. */
const TAILS: Record<string, RegExp> = { '`': /^(?:__?|:[\w.+-]{1,40}:)/, '|': /^__?/ };

function tailOf(raw: string, at: number, mark: string): number {
  return TAILS[mark]?.exec(raw.slice(at, at + 42))?.[0].length ?? 0;
}

/** What marked up words read as; null leaves them as written. */
function wordsOf(inner: string, mark: string, isLink: boolean, references: References): string | null {
  if (mark === '``') return inner;
  if (mark === '|') return references.substitutions.get(refName(inner)) ?? null;
  const target = isLink && inner.endsWith('>') ? inner.lastIndexOf('<') : -1;
  return unescape(target > 0 ? inner.slice(0, target).trimEnd() : inner);
}

/** `name_` is the word `name` when the document says where it leads; the mark of a footnote is its label. */
function withoutTargets(text: string, { targets }: References): string {
  const noted = text.replaceAll(/(?<![\w\]])\[([A-Za-z0-9][\w.-]{0,40})\]_(?!\w)/g, '$1');
  return noted.replaceAll(
    /(?<![\w.:+-])([A-Za-z0-9]+(?:[-.:+_][A-Za-z0-9]+)*)__?(?!\w)/g,
    (all, name: string) => (targets.has(refName(name)) ? name : all),
  );
}

/** A backslash gives the character behind it; before a blank it gives nothing. */
function unescape(text: string): string {
  return text.replaceAll(/\\([\s\S]?)/g, (_all, one: string) => one.trim());
}

const WRAPPERS = ['``', '**', '*', '`'];

/** The words of a data type cell: markup around the whole cell is taken off, all else stays as it is written. */
export function unwrap(cell: string): string {
  const text = cell.trim();
  const around = WRAPPERS.find(
    (mark) => text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark),
  );
  if (around === undefined) return text;
  const inner = text.slice(around.length, -around.length);
  return inner.includes(around) ? text : inner.trim();
}
