const TITLE = 'Quay to Ledger Dataflow';
const EVERY = 'Every Quay Boat will be synchronized with a Ledger Asset.';
const KEEP =
  'Once a link between a Quay Boat and a Ledger Asset is established, it will keep in sync between the two systems, regardless of where it is edited.';
const PROPERTIES = 'The following properties are synchronized between a Quay Boat and a Ledger Asset:';
const MERGE =
  'A Quay Boat will merge with a Ledger Asset if one of the following property combinations match:';
const HEADER = ['Quay Boat Property', 'Ledger Asset Property', 'Ledger Data Type'];
const table = (rows: string[][], options = '\n   :header-rows: 1') =>
  `.. list-table::${options}\n\n${rows.map((row) => `   * - ${row.join('\n     - ')}`).join('\n')}`;
const rows = (...given: string[][]) => table([HEADER, ...given]);
const NAME = ['name', 'title', '"string"'];

type Parts = { title?: string; heading?: string; body?: string[] };
const section = (heading: string, body: string[]) => `${heading}\n${'-'.repeat(40)}\n${body.join('\n\n')}\n`;
const PLAIN = [EVERY, KEEP, PROPERTIES, rows(NAME)];
/** The title stands on line 1, the heading of the section on line 4, its first paragraph on line 6. */
export const make = ({ title = TITLE, heading = 'Quay Boat to Ledger Asset', body = PLAIN }: Parts = {}) =>
  `${title}\n${'='.repeat(40)}\n\n${section(heading, body)}`;

export const REVERSE = make()
  .replaceAll('Quay', '<>')
  .replaceAll('Ledger', 'Quay')
  .replaceAll('<>', 'Ledger')
  .replaceAll('Boat', '<>')
  .replaceAll('Asset', 'Boat')
  .replaceAll('<>', 'Asset')
  .replace('* - name\n     - title', '* - title\n     - name');
const LINK_FIRST =
  'Before any synchronization can take place, a link between a Quay Boat and a Ledger Asset must be established.';

