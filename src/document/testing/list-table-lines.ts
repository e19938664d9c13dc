/** The lines of a table as a dataflow document has it; the first row is its header. */
export const listTable = (rows: string[][]): string[] => [
  '.. list-table::',
  '   :header-rows: 1',
  '',
  ...rows.flatMap((row) => row.map((cell, at) => `   ${at === 0 ? '*' : ' '} - ${cell}`)),
  '',
];
