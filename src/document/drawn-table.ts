import { isGridTable, readGridTable } from './grid-table.js';
import { isSimpleTable, readSimpleTable } from './simple-table.js';
import type { Line } from './lines.js';
import type { Table } from './table.js';

export const startsDrawnTable = ({ text }: Line) => isGridTable(text) || isSimpleTable(text);

/** Reads the table whose top border is the line `top`. */
export function readDrawnTable(lines: Line[], at: number, top: Line): { block: Table; next: number } {
  return isGridTable(top.text) ? readGridTable(lines, at, top) : readSimpleTable(lines, at, top);
}
