import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';
import { listTable } from './testing/list-table-lines.js';

const PROPERTIES = 'The following properties are synchronized between a A Boat and a B Asset:';
const KEEP =
  'Once a link between a A Boat and a B Asset is established, it will keep in sync between the two systems, regardless of where it is edited.';
const properties = (...rows: string[][]) => [
  PROPERTIES,
  '',
  ...listTable([['A Boat Property', 'B Asset Property', 'B Data Type'], ...rows]),
];
const section = (heading: string, ...body: string[]) => [heading, '-'.repeat(heading.length), ...body, ''];
const boat = (...body: string[]) => section('A Boat to B Asset', KEEP, '', ...body);

/** The findings of one code: line, message and words. The title stands on line 1, the first section on line 4. */
function told(code: string, lines: string[], title = 'A to B Dataflow') {
  const text = [title, '='.repeat(Math.max(title.length, 4)), '', ...lines].join('\n');
  return readDocument(text, 'd.rst')
    .diagnostics.filter((one) => one.code === code)
    .map(({ line, message, words }) => [line, message, words]);
}

describe('rows', () => {
  test('of one target are told at the second of them, with all their sources', () => {
    const rows = [
      ['a', 'z', '"string"'],
      ['b', 'y', '"string"'],
      ['c', 'z', '"string"'],
      ['d', 'z', '"string"'],
    ];

    expect(told('several-sources-for-one-target', boat(...properties(...rows)))).toEqual([
      [22, 'a, c, d all go to z', 'a | z; c | z; d | z'],
    ]);
  });

  test('of one target are listed up to ten', () => {
    const rows = (count: number) =>
      boat(...properties(...Array.from({ length: count }, (_, at) => [`p${at}`, 'z', '"string"'])));
    const ten = Array.from({ length: 10 }, (_, at) => `p${at}`);
    const words = ten.map((name) => `${name} | z`).join('; ');

    expect(told('several-sources-for-one-target', rows(10))).toEqual([
      [19, `${ten.join(', ')} all go to z`, words],
    ]);
    expect(told('several-sources-for-one-target', rows(12))).toEqual([
      [19, `${ten.join(', ')} and 2 more all go to z`, words],
    ]);
  });

  test('without a type, and of one that is not understood', () => {
    const lines = boat(
      ...properties(['a', 'x', ''], ['b', 'y', 'N/A'], ['c', 'z', '"so, or so'], ['d', 'u', '"string"']),
    );

    expect(told('unknown-type', lines)).toEqual([
      [16, 'no data type is given for x', 'x'],
      [19, 'no data type is given for y', 'y'],
    ]);
    expect(told('unknown-transform', lines)).toEqual([
      [22, 'the data type "so, or so is not understood', '"so, or so'],
    ]);
  });

  test('that leave a side blank', () => {
    const lines = boat(...properties(['', 'x', '"string"'], ['a', '', '"string"'], ['b', 'y', '"string"']));
    const message = 'the row names no property on one of its sides';

    expect(told('blank-property', lines)).toEqual([
      [16, message, ' | x'],
      [19, message, 'a | '],
    ]);
  });

  test('whose condition leaves a blank, in either table and on either side', () => {
    const noValue = 'a.b (Dependant on having  in kind)';
    const noPath = 'c (Dependant on having x in )';
    const whole = 'd (Dependant on having x in kind)';
    const lines = boat(
      ...properties([noValue, whole, '"string"'], [whole, noPath, '"string"']),
      'A A Boat will merge with a B Asset if one of the following property combinations match:',
      '',
      ...listTable([
        ['A Boat Property', 'B Asset Property'],
        [`${whole}, ${noValue}`, `e, ${noPath}`],
      ]),
    );

    expect(told('blank-qualifier', lines)).toEqual([
      [16, 'the condition of a.b leaves a blank', noValue],
      [19, 'the condition of c leaves a blank', noPath],
      [30, 'the condition of a.b leaves a blank', noValue],
      [30, 'the condition of c leaves a blank', noPath],
    ]);
  });
});

