import { listTable } from '../../src/document/testing/list-table-lines.js';

/** What one section of a made-up document says; `opening` is one line, or several, as the format has them. */
export type SectionWords = {
  pair: [source: string, target: string];
  opening?: string[];
  merge?: [string, string][];
  rows?: [source: string, target: string, type?: string][];
};

/** Writes a dataflow document between two systems; a section without an opening synchronises every record. */
export function writeDocument(from: string, to: string, sections: SectionWords[]): string {
  const title = `${from} to ${to} Dataflow`;
  const rule = '='.repeat(title.length);
  const lines = [
    rule,
    title,
    rule,
    '',
    'Generated: 2024-05-01 00:00:00',
    '',
    'Introduction',
    '------------',
    '',
  ];
  for (const { pair, opening, merge = [], rows = [] } of sections) {
    const [a, b] = [`${from} ${pair[0]}`, `${to} ${pair[1]}`];
    const heading = `${a} to ${b}`;
    lines.push(heading, '-'.repeat(heading.length));
    for (const line of opening ?? [`Every ${a} will be synchronized with a ${b}.`]) lines.push(line, '');
    if (merge.length > 0)
      lines.push(
        `A ${a} will merge with a ${b} if one of the following property combinations match:`,
        '',
        ...listTable([[`${a} Property`, `${b} Property`], ...merge]),
      );
    lines.push(
      `Once a link between a ${a} and a ${b} is established, it will keep in sync between the two systems, regardless of where it is edited.`,
      '',
      `The following properties are synchronized between a ${a} and a ${b}:`,
      '',
      ...listTable([
        [`${a} Property`, `${b} Property`, `${to} Data Type`],
        ...rows.map(([source, target, type = '"string"']) => [source, target, type]),
      ]),
      '',
    );
  }
  return lines.join('\n');
}

/** The sentence by which nothing is created before a link exists. */
export const linkFirst = (a: string, b: string) =>
  `Before any synchronization can take place, a link between a ${a} and a ${b} must be established.`;

/** The sentence by which a record is created when it is connected to one of others. */
export const ifConnected = (a: string, b: string, to: string, into: string) =>
  `A new ${b} will be created from a ${a} if it is connected to a ${to} that is synchronized into ${into}.`;