export type Case = {
  code: string;
  text: string;
  reverse?: string;
  line: number;
  words: string;
  remedy: RegExp;
};
export const CASES: Case[] = [
  {
    code: 'unparsed-line',
    text: make({ body: [...PLAIN, 'Boats fly.'] }),
    line: 22,
    words: 'Boats fly.',
    remedy: /one of the forms/,
  },
  {
    code: 'heading-not-a-pair',
    text: make({ heading: 'Boats and Assets', body: [] }),
    line: 4,
    words: 'Boats and Assets',
    remedy: /<System A> <Entity> to/,
  },
  {
    code: 'broken-table-row',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows(['name', 'title'])] }),
    line: 18,
    words: 'name | title',
    remedy: /same cells/,
  },
  {
    code: 'table-columns-mismatch',
    text: make({ body: [EVERY, KEEP, PROPERTIES, table([HEADER.slice(0, 2), ['name', 'title']])] }),
    line: 15,
    words: 'Quay Boat Property | Ledger Asset Property',
    remedy: /3 columns/,
  },
  {
    code: 'table-header-mismatch',
    text: make({
      body: [EVERY, KEEP, PROPERTIES, table([['Quay Crew Property', ...HEADER.slice(1)], NAME])],
    }),
    line: 15,
    words: 'Quay Crew Property',
    remedy: /two entities of the section/,
  },
  {
    code: 'table-without-header',
    text: make({ body: [EVERY, KEEP, PROPERTIES, table([HEADER, NAME], '')] }),
    line: 14,
    words: 'Quay Boat Property',
    remedy: /header-rows: 1/,
  },
  {
    code: 'sentence-names-other-pair',
    text: make({ body: ['Every Quay Crew will be synchronized with a Ledger Asset.', ...PLAIN.slice(1)] }),
    line: 6,
    words: 'Quay Crew',
    remedy: /heading of its pair/,
  },
  {
    code: 'no-sections',
    text: `${TITLE}\n${'='.repeat(40)}\n`,
    line: 1,
    words: '',
    remedy: /share an entity/,
  },
  {
    code: 'title-missing',
    text: `${'='.repeat(40)}\n${make({ title: 'Boats' })}`,
    line: 1,
    words: 'Boats',
    remedy: /A to B Dataflow/,
  },
  {
    code: 'system-name-missing',
    text: make({ title: 'Quay to  Dataflow' }),
    line: 1,
    words: 'Quay to  Dataflow',
    remedy: /name both systems/,
  },
  {
    code: 'title-heading-disagree',
    text: make({ title: 'Quay to Books Dataflow' }),
    line: 4,
    words: 'Quay Boat to Ledger Asset',
    remedy: /one name for one system/,
  },
  {
    code: 'system-spelling-differs',
    text: make({ title: 'QUAY to Ledger Dataflow' }),
    line: 4,
    words: 'Quay',
    remedy: /in one way/,
  },
  {
    code: 'repeated-section',
    text: make() + '\n' + section('Quay Boat to Ledger Asset', PLAIN),
    line: 22,
    words: 'Quay Boat to Ledger Asset',
    remedy: /delete one/,
  },
  {
    code: 'same-heading-twice',
    text:
      make() +
      '\n' +
      section('Quay Boat to Ledger Asset', [EVERY, KEEP, PROPERTIES, rows(['size', 'length', '"float"'])]),
    line: 22,
    words: 'Quay Boat to Ledger Asset',
    remedy: /join the two sections/,
  },
  {
    code: 'self-pair',
    text: make({
      title: 'Quay to Quay Dataflow',
      heading: 'Quay Boat to Quay Boat',
      body: PLAIN.map((one) => one.replaceAll('Ledger Asset', 'Quay Boat')),
    }),
    line: 4,
    words: 'Quay Boat to Quay Boat',
    remedy: /which two accounts/,
  },
  {
    code: 'connected-in-a-circle',
    text: make({
      body: [
        EVERY,
        'A new Ledger Asset will be created from a Quay Boat if it is connected to a Quay Boat that is synchronized into Ledger.',
        ...PLAIN.slice(1),
      ],
    }),
    line: 8,
    words: 'Quay Boat to Ledger Asset',
    remedy: /merge on/,
  },
  {
    code: 'leaked-note',
    text: make({
      body: [
        'left out for now until spring, it  will be synchronized with a Ledger Asset.',
        ...PLAIN.slice(1),
      ],
    }),
    line: 6,
    words: 'left out for now until spring',
    remedy: /condition that is meant/,
  },
  {
    code: 'sentence-missing',
    text: make({ body: [EVERY, PROPERTIES, rows(NAME)] }),
    line: 4,
    words: 'Quay Boat to Ledger Asset',
    remedy: /add the sentence/,
  },
  {
    code: 'merge-rows-missing',
    text: make({ body: [MERGE, table([HEADER.slice(0, 2)]), ...PLAIN] }),
    line: 6,
    words: 'Quay Boat to Ledger Asset',
    remedy: /match keys in the profile/,
  },
  {
    code: 'empty-property-table',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows()] }),
    line: 12,
    words: 'Quay Boat to Ledger Asset',
    remedy: /syncproof init/,
  },
  {
    code: 'several-sources-for-one-target',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows(NAME, ['alias', 'title', '"string"'])] }),
    line: 21,
    words: 'name | title; alias | title',
    remedy: /precedence/,
  },
  {
    code: 'unknown-transform',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows(['name', 'title', '"upper","_."]'])] }),
    line: 18,
    words: '"upper","_."]',
    remedy: /declare the transform/,
  },
  {
    code: 'unknown-type',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows(['name', 'title', 'N/A'])] }),
    line: 18,
    words: 'title',
    remedy: /name the type/,
  },
  {
    code: 'blank-property',
    text: make({ body: [EVERY, KEEP, PROPERTIES, rows(['name', '', '"string"'])] }),
    line: 18,
    words: 'name |',
    remedy: /fill in the property/,
  },
  {
    code: 'blank-qualifier',
    text: make({
      body: [EVERY, KEEP, PROPERTIES, rows(['name (Dependant on having  in kind)', 'title', '"string"'])],
    }),
    line: 18,
    words: 'Dependant on having',
    remedy: /fill in the value/,
  },
  {
    code: 'reverse-row-missing',
    text: make(),
    reverse: REVERSE.replace('- title\n     - name', '- size\n     - length'),
    line: 18,
    words: 'name | title',
    remedy: /one profile for both/,
  },
  {
    code: 'reverse-row-extra',
    text: make(),
    reverse: REVERSE.replace('- title\n     - name', '- size\n     - length'),
    line: 4,
    words: 'length | size',
    remedy: /say the same/,
  },
  {
    code: 'reverse-type-differs',
    text: make(),
    reverse: REVERSE.replace('"string"', '"integer"'),
    line: 18,
    words: 'name | title',
    remedy: /say the same/,
  },
  {
    code: 'reverse-merge-differs',
    text: make({ body: [MERGE, table([HEADER.slice(0, 2), ['name', 'title']]), ...PLAIN] }),
    reverse: REVERSE,
    line: 4,
    words: 'name | title',
    remedy: /match keys/,
  },
  {
    code: 'reverse-creation-differs',
    text: make({ body: [LINK_FIRST, ...PLAIN.slice(1)] }),
    reverse: REVERSE,
    line: 4,
    words: 'Quay Boat to Ledger Asset',
    remedy: /policies/,
  },
];