describe('sections', () => {
  const every = (name: string) => `Every A ${name} will be synchronized with a B Asset.`;

  test('of one heading name the line of the first', () => {
    const lines = [
      ...boat(every('Boat')),
      ...boat(every('Boat'), '', 'If no matching B Asset is found, a new B Asset will be created.'),
      ...boat(),
      ...section('A Crew to B Asset', every('Crew')),
    ];

    expect(told('same-heading-twice', lines)).toEqual([
      [10, 'this heading stands at line 4 too, over other words', 'A Boat to B Asset'],
      [18, 'this heading stands at line 4 too, over other words', 'A Boat to B Asset'],
    ]);
  });

  test('that repeat one are told with its line, and not for what they hold', () => {
    const lines = [...boat(...properties(['a', 'x', ''])), ...boat(...properties(['a', 'x', '']))];

    expect(told('repeated-section', lines)).toEqual([
      [21, 'this section repeats the one at line 4 word for word', 'A Boat to B Asset'],
    ]);
    expect(told('unknown-type', lines)).toHaveLength(1);
    expect(told('same-heading-twice', lines)).toEqual([]);
  });

  test('of one entity on both sides', () => {
    const lines = [...section('A Boat to A Boat', 'x'), ...section('A Boat to A Crew', 'x')];

    expect(told('self-pair', lines, 'A to A Dataflow')).toEqual([
      [4, 'both sides are A Boat', 'A Boat to A Boat'],
    ]);
  });

  test('that lack a sentence are told for each', () => {
    expect(told('sentence-missing', section('A Boat to B Asset', every('Boat')))).toEqual([
      [4, 'the section A Boat to B Asset holds no keep-in-sync sentence', 'A Boat to B Asset'],
      [4, 'the section A Boat to B Asset holds no properties sentence', 'A Boat to B Asset'],
    ]);
    expect(told('sentence-missing', boat(PROPERTIES))).toEqual([]);
  });

  test.each([
    'When for now',
    'When UNTIL then',
    'When preliminary',
    'When todo',
    'When fixme',
    'When temporar',
    'When it was removed',
    'When we sort out this',
    'When resolved',
    'A boat is blue',
    'Only when it is blue',
    'Whenever it is blue',
  ])('with the condition "%s" hold a note', (condition) => {
    const lines = boat(`${condition}, it will be synchronized with a B Asset.`);

    expect(told('leaked-note', lines)).toEqual([[8, 'the condition reads like an internal note', condition]]);
  });

  test.each([
    'When it is blue',
    'when it is untilled',
    'WHEN resolvedly so',
    'If it is blue',
    'Unless it is blue',
    'Where it is blue',
    'Once it is blue',
  ])('with the condition "%s" hold none', (condition) => {
    expect(told('leaked-note', boat(`${condition}, it will be synchronized with a B Asset.`))).toEqual([]);
  });
});

describe('titles and systems', () => {
  test('a document without a section says so, unless something in it was not read', () => {
    expect(told('no-sections', [])).toEqual([
      [1, 'the document holds no section: there is nothing to check', undefined],
    ]);
    expect(told('no-sections', ['Words.'])).toEqual([]);
    expect(told('no-sections', boat())).toEqual([]);
  });

  test('a title that leaves out a system', () => {
    const message = (title: string) => `the title "${title}" leaves a system without a name`;

    for (const title of ['to B Dataflow', 'A to Dataflow'])
      expect(told('system-name-missing', boat(), title)).toEqual([[1, message(title), title]]);
    expect(told('system-name-missing', boat(), 'Text')).toEqual([]);
  });

  test('a heading that names a system otherwise, on each side', () => {
    expect(told('title-heading-disagree', section('C Boat to D Asset', ''), 'A to B Dataflow')).toEqual([
      [4, 'the heading says "C" where the title says "A"', 'C Boat to D Asset'],
      [4, 'the heading says "D" where the title says "B"', 'C Boat to D Asset'],
    ]);
    expect(told('title-heading-disagree', section('C Boat to B Asset', ''), 'to B Dataflow')).toEqual([]);
    expect(told('title-heading-disagree', section('a Boat to b Asset', ''))).toEqual([]);
  });

  test('systems that are spelt in several ways, each told once where it first stands', () => {
    const lines = [
      ...section('Tide Box Boat to Ledger Asset', ''),
      ...section('tidebox Boat to Ledger Asset', ''),
      ...section('tidebox Crew to ledger Asset', ''),
      ...section('TIDE BOX Crew to Ledger Asset', ''),
    ];

    expect(told('system-spelling-differs', lines, 'Tide Box to Ledger Dataflow')).toEqual([
      [8, '"tidebox" is spelt "Tide Box" at line 1', 'tidebox'],
      [12, '"ledger" is spelt "Ledger" at line 1', 'ledger'],
      [16, '"TIDE BOX" is spelt "Tide Box" at line 1', 'TIDE BOX'],
    ]);
  });

  test('systems are not the same because their capitals are', () => {
    const lines = section('STRASSE Boat to Ledger Asset', '');

    expect(told('system-spelling-differs', lines, 'Straße to Ledger Dataflow')).toEqual([]);
  });

  test('a system that the title leaves out has its name from the first heading', () => {
    const lines = [...section('Tide Boat to Ledger Asset', ''), ...section('TIDE Boat to Ledger Asset', '')];

    expect(told('system-spelling-differs', lines, 'to Ledger Dataflow')).toEqual([
      [8, '"TIDE" is spelt "Tide" at line 4', 'TIDE'],
    ]);
  });
});
