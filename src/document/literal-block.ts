import type { Block, Read } from './blocks.js';
import type { Line } from './lines.js';

/** What a paragraph that ends in two colons announces, and a session of an interpreter: words shown as they are. */
export function readLiteral(lines: Line[], at: number, line: Line, before: Block | null): Read | null {
  if (line.text.startsWith('>>> ', line.indent)) return upTo(lines, at, line, (inner) => inner.text === '');
  const announced = before?.kind === 'paragraph' && before.raw.endsWith('::') && !before.raw.endsWith('\\::');
  if (!announced || before.span.endLine >= line.number || !isNext(lines, at, before)) return null;
  const indent = before.lines[0]?.indent ?? 0;
  if (line.indent > indent)
    return upTo(lines, at, line, (inner) => inner.text !== '' && inner.indent <= indent);
  const quote = line.text.charAt(line.indent);
  if (!/[!-/:-@[-`{-~]/.test(quote)) return null;
  return upTo(lines, at, line, (inner) => inner.text[inner.indent] !== quote);
}

/** True when nothing but blank lines stands between a paragraph and a line. */
function isNext(lines: Line[], at: number, before: Block): boolean {
  for (let index = at - 1; index >= 0; index--) {
    const line = lines[index];
    if (line === undefined || line.number <= before.span.endLine) return true;
    if (line.text !== '') return false;
  }
  return true;
}

function upTo(lines: Line[], at: number, line: Line, isEnd: (inner: Line) => boolean): Read {
  let next = at + 1;
  let end = next;
  for (; next < lines.length; next++) {
    const inner = lines[next];
    if (inner === undefined || isEnd(inner)) break;
    if (inner.text !== '') end = next + 1;
  }
  const span = { line: line.number, endLine: lines[end - 1]?.number ?? line.number };
  const text = lines
    .slice(at, end)
    .map((inner) => inner.text.trim())
    .join(' ');
  return { block: { kind: 'literal', span, text }, next };
}
