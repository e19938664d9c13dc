import { readDocument } from '../../document/read.js';
import { compile } from '../compile.js';
import { initProfile, type SystemTemplates } from '../init.js';

const TABLE = ['', '.. list-table::', '   :header-rows: 1', ''];
const cells = (...row: string[]) => row.map((cell, at) => `   ${at === 0 ? '*' : ' '} - ${cell}`);

/** Sections of a document of the two systems Desk and Book. */
export const section = (source: string, target: string, ...sentences: string[]) => {
  const heading = `Desk ${source} to Book ${target}`;
  return [heading, '-'.repeat(heading.length), ...sentences.flatMap((one) => [one, '']), ''];
};
export const EVERY = 'Every Desk Client will be synchronized with a Book Account.';
export const properties = (...rows: string[][]) => [
  'The following properties are synchronized between a Desk Client and a Book Account:',
  ...TABLE,
  ...cells('Desk Client Property', 'Book Account Property', 'Book Data Type'),
  ...rows.flatMap((row) => cells(...row)),
  '',
];
export const merges = (...rows: string[][]) => [
  'A Desk Client will merge with a Book Account if one of the following property combinations match:',
  ...TABLE,
  ...cells('Desk Client Property', 'Book Account Property'),
  ...rows.flatMap((row) => cells(...row)),
  '',
];

/** The profile that is drafted for a document; its first section stands on line 4. */
export function draftOf(lines: string[], given: Given = {}): string {
  const { title = 'Desk to Book Dataflow', templates, back } = given;
  const document = read(title, lines);
  const reverse = back === undefined ? null : read('Book to Desk Dataflow', back);
  const compiled = compile({ document, reverse, profile: null, contracts: {} });
  return initProfile(document, compiled, templates, reverse);
}
/** `back` are the sections of the reverse document. */
type Given = { title?: string; templates?: SystemTemplates; back?: string[] };

const read = (title: string, lines: string[]) =>
  readDocument([title, '='.repeat(Math.max(title.length, 4)), '', ...lines, ''].join('\n'), 'd.rst');

/** What the draft says below its line `pairs:`, without the checks that wait. */
export const pairsOf = (...lines: string[]): string[] => pairsWith({}, ...lines);
export const pairsWith = (given: Given, ...lines: string[]): string[] => {
  const all = draftOf(lines, given).trimEnd().split('\n');
  return all.slice(all.indexOf('pairs:') + 1).filter((line) => !/# \d+ checks? waits?/.test(line));
};
