/** The document's title, split; `wellFormed` is false when it is not `A to B Dataflow`. */
export type Title = { text: string; source: string; target: string; line: number; wellFormed: boolean };

export function parseTitle(text: string, line: number): Title {
  const names = text.replace(/\s*Dataflow$/, '');
  const padded = `${names} `;
  const at = padded.indexOf(' to ');
  if (at < 0) return { text, source: names.trim(), target: '', line, wellFormed: false };
  return {
    text,
    source: padded.slice(0, at).trim(),
    target: padded.slice(at + 4).trim(),
    line,
    wellFormed: text !== '',
  };
}
