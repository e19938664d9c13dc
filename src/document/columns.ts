/** Holds the second column of a wide character, so that an index into a line is a column of the page. */
const FILLER = '\uE000';
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/g;

/** A line in which every character takes one place; most astral characters are wide and two units long already. */
export const byColumn = (text: string) => text.replaceAll(WIDE, `$&${FILLER}`);

/** The words of a piece cut out of such a line. */
export const fromColumns = (piece: string) => piece.replaceAll(FILLER, '').trim();
