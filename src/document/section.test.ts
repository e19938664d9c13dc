import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';
import { listTable } from './testing/list-table-lines.js';

const HEADING = ['A Boat to B Asset', '-----------------', ''];
const EVERY = 'Every A Boat will be synchronized with a B Asset.';
const MERGE = 'A A Boat will merge with a B Asset if one of the following property combinations match:';
const PROPERTIES = 'The following properties are synchronized between a A Boat and a B Asset:';
const TYPED = ['A Boat Property', 'B Asset Property', 'B Data Type'];
const MERGED = TYPED.slice(0, 2);

/** The pairs of a document in which each list of lines is a section of one heading. */
function read(...bodies: string[][]) {
  const sections = bodies.flatMap((lines) => [...HEADING, ...lines, '']);
  return readDocument(['A to B Dataflow', '===============', '', ...sections].join('\n'), 'd.rst');
}

describe('a section', () => {
  test('holds its sentences, with nothing that their forms do not say', () => {
    expect(read([EVERY]).pairs[0]?.sentences).toStrictEqual([
      { form: 'sync-every', text: EVERY, span: { line: 7, endLine: 7 } },
    ]);
  });

  test('holds conditions and connected entities where a form says them', () => {
    const when = 'When blue, it will be synchronized with a B Asset.';
    const connected =
      'A new B Asset will be created from a A Boat if it is connected to a A Crew that is synchronized into B.';
    const [pair] = read([when, '', connected]).pairs;

    expect(pair?.sentences.map(({ condition, connectedTo }) => [condition, connectedTo])).toEqual([
      ['When blue', undefined],
      [undefined, [{ system: 'A', entity: 'Crew', qualifier: null, display: 'A Crew' }]],
    ]);
  });

  test('reads the table behind its sentence', () => {
    const properties = [PROPERTIES, '', ...listTable([TYPED, ['name', 'title', '"string"']])];
    const merge = [MERGE, '', ...listTable([MERGED, ['no', 'number']])];
    const [pair] = read([...properties, ...merge]).pairs;

    expect(pair?.propertyRows.map(({ source }) => source.text)).toEqual(['name']);
    expect(pair?.mergeRows.map(({ source }) => source.map(({ text }) => text))).toEqual([['no']]);
  });

  test.each([PROPERTIES, MERGE])('reads no other words for the table of: %s', (sentence) => {
    const document = read([sentence, '', 'Words.', '', ...listTable([TYPED, ['name', 'title', 'N/A']])]);

    expect(document.unparsed.map(({ line }) => line)).toEqual([9, 11]);
    expect(document.pairs).toMatchObject([{ propertyRows: [], mergeRows: [] }]);
  });

  test('without the table of another sentence leaves the table unread', () => {
    const document = read([EVERY, '', ...listTable([MERGED, ['no', 'number']])]);

    expect(document.unparsed.map(({ line }) => line)).toEqual([9]);
  });
});

describe('a section of one heading with another one', () => {
  const rows = (...cells: string[][]) => [PROPERTIES, '', ...listTable([MERGED, ...cells])];

  test.each([
    ['sentences', [EVERY], [EVERY.replace(' will', '  will')]],
    ['rows', rows(['a', 'b']), rows(['a', 'b'])],
  ])('repeats it when it has its %s, whatever the blanks', (_name, one, other) => {
    expect(read(one, other).pairs.map(({ repeatOf }) => repeatOf)).toEqual([null, 4]);
  });

  test.each([
    ['paragraphs', ['Boats', '', 'hip'], ['Boat', '', 'ship']],
    ['cells', rows(['a', 'bc']), rows(['ab', 'c'])],
    ['rows', rows(['a', 'b'], ['c', 'd']), rows(['a', 'bc'], ['', 'd'])],
  ])('does not repeat it when its words are parted into other %s', (_name, one, other) => {
    expect(read(one, other).pairs.map(({ repeatOf }) => repeatOf)).toEqual([null, null]);
  });
});
