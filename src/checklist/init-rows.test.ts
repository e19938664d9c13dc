import { describe, expect, test } from 'vitest';
import { EVERY, merges, pairsOf, properties, section } from './testing/init-profile.js';

const MATCHED = merges(['name', 'title']);
const NAME = ['name', 'title', '"string"'];
/** What the draft of a pair with these rows says of its rows. */
const rowsFor = (...rows: string[][]) =>
  pairsOf(...section('Client', 'Account', EVERY), ...MATCHED, ...properties(...rows)).slice(4);
const EMPTY =
  '    # The property table names no row; name them with their paths in the two APIs, and examples of values:';

test('a table whose rows are all understood leaves nothing open', () => {
  expect(
    rowsFor(
      NAME,
      ['id', 'id', '"string"'],
      ['phone (Dependant on having work in kind)', 'phone', '"string"'],
    ),
  ).toEqual([]);
});

describe('a table without rows', () => {
  const suggestion = (name: string, description = 'description') => [
    '    #rows:',
    EMPTY,
    `      #- { source: "${name}", target: "${name}", examples: [["Ada", "Ada"]] }`,
    `      #- { source: "${description}", target: "${description}", examples: [["Ada", "Ada"]] }`,
  ];

  test('and one that names the two keys alone get a suggestion', () => {
    expect(rowsFor()).toEqual(suggestion('name'));
    expect(rowsFor(['id', 'id', '"string"'])).toEqual(suggestion('name'));
  });

  test('gets no suggestion when a row is open', () => {
    expect(rowsFor(['', 'title', '"string"'])).toEqual([
      '    #rows:',
      expect.stringContaining('a side is blank'),
    ]);
  });

  test('gets one for all sections of its two entities', () => {
    const twice = [
      ...section('Client', 'Account', EVERY),
      ...MATCHED,
      ...section('Client', 'Account', EVERY, EVERY),
      ...MATCHED,
    ];

    expect(pairsOf(...twice).filter((line) => line === EMPTY)).toHaveLength(1);
    expect(pairsOf(...twice).slice(5)).toEqual(suggestion('name'));
  });

  test('is spelt as another section of the document spells its properties', () => {
    const other = [
      'The following properties are synchronized between a Desk Client and a Book Card:',
      ...properties(['Name', 'Names', '"string"'], ['description', 'Description', '"string"']).slice(1),
    ];
    const lines = pairsOf(
      ...section('Client', 'Account', EVERY),
      ...merges(['mail', 'post']),
      ...section('Client', 'Card', ...other),
    ).slice(4, 8);

    expect(lines).toEqual([
      '    #rows:',
      EMPTY,
      '      #- { source: "Name", target: "name", examples: [["Ada", "Ada"]] }',
      '      #- { source: "description", target: "description", examples: [["Ada", "Ada"]] }',
    ]);
  });
});

describe('an open row is told with its line', () => {
  test.each([
    ['', 'title'],
    ['name', ''],
  ])('when a side is blank: %j | %j', (source, target) => {
    expect(rowsFor([source, target, '"string"'])).toEqual([
      '    #rows:',
      `    # line 27: ${source} | ${target}, a side is blank`,
    ]);
  });

  test('when its transform is not understood', () => {
    expect(rowsFor(NAME, ['deep.age', 'years', '"about  that"'])).toEqual([
      '    #rows:',
      '    # line 30: deep.age | years, a transform that is not understood: "about that"',
      '      #- { source: "deep.age", target: "years", transform: { kind: replace, from: " ", to: "" }, examples: [["a b", "ab"]] }',
    ]);
  });

  test.each([
    [
      'fax (Dependant on having  in kind)',
      'f',
      '{ source: "fax", target: "f", only: [{ side: a, path: "kind", value: "x" }] }',
    ],
    [
      'fax (Dependant on having work in )',
      'f',
      '{ source: "fax", target: "f", only: [{ side: a, path: "kind", value: "work" }] }',
    ],
    [
      'fax',
      'f (Dependant on having )',
      '{ source: "fax", target: "f", only: [{ side: b, path: "kind", value: "x" }] }',
    ],
    [
      'fax (Dependant on having  in kind)',
      'f (Dependant on having home in place)',
      '{ source: "fax", target: "f", only: [{ side: a, path: "kind", value: "x" }, { side: b, path: "place", value: "home" }] }',
    ],
    [
      'my.fax (Dependant on having [work] in kind)',
      'items.no (Dependant on having a=b in kind)',
      '{ source: "my.fax", target: "items[].no" }',
    ],
    [
      'fax (Dependant on having 1 in kindDependant on having 2 in kind)',
      'f',
      '{ source: "fax", target: "f", only: [{ side: a, path: "kind", value: "1" }] }',
    ],
  ])('when its condition is not complete: %s | %s', (source, target, suggestion) => {
    expect(rowsFor([source, target, '"string"'])).toEqual([
      '    #rows:',
      `    # line 27: ${`${source} | ${target}`.replaceAll('  ', ' ')}, the condition is not complete; say which records have the property:`,
      `      #- ${suggestion}`,
    ]);
  });

  test('when both are, with both', () => {
    expect(rowsFor(['fax (Dependant on having  in kind)', 'f', '"about"']).at(-1)).toBe(
      '      #- { source: "fax", target: "f", only: [{ side: a, path: "kind", value: "x" }], transform: { kind: replace, from: " ", to: "" }, examples: [["a b", "ab"]] }',
    );
  });
});

describe('rows that share a target', () => {
  test('are told in their order, each with its transform and its condition', () => {
    const rows = rowsFor(
      NAME,
      ['alias', 'nick', '"string"'],
      ['label (Dependant on having work in kind)', 'nick', '"replace","a","b","string"'],
      ['first', 'given', '"string"'],
      ['second', 'given', '"string"'],
    );

    expect(rows).toEqual([
      '    #rows:',
      '    # Several properties go to nick; the lowest number with a value counts:',
      '      #- { source: "alias", target: "nick", precedence: 1 }',
      '      #- { source: "label", target: "nick", precedence: 2, transform: {"kind":"replace","from":"a","to":"b"}, only: [{"side":"a","path":"kind","value":"work"}] }',
      '    # Several properties go to given; the lowest number with a value counts:',
      '      #- { source: "first", target: "given", precedence: 1 }',
      '      #- { source: "second", target: "given", precedence: 2 }',
    ]);
  });

  test('stand behind the rows that are open', () => {
    const rows = rowsFor(['a', 'z', '"string"'], ['b', 'z', '"string"'], ['', 'y', '"string"']);

    expect(rows.map((line) => line.slice(0, 20))).toEqual([
      '    #rows:',
      '    # line 33:  | y,',
      '    # Several proper',
      '      #- { source: "',
      '      #- { source: "',
    ]);
  });
});
