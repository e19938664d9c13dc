import { describe, expect, test } from 'vitest';
import { diffDocuments } from './diff.js';
import { readDocument } from './read.js';
import { listTable } from './testing/list-table-lines.js';

const EVERY = 'Every A Boat will be synchronized with a B Asset.';
const rows = (...given: string[][]) => [
  'The following properties are synchronized between a A Boat and a B Asset:',
  '',
  ...listTable([['A Boat Property', 'B Asset Property', 'B Data Type'], ...given]),
];
const merges = (...given: string[][]) => [
  'A A Boat will merge with a B Asset if one of the following property combinations match:',
  '',
  ...listTable([['A Boat Property', 'B Asset Property'], ...given]),
];
const section = (heading: string, ...body: string[]) => [heading, '-'.repeat(heading.length), ...body, ''];
const boat = (...body: string[]) => section('A Boat to B Asset', ...body);
const read = (...lines: string[]) =>
  readDocument(['A to B Dataflow', '===============', '', ...lines].join('\n'), 'd.rst');
const PAIR = 'A Boat to B Asset';

describe('two generations of a document', () => {
  test('that say the same in another order do not differ', () => {
    const crew = section('A Crew to B Staff', 'Every A Crew will be synchronized with a B Staff.');

    expect(diffDocuments(read(...boat(EVERY), ...crew), read(...crew, '', ...boat(EVERY)))).toEqual([]);
  });

  test('differ in a pair that came and one that went, each with its line', () => {
    const old = read(...boat(EVERY), ...section('A Crew to B Staff', ''));
    const now = read(...section('A Berth to B Place', ''), ...boat(EVERY));

    expect(diffDocuments(old, now)).toEqual([
      { kind: 'removed', what: 'pair', pair: 'A Crew to B Staff', line: 8, text: 'A Crew to B Staff' },
      { kind: 'added', what: 'pair', pair: 'A Berth to B Place', line: 4, text: 'A Berth to B Place' },
    ]);
  });

  test('differ in a sentence that came, went or reads otherwise', () => {
    const when = (word: string) => `When it is ${word}, it will be synchronized with a B Asset.`;
    const old = read(...boat(EVERY, '', when('blue')));
    const now = read(
      ...boat(when('red'), '', 'If no matching B Asset is found, a new B Asset will be created.'),
    );

    expect(diffDocuments(old, now)).toEqual([
      { kind: 'removed', what: 'sentence', pair: PAIR, line: 6, text: EVERY },
      { kind: 'changed', what: 'sentence', pair: PAIR, line: 6, text: when('red'), before: when('blue') },
      {
        kind: 'added',
        what: 'sentence',
        pair: PAIR,
        line: 8,
        text: 'If no matching B Asset is found, a new B Asset will be created.',
      },
    ]);
  });

  test('differ in a row whose type changed, and in one whose paths did', () => {
    const old = read(...boat(...rows(['a', 'x', '"string"'], ['b', 'y', '"string"'])));
    const now = read(...boat(...rows(['a', 'x', '"list"'], ['b', 'z', '"string"'])));

    expect(diffDocuments(old, now)).toEqual([
      { kind: 'removed', what: 'row', pair: PAIR, line: 17, text: 'b | y | {"kind":"string"}' },
      {
        kind: 'changed',
        what: 'row',
        pair: PAIR,
        line: 14,
        text: 'a | x | {"kind":"list"}',
        before: 'a | x | {"kind":"string"}',
      },
      { kind: 'added', what: 'row', pair: PAIR, line: 17, text: 'b | z | {"kind":"string"}' },
    ]);
  });

  test('differ in a merge row that came or went', () => {
    const old = read(...boat(...merges(['a, b', 'x'], ['c', 'z'])));
    const now = read(...boat(...merges(['a', 'x'], ['c', 'z'])));

    expect(diffDocuments(old, now)).toEqual([
      { kind: 'removed', what: 'row', pair: PAIR, line: 13, text: 'merge on a, b | x' },
      { kind: 'added', what: 'row', pair: PAIR, line: 13, text: 'merge on a | x' },
    ]);
  });

  test('compare the second of two like sections and rows with the second', () => {
    const twice = [...boat(EVERY), ...boat(...rows(['a', 'x', '"string"'], ['a', 'x', '"list"']))];
    const changed = [...boat(EVERY), ...boat(...rows(['a', 'x', '"string"'], ['a', 'x', '"float"']))];

    expect(diffDocuments(read(...twice), read(...changed))).toEqual([
      {
        kind: 'changed',
        what: 'row',
        pair: 'A Boat to B Asset (2)',
        line: 21,
        text: 'a | x | {"kind":"float"}',
        before: 'a | x | {"kind":"list"}',
      },
    ]);
  });

  test('do not differ by a section that repeats another', () => {
    expect(diffDocuments(read(...boat(EVERY)), read(...boat(EVERY), ...boat(EVERY)))).toEqual([]);
    expect(diffDocuments(read(...boat(EVERY), ...boat('', EVERY)), read(...boat(EVERY)))).toEqual([]);
  });
});
