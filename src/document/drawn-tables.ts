import type { Cell, Table } from './blocks.js';
import type { Line } from './lines.js';

type Read = { block: Table; next: number };

export const isGridTable = (text: string) => /^\s*\+(?:[-=]+\+)+$/.test(text);
export const isSimpleTable = (text: string) => /^\s*={2,}(?:\s+={2,})+$/.test(text);

/** A table drawn with `+---+` and `|`; cells that span are not part of the format. */
export function readGridTable(lines: Line[], at: number): Read {
  const header: Cell[][] = [];
  const rows: Cell[][] = [];
  let pending: Cell[] | null = null;
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || !/^\s*[+|]/.test(line.text)) break;
    const text = line.text.trim();
    if (text.startsWith('+')) {
      if (pending !== null) rows.push(pending);
      pending = null;
      if (text.startsWith('+=')) header.push(...rows.splice(0));
      continue;
    }
    const parts = text.replace(/^\|/, '').replace(/\|$/, '').split('|');
    pending = joinCells(
      pending,
      parts.map((part) => part.trim()),
      line.number,
    );
  }
  return finish(lines, at, next, header, rows);
}

/** A table drawn with `====  ====` borders; a blank first column continues the row above. */
export function readSimpleTable(lines: Line[], at: number): Read {
  const border = lines[at]?.text ?? '';
  const starts = Array.from(border.matchAll(/=+/g), (match) => match.index);
  const header: Cell[][] = [];
  const rows: Cell[][] = [];
  let borders = 1;
  let next = at + 1;
  for (; next < lines.length && borders < 3; next++) {
    const line = lines[next];
    if (line === undefined) break;
    if (isSimpleTable(line.text)) {
      borders += 1;
      const more = lines.slice(next + 1, next + 2).some((following) => following.text !== '');
      if (borders === 2 && more) header.push(...rows.splice(0));
      else if (borders === 2) break;
      continue;
    }
    if (line.text === '') continue;
    const parts = starts.map((start, index) => line.text.slice(start, starts[index + 1]).trim());
    const last = rows.at(-1);
    if (parts[0] === '' && last !== undefined) joinCells(last, parts, line.number);
    else rows.push(parts.map((text) => ({ text, line: line.number })));
  }
  return finish(lines, at, Math.max(next, at + 1), header, rows);
}

function joinCells(cells: Cell[] | null, parts: string[], line: number): Cell[] {
  if (cells === null) return parts.map((text) => ({ text, line }));
  cells.forEach((cell, index) => {
    cell.text = `${cell.text} ${parts[index] ?? ''}`.trim();
  });
  return cells;
}

function finish(lines: Line[], at: number, next: number, header: Cell[][], rows: Cell[][]): Read {
  const first = lines[at]?.number ?? 1;
  const span = { line: first, endLine: lines[next - 1]?.number ?? first };
  return { block: { kind: 'table', span, headerRows: header, rows, problems: [] }, next };
}
