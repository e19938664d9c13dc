export type Row = { line: number; endLine: number; cells: string[] };

/** What a document's lines look like on a page; lines are 1-based, both ends included. */
export type Block =
  | { kind: 'title' | 'heading' | 'paragraph' | 'verbatim'; line: number; endLine: number; text: string }
  | { kind: 'table'; line: number; endLine: number; header: Row[]; rows: Row[] };

const ADORNMENT = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
const blank = (line: string | undefined) => line === undefined || line.trim() === '';
const indented = (line: string | undefined) => /^\s+\S/.test(line ?? '');

/** Cuts a document into blocks without judging it: every non-blank line ends up in exactly one. */
export function readBlocks(text: string): Block[] {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (blank(lines[at])) at += 1;
    else {
      const block = readBlock(lines, at);
      blocks.push(block);
      at = block.endLine;
    }
  }
  return blocks;
}

function readBlock(lines: string[], at: number): Block {
  const here = lines[at] ?? '';
  const next = lines[at + 1] ?? '';
  if (ADORNMENT.test(here) && !blank(next) && ADORNMENT.test(lines[at + 2] ?? '')) {
    return { kind: 'title', line: at + 1, endLine: at + 3, text: next.trim() };
  }
  if (!ADORNMENT.test(here) && ADORNMENT.test(next)) {
    return { kind: 'heading', line: at + 1, endLine: at + 2, text: here.trim() };
  }
  if (/^\.\.\s/.test(here)) return readDirective(lines, at);
  const end = endOf(lines, at, (line, index) => blank(line) || ADORNMENT.test(lines[index + 1] ?? ''));
  const text = lines.slice(at, end).join('\n');
  return { kind: indented(here) ? 'verbatim' : 'paragraph', line: at + 1, endLine: end, text };
}

function endOf(
  lines: string[],
  at: number,
  isEnd: (line: string | undefined, index: number) => boolean,
): number {
  let end = at + 1;
  while (end < lines.length && !isEnd(lines[end], end)) end += 1;
  return end;
}

function readDirective(lines: string[], at: number): Block {
  let end = endOf(lines, at, (line) => !blank(line) && !indented(line));
  while (end > at + 1 && blank(lines[end - 1])) end -= 1;
  const text = lines.slice(at, end).join('\n');
  if (!/^\.\.\s+list-table::/.test(lines[at] ?? ''))
    return { kind: 'verbatim', line: at + 1, endLine: end, text };
  const rows = readRows(lines, at + 1, end);
  const headers = Number(/:header-rows:\s*(\d+)/.exec(text)?.[1] ?? 0);
  return {
    kind: 'table',
    line: at + 1,
    endLine: end,
    header: rows.slice(0, headers),
    rows: rows.slice(headers),
  };
}

function readRows(lines: string[], from: number, end: number): Row[] {
  const rows: Row[] = [];
  for (let at = from; at < end; at += 1) {
    const line = lines[at] ?? '';
    const start = /^\s*\*\s+-(?:\s+(.*))?$/.exec(line);
    const cell = /^\s+-(?:\s+(.*))?$/.exec(line);
    const last = rows.at(-1);
    if (start !== null) rows.push({ line: at + 1, endLine: at + 1, cells: [start[1]?.trim() ?? ''] });
    else if (last !== undefined && !blank(line)) {
      last.endLine = at + 1;
      if (cell !== null) last.cells.push(cell[1]?.trim() ?? '');
      else last.cells.push(`${last.cells.pop() ?? ''} ${line.trim()}`.trim());
    }
  }
  return rows;
}
