const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{20000}-\u{3FFFD}]/u;
const NO_WIDTH = /\p{Mn}|\u200B|\u200D|\uFE0F/u;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Text from documents and systems on one line, without anything a terminal would obey. */
export function clean(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROL, '\uFFFD').trim();
}

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const point of text) width += NO_WIDTH.test(point) ? 0 : WIDE.test(point) ? 2 : 1;
  return width;
}

/** At most `width` columns, with `…` where something was cut. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const point of text) {
    used += widthOf(point);
    if (used > width - 1) break;
    kept += point;
  }
  return `${kept}…`;
}

/** Filled with blanks to `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'right' ? text + blanks : blanks + text;
}

/** Lines of at most `width` columns, broken at blanks; the first starts with `first`, the others with `rest`. */
export function wrap(text: string, width: number, first = '', rest = ' '.repeat(widthOf(first))): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of splitLong(clean(text), width - widthOf(rest))) {
    const gap = isEmpty ? '' : ' ';
    if (!isEmpty && widthOf(line) + widthOf(gap + word) > width) {
      lines.push(line);
      line = rest + word;
    } else line += gap + word;
    isEmpty = false;
  }
  return [...lines, line];
}

function splitLong(text: string, width: number): string[] {
  return text.split(' ').flatMap((word) => {
    const parts: string[] = [];
    let rest = Array.from(word);
    while (widthOf(rest.join('')) > width) {
      parts.push(rest.slice(0, Math.max(1, Math.floor(width / 2))).join(''));
      rest = rest.slice(Math.max(1, Math.floor(width / 2)));
    }
    return [...parts, rest.join('')];
  });
}
