import type { Block, Read } from './blocks.js';
import type { Line } from './lines.js';

/** What a paragraph that ends in two colons announces, and a session of an interpreter: words shown as they are. */
export function readLiteral(lines: Line[], at: number, line: Line, before: Block | null): Read | null {
  if (line.text.startsWith('>>> ', line.indent)) return upTo(lines, at, line, (inner) => inner.text === '');
  const announced = before?.kind === 'paragraph' && before.raw.endsWith('::') && !before.raw.endsWith('\\::');
  if (!announced) return null;
  const [{ indent } = line] = before.lines;
  if (line.indent > indent)
    return upTo(lines, at, line, (inner) => inner.text !== '' && inner.indent <= indent);
  const quote = line.text.charAt(line.indent);
  if (!/[!-/:-@[-`{-~]/.test(quote)) return null;
  return upTo(lines, at, line, (inner) => inner.text[inner.indent] !== quote);
}

function upTo(lines: Line[], at: number, line: Line, isEnd: (inner: Line) => boolean): Read {
  let last = line;
  let next = at + 1;
  for (let inner = lines[next]; inner !== undefined && !isEnd(inner); inner = lines[next]) {
    if (inner.text !== '') last = inner;
    next += 1;
  }
  const span = { line: line.number, endLine: last.number };
  const words = lines.slice(at, next).map((inner) => inner.text.trim());
  return { block: { kind: 'literal', span, text: words.join(' ').trim() }, next };
}
