/** A physical line without its end; `number` is 1-based. Tabs count to the next multiple of eight. */
export type Line = { number: number; text: string; indent: number };

/** Splits a document into lines: BOM, CRLF and CR are taken off, tabs are expanded, trailing blanks dropped. */
export function splitLines(text: string): Line[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return body.split(/\r\n|\n|\r/).map((raw, index) => {
    const line = expandTabs(raw).trimEnd();
    return { number: index + 1, text: line, indent: line.length - line.trimStart().length };
  });
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let out = '';
  for (const [index, part] of text.split('\t').entries()) {
    if (index > 0) out += ' '.repeat(8 - (out.length % 8));
    out += part;
  }
  return out;
}
