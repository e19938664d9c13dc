/** Documents that grow with `size` in one respect each: where work that grows with the square would show. */
const HEAD = 'A to B Dataflow\n===============\n\n';
const PAIR = 'A Thing to B Thing\n------------------\n';
const PROPERTIES = 'The following properties are synchronized between a A Thing and a B Thing:\n\n';
const MATCHES =
  'A A Thing will merge with a B Thing if one of the following property combinations match:\n\n';
const EVERY = 'Every A Thing will be synchronized with a B Thing.';
const LIST = '.. list-table::\n   :header-rows: 1\n\n   * - A Thing Property\n     - B Thing Property\n';
const TABLE = `${HEAD}${PAIR}${EVERY}\n\n${PROPERTIES}${LIST}     - B Data Type\n`;
const MERGE = `${HEAD}${PAIR}${MATCHES}${LIST}`;
const numbers = (size: number, line: (index: number) => string) =>
  Array.from({ length: size }, (_one, index) => line(index)).join('');
const SECTION = (index: number) =>
  `A T${index} to B U${index}\n-----------------\nEvery A T${index} will be synchronized with a B U${index}.\n\n`;

/** What is read. */
export const READ_SHAPES: Record<string, (size: number) => string> = {
  sections: (n) => HEAD + numbers(n, SECTION),
  'repeated sections': (n) => HEAD + `${PAIR}${EVERY}\n\n`.repeat(n),
  'sections with one heading': (n) => HEAD + numbers(n, (index) => `${PAIR}${EVERY} ${index}\n\n`),
  rows: (n) => TABLE + numbers(n, (index) => `   * - a${index}\n     - b${index}\n     - "string"\n`),
  'rows for one target': (n) => TABLE + numbers(n, (index) => `   * - a${index}\n     - b\n     - N/A\n`),
  'equal rows': (n) => TABLE + '   * - a\n     - b\n     - "string"\n'.repeat(n),
  'rows of one cell': (n) => TABLE + '   * - a\n'.repeat(n),
  'cells of one row': (n) => `${TABLE}   * - a\n${'     - b\n'.repeat(n)}`,
  'lines of one cell': (n) => `${TABLE}   * - a\n${'       more\n'.repeat(n)}`,
  'qualifiers of one path': (n) =>
    `${TABLE}   * - a (${'Dependant on having x in y'.repeat(n)})\n     - b\n     - N/A\n`,
  'segments of one path': (n) => `${TABLE}   * - ${'a.'.repeat(n)}a\n     - b\n     - N/A\n`,
  'brackets of a transform': (n) => `${TABLE}   * - a\n     - b\n     - ${'["if",'.repeat(n)}\n`,
  'quotes of a transform': (n) => `${TABLE}   * - a\n     - b\n     - ${'"'.repeat(n)}x\n`,
  'rows of a grid table': (n) =>
    `${HEAD}${PAIR}${PROPERTIES}+--+--+--+\n${'|a |b |c |\n+--+--+--+\n'.repeat(n)}`,
  'columns of a grid table': (n) => `${HEAD}${PAIR}${PROPERTIES}+${'-+'.repeat(n)}\n|${'a|'.repeat(n)}\n`,
  'rows of a simple table': (n) =>
    `${HEAD}${PAIR}${PROPERTIES}== == ==\na  b  c\n== == ==\n${'a  b  c\n'.repeat(n)}== == ==\n`,
  'simple tables that never end': (n) => `${HEAD}${PAIR}${'=== ===\na   b\n\n'.repeat(n)}`,
  borders: (n) => `${HEAD}${PAIR}${'=== ===\n\n'.repeat(n)}`,
  'rows of a csv-table': (n) => `${HEAD}${PAIR}${PROPERTIES}.. csv-table::\n\n${'   a, b, "c"\n'.repeat(n)}`,
  'a csv-table as wide as long': (n) =>
    `${HEAD}${PAIR}${PROPERTIES}.. csv-table::\n\n   ${'a,'.repeat(n)}\n${'   a\n'.repeat(n)}`,
  'an open quote of a csv-table': (n) =>
    `${HEAD}${PAIR}${PROPERTIES}.. csv-table::\n\n   a, "b\n${'   c\n'.repeat(n)}`,
  'options of a directive': (n) => `${HEAD}${PAIR}.. list-table::\n${'   :name: x\n'.repeat(n)}`,
  'lines of one option': (n) => `${HEAD}${PAIR}.. list-table::\n   :name: x\n${'   more\n'.repeat(n)}`,
  admonitions: (n) => HEAD + numbers(n, (depth) => `${' '.repeat(depth % 500)}.. note::\n`),
  'admonitions on one line': (n) => HEAD + '.. note:: '.repeat(n),
  'bullets on one line': (n) => HEAD + '- '.repeat(n),
  'nested bullets': (n) => HEAD + numbers(n, (depth) => `${' '.repeat(depth % 500)}- a\n\n`),
  comments: (n) => HEAD + '..\n   words\n\n'.repeat(n),
  'literal blocks': (n) => HEAD + 'Words::\n\n   more\n\n'.repeat(n),
  'blank lines behind two colons': (n) => `${HEAD}Words::${'\n'.repeat(n)}x\n`,
  'announcements without a block': (n) => HEAD + '::\n\n..\n\n'.repeat(n),
  substitutions: (n) => `.. |x| replace:: ${'word '.repeat(50)}\n\n${HEAD}${'|x| '.repeat(n)}`,
  'definitions of substitutions': (n) => HEAD + numbers(n, (index) => `.. |x${index}| replace:: y\n`),
  targets: (n) => HEAD + numbers(n, (index) => `.. _t${index}: x\n\nt${index}_\n\n`),
  'open emphasis': (n) => HEAD + PAIR + '*a '.repeat(n),
  'open literals': (n) => HEAD + PAIR + '``a '.repeat(n),
  'open roles': (n) => HEAD + PAIR + ':role:`a '.repeat(n),
  emphasis: (n) => HEAD + PAIR + '*a* **b** ``c`` `d <e>`_ '.repeat(n),
  backslashes: (n) => HEAD + PAIR + '\\'.repeat(n),
  underscores: (n) => HEAD + PAIR + 'a_'.repeat(n),
  'dashes and underscores': (n) => HEAD + PAIR + 'a-'.repeat(n) + '_ ',
  'open links': (n) => HEAD + PAIR + '`a <'.repeat(n) + '`_',
  'blanks in a link': (n) => `${HEAD}${PAIR}\`a${' '.repeat(n)}b\`_`,
  'words of a heading': (n) => `${HEAD}${'w '.repeat(n)}to y\n----\nx\n`,
  'parentheses of a heading': (n) => `${HEAD}A T${'('.repeat(n)}) to B T\n----\nx\n`,
  'blanks in a merge cell': (n) => `${MERGE}   * - a${' '.repeat(n)}b\n     - c\n`,
  'commas in a merge cell': (n) => `${MERGE}   * - ${'a,'.repeat(n)}(\n     - c\n`,
  'merge rows': (n) => MERGE + numbers(n, (index) => `   * - a${index}\n     - b${index}\n`),
  'rows and merge rows of one section': (n) =>
    `${MERGE}${numbers(n, (index) => `   * - a${index}\n     - b${index}\n`)}\n${PROPERTIES}${LIST}     - B Data Type\n${numbers(n, (index) => `   * - a${index}\n     - b${index}\n     - N/A\n`)}`,
  'types that depend on each other': (n) =>
    `${TABLE}${numbers(n, (index) => `   * - a${n - index}\n     - b${n - index}\n     - "string"\n   * - a${n - index}\n     - b${n - index - 1}\n     - "string"\n`)}   * - a1\n     - b0\n     - "integer"\n`,
  'targets with two sources': (n) =>
    TABLE +
    numbers(
      n,
      (index) =>
        `   * - a${index}\n     - b${index}\n     - N/A\n   * - c${index}\n     - b${index}\n     - N/A\n`,
    ),
  'sentences of one paragraph': (n) => `${HEAD}${PAIR}${`${EVERY} `.repeat(n)}`,
  'sentences of a section': (n) => `${HEAD}${PAIR}${`${EVERY}\n\n`.repeat(n)}`,
  'full stops': (n) => HEAD + PAIR + '. A '.repeat(n),
  'seams that are none': (n) => HEAD + PAIR + '. A b'.repeat(n),
  'wrapped lines': (n) => HEAD + PAIR + 'Every A Thing\n'.repeat(n),
  'entities to be connected to': (n) =>
    `${HEAD}${PAIR}A new B Thing will be created from a A Thing if it is connected to a A ${'E, '.repeat(n)}or F that is synchronized into B.\n`,
  'a condition': (n) => `${HEAD}${PAIR}When ${', it will be synchronized with a '.repeat(n)}B Thing.\n`,
  tabs: (n) => HEAD + PAIR + '\t'.repeat(n) + 'x',
  blanks: (n) => HEAD + PAIR + ' '.repeat(n) + 'x',
  'letters of one line': (n) => HEAD + PAIR + 'x'.repeat(n),
  equals: (n) => HEAD + PAIR + '='.repeat(n),
  'equals with blanks': (n) => HEAD + PAIR + '== '.repeat(n) + 'x',
  'letters of a system': (n) => `${'a '.repeat(n)}to B Dataflow\n====\n\n${PAIR}${EVERY}\n`,
  'carriage returns': (n) => HEAD + PAIR + '\r'.repeat(n),
};

/** What is compiled and shown too: whatever grows the checklist. */
export const COMPILED_SHAPES = [
  'sections',
  'repeated sections',
  'sections with one heading',
  'rows',
  'rows for one target',
  'equal rows',
  'qualifiers of one path',
  'segments of one path',
  'merge rows',
  'rows and merge rows of one section',
  'types that depend on each other',
  'targets with two sources',
  'commas in a merge cell',
  'sentences of a section',
  'entities to be connected to',
];
