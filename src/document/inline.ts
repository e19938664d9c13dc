import { refName, type References } from './references.js';

/** What may stand before and after marked up words. */
const BEFORE = /[\s\-:/'"<([{\u2018\u201C\u00AB]/;
const AFTER = /[\s\-:/'")\]}>.,;!?\\\u2019\u201D\u00BB]/;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", '(': ')', '[': ']', '{': '}', '<': '>' };
const MARKS = ['``', '**', '*', '`', '|'] as const;
type Mark = (typeof MARKS)[number];

/**
 * The words of prose, of a heading or of a cell as a reader of the printed document sees them: inline markup is taken
 * off by the recognition rules of reStructuredText (emphasis, literals, roles, links, substitutions, escapes). Markup
 * that is never closed stays as it is written. Linear: a search for a closing mark that fails is not made again.
 */
export function plainText(raw: string, references: References): string {
  if (!/[\\*`|]/.test(raw)) return withoutTargets(raw, references);
  const parts: string[] = [];
  let from = 0;
  const open = new Set<Mark>(MARKS);
  const prose = (start: number, end: number) => withoutTargets(unescape(raw.slice(start, end)), references);
  for (let at = nextMark(raw, 0); at < raw.length;) {
    const mark = MARKS.find((one) => raw.startsWith(one, at));
    const opens = mark !== undefined && open.has(mark) && startsHere(raw, at, mark);
    const end = opens ? endOf(raw, at, mark) : -1;
    if (mark === undefined || end < 0) {
      if (mark !== undefined && opens) open.delete(mark);
      at = nextMark(raw, at + (mark?.length ?? 2));
      continue;
    }
    const role = mark === '`' ? /:[\w.+-]{1,40}:$/.exec(raw.slice(Math.max(from, at - 42), at))?.[0] : '';
    parts.push(prose(from, at - (role?.length ?? 0)));
    const inner = raw.slice(at + mark.length, end);
    from = end + mark.length + tailOf(raw, end + mark.length, mark);
    const words = wordsOf(inner, mark, raw[end + mark.length] === '_', references);
    parts.push(words ?? raw.slice(at, from));
    at = nextMark(raw, from);
  }
  return [...parts, prose(from, raw.length)].join('');
}

const SPECIAL = /[\\*`|]/g;

function nextMark(raw: string, from: number): number {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(raw)?.index ?? raw.length;
}

function startsHere(raw: string, at: number, mark: Mark): boolean {
  const before = raw[at - 1] ?? ' ';
  const next = raw[at + mark.length] ?? ' ';
  return !/\s/.test(next) && CLOSING[before] !== next && BEFORE.test(before);
}

/** Where the closing mark stands; -1 when none follows. */
function endOf(raw: string, start: number, mark: Mark): number {
  for (let at = raw.indexOf(mark, start + mark.length + 1); at >= 0; at = raw.indexOf(mark, at + 1)) {
    const before = raw[at - 1] ?? ' ';
    if (/\s/.test(before) || (before === '\\' && mark !== '``')) continue;
    if (mark === '*' && raw[at + 1] === '*') continue;
    const next = at + mark.length;
    if (AFTER.test(raw[next + tailOf(raw, next, mark)] ?? ' ')) return at;
  }
  return -1;
}

/** How long the end of a link (`_`, `__`) or of a role (`:name:`) behind a closing mark is. */
function tailOf(raw: string, at: number, mark: Mark): number {
  if (mark !== '`' && mark !== '|') return 0;
  const tail = mark === '`' ? /^(?:__?|:[\w.+-]{1,40}:)/ : /^__?/;
  return tail.exec(raw.slice(at, at + 42))?.[0].length ?? 0;
}

/** What marked up words read as; null leaves them as written. */
function wordsOf(inner: string, mark: Mark, isLink: boolean, references: References): string | null {
  if (mark === '``') return inner;
  if (mark === '|') return references.substitutions.get(refName(inner)) ?? null;
  const target = isLink && inner.endsWith('>') ? inner.lastIndexOf('<') : -1;
  return unescape(target > 0 ? inner.slice(0, target).trimEnd() : inner);
}

/** `name_` is the word `name` when the document says where it leads; the mark of a footnote is its label. */
function withoutTargets(text: string, { targets }: References): string {
  if (!/_(?!\w)/.test(text)) return text;
  const noted = text.replaceAll(/(?<![\w\]])\[([A-Za-z0-9][\w.-]{0,40})\]_(?!\w)/g, '$1');
  return noted.replaceAll(
    /(?<![\w.:+-])([A-Za-z0-9]+(?:[-.:+_][A-Za-z0-9]+)*)__?(?!\w)/g,
    (all, name: string) => (targets.has(refName(name)) ? name : all),
  );
}

/** A backslash gives the character behind it; before a blank it gives nothing. */
function unescape(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\([\s\S]?)/g, (_all, one: string) => one.trim()) : text;
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
