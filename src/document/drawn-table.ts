import { isGridTable, readGridTable } from './grid-table.js';
import { isSimpleTable, readSimpleTable } from './simple-table.js';
import type { Line } from './lines.js';
import type { Table } from './table.js';

export const startsDrawnTable = ({ text }: Line) => isGridTable(text) || isSimpleTable(text);

/** Reads the table whose top border stands at a line. */
export function readDrawnTable(lines: Line[], at: number): { block: Table; next: number } {
  return isGridTable(lines[at]?.text ?? '') ? readGridTable(lines, at) : readSimpleTable(lines, at);
}
