const ENDING = ' Dataflow';

/** The document's title, split; `wellFormed` is false when it is not `A to B Dataflow`. */
export type Title = { text: string; source: string; target: string; line: number; wellFormed: boolean };

/** Splits a title at its first ` to `; either name may come out empty. */
export function parseTitle(text: string, line: number): Title {
  const isNamed = isTitle(text);
  const padded = ` ${isNamed ? text.slice(0, 1 - ENDING.length) : text} `;
  const at = padded.indexOf(' to ');
  if (at < 0) return { text, source: padded.trim(), target: '', line, wellFormed: false };
  const source = padded.slice(0, at).trim();
  return { text, source, target: padded.slice(at + 4).trim(), line, wellFormed: isNamed };
}

/** True for a heading that ends as the title of a dataflow document does. */
export function isTitle(text: string): boolean {
  return ` ${text}`.endsWith(ENDING);
}
