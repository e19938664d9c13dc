/** A physical line without its end; `number` is 1-based. Tabs count to the next multiple of eight. */
export type Line = { number: number; text: string; indent: number };

/** What ends a line or a page elsewhere and is a blank here; an editor counts no line for it. */
const ODD_BLANKS = /[\v\f\u0085\u2028\u2029]/g;

/** Splits a document into lines: BOM, CRLF and CR are taken off, tabs are expanded, trailing blanks dropped. */
export function splitLines(text: string): Line[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return body
    .replaceAll(ODD_BLANKS, ' ')
    .split(/\r\n|\n|\r/)
    .map((raw, index) => toLine(expandTabs(raw).trimEnd(), index + 1));
}

export const toLine = (text: string, number: number): Line => ({
  number,
  text,
  indent: text.length - text.trimStart().length,
});

/** The line as if its first `width` characters were blanks. */
export function blankStart(line: Line, width: number): Line {
  return toLine((' '.repeat(width) + line.text.slice(width)).trimEnd(), line.number);
}

function expandTabs(text: string): string {
  return text.split('\t').reduce((out, part) => out + ' '.repeat(8 - (out.length % 8)) + part);
}
