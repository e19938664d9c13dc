import type { Diagnostic, Severity } from '../model.js';

export type CodeRow = { code: string; severity: Severity; about: string };

/** What the reader itself finds, before any rule runs. */
export const READER_CODES = [
  {
    code: 'unparsed-line',
    severity: 'error',
    about: 'A part of the document is none of the nine sentence forms and no table that belongs to one.',
  },
  {
    code: 'heading-not-a-pair',
    severity: 'error',
    about: 'A heading is not `<System A> <Entity> to <System B> <Entity>`.',
  },
  {
    code: 'broken-table-row',
    severity: 'error',
    about: 'A row has more or fewer cells than its table, or a table is cut off.',
  },
  {
    code: 'table-columns-mismatch',
    severity: 'error',
    about: 'A table has more or fewer columns than its sentence calls for.',
  },
  {
    code: 'table-header-mismatch',
    severity: 'warning',
    about: 'The header of a table does not name the two entities of its section.',
  },
  { code: 'table-without-header', severity: 'warning', about: 'A table marks no row as its header.' },
  {
    code: 'sentence-names-other-pair',
    severity: 'error',
    about: 'A sentence names another pair than the heading it stands under.',
  },
] as const satisfies readonly CodeRow[];

export type ReaderCode = (typeof READER_CODES)[number]['code'];
const SEVERITY = Object.fromEntries(READER_CODES.map((row) => [row.code, row.severity])) as Record<
  ReaderCode,
  Severity
>;
const MOST_WORDS = 300;

/** A finding of the reader; its severity stands in `READER_CODES`. */
export function diagnose(
  code: ReaderCode,
  line: number,
  message: string,
  remedy: string,
  words: string,
): Diagnostic {
  return { severity: SEVERITY[code], code, line, message, remedy, words: words.slice(0, MOST_WORDS) };
}
