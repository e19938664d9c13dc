import { describe, expect, test } from 'vitest';
import { compareDirections } from './contradictions.js';
import { readDocument } from './read.js';
import { listTable } from './testing/list-table-lines.js';

type Side = { system: string; entity: string };
const A: Side = { system: 'Quay', entity: 'Boat' };
const B: Side = { system: 'Ledger', entity: 'Asset' };
const named = ({ system, entity }: Side) => `${system} ${entity}`;
type Body = { rows?: string[][]; merges?: string[][]; linkFirst?: boolean };

/** One section: its heading, then the sentences that are asked for. */
function section(from: Side, to: Side, { rows = [], merges = [], linkFirst = false }: Body): string[] {
  const [a, b] = [named(from), named(to)];
  const heading = `${a} to ${b}`;
  const first = `Before any synchronization can take place, a link between a ${a} and a ${b} must be established.`;
  return [
    heading,
    '-'.repeat(heading.length),
    ...(linkFirst ? [first, ''] : []),
    ...(rows.length === 0
      ? []
      : [
          `The following properties are synchronized between a ${a} and a ${b}:`,
          '',
          ...listTable([[`${a} Property`, `${b} Property`, `${to.system} Data Type`], ...rows]),
        ]),
    ...(merges.length === 0
      ? []
      : [
          `A ${a} will merge with a ${b} if one of the following property combinations match:`,
          '',
          ...listTable([[`${a} Property`, `${b} Property`], ...merges]),
        ]),
  ];
}
const document = (path: string, from: Side, to: Side, ...sections: string[][]) =>
  readDocument(
    [`${from.system} to ${to.system} Dataflow`, '====================', '', ...sections.flat()].join('\n'),
    path,
  );
const forth = (...bodies: Body[]) => document('f.rst', A, B, ...bodies.map((body) => section(A, B, body)));
const back = (...bodies: Body[]) => document('b.rst', B, A, ...bodies.map((body) => section(B, A, body)));
const told = (one: Body, other: Body) =>
  compareDirections(forth(one), back(other)).map(({ code, line, message, words }) => [
    code,
    line,
    message,
    words,
  ]);
const row = (source: string, target: string, type = '"string"') => [source, target, type];

describe('rows', () => {
  test('that both documents name, in whatever order, do not contradict each other', () => {
    expect(told({ rows: [row('a', 'x'), row('b', 'y')] }, { rows: [row('y', 'b'), row('x', 'a')] })).toEqual(
      [],
    );
  });

  test('that one document lacks are told with the lines of both', () => {
    expect(
      compareDirections(
        forth({ rows: [row('a', 'x'), row('b', 'y')] }),
        back({ rows: [row('x', 'a'), row('z', 'c')] }),
      ),
    ).toEqual([
      {
        severity: 'warning',
        code: 'reverse-row-missing',
        line: 17,
        message: 'the row b | y is missing in the reverse document (b.rst:4)',
        remedy:
          'let both documents say the same, or give the rows, the match keys and the policies in one profile for both',
        words: 'b | y',
      },
      {
        severity: 'warning',
        code: 'reverse-row-extra',
        line: 4,
        message: 'the row c | z stands in the reverse document only (b.rst:17)',
        remedy:
          'let both documents say the same, or give the rows, the match keys and the policies in one profile for both',
        words: 'c | z',
      },
    ]);
  });

  test('of an empty table contradict nothing', () => {
    expect(told({ rows: [row('a', 'x')] }, {})).toEqual([]);
    expect(told({}, { rows: [row('a', 'x')] })).toEqual([]);
  });

  test('of two plain types are told, each with the property of its side', () => {
    expect(told({ rows: [row('a', 'x', '"string"')] }, { rows: [row('x', 'a', '"integer"')] })).toEqual([
      ['reverse-type-differs', 14, 'x is string, a is integer (b.rst:14)', 'a | x'],
    ]);
  });

  test.each([
    ['"string"', '"if","is-decimal","decimal","string"'],
    ['"replace","a","b","string"', '"string"'],
    ['N/A', '"string"'],
  ])('of the types %s and %s do not contradict each other', (one, other) => {
    expect(told({ rows: [row('a', 'x', one)] }, { rows: [row('x', 'a', other)] })).toEqual([]);
  });

  test.each(['string', 'integer', 'float', 'boolean', 'decimal', 'list'])(
    'of the plain type %s and another do',
    (type) => {
      const other = type === 'string' ? 'list' : 'string';

      expect(
        told({ rows: [row('a', 'x', `"${type}"`)] }, { rows: [row('x', 'a', `"${other}"`)] }),
      ).toHaveLength(1);
    },
  );
});

describe('merge keys', () => {
  test('that are the same, in whatever order, do not contradict each other', () => {
    expect(
      told(
        {
          merges: [
            ['a, b', 'x, y'],
            ['c', 'z'],
          ],
        },
        {
          merges: [
            ['z', 'c'],
            ['x, y', 'a, b'],
          ],
        },
      ),
    ).toEqual([]);
  });

  test('that differ are told with those of the first document', () => {
    expect(
      told(
        {
          merges: [
            ['c', 'z'],
            ['a, b', 'x, y'],
          ],
        },
        { merges: [['x', 'a']] },
      ),
    ).toEqual([
      [
        'reverse-merge-differs',
        4,
        'the two documents merge on different properties (b.rst:4)',
        'a, b | x, y; c | z',
      ],
    ]);
    expect(told({}, { merges: [['x', 'a']] }).map((one) => one[3])).toEqual(['no merge rows']);
  });
});

test('a link that only one of the documents asks for first is told', () => {
  expect(told({ linkFirst: true }, {})).toEqual([
    [
      'reverse-creation-differs',
      4,
      'this document asks for a link first, the reverse one does not (b.rst:4)',
      'Quay Boat to Ledger Asset',
    ],
  ]);
  expect(told({}, { linkFirst: true }).map((one) => one[2])).toEqual([
    'the reverse document asks for a link first, this one does not (b.rst:4)',
  ]);
  expect(told({ linkFirst: true }, { linkFirst: true })).toEqual([]);
});

describe('the section that is compared', () => {
  const linked = { linkFirst: true };

  test('is that of the same two names, spelling aside', () => {
    const other = document(
      'b.rst',
      B,
      A,
      section({ system: 'LEDGER', entity: 'asset' }, { system: 'qu-ay', entity: 'Boat' }, linked),
    );

    expect(compareDirections(forth({}), other)).toHaveLength(1);
  });

  test('is none where the reverse document has no such section', () => {
    const crew = { system: 'Quay', entity: 'Crew' };

    expect(compareDirections(forth({}), document('b.rst', B, A, section(B, crew, linked)))).toEqual([]);
    expect(compareDirections(forth({}), document('b.rst', A, B, section(A, B, linked)))).toEqual([]);
  });

  test('is none whose two names are parted elsewhere', () => {
    const [from, to] = [
      { system: 'Fixed', entity: 'Asset' },
      { system: 'Quay', entity: 'Boat Ledger' },
    ];
    const fixed = { system: 'Ledger', entity: 'Fixed Asset' };
    const forward = document('f.rst', A, B, section(A, fixed, {}));

    expect(compareDirections(forward, document('b.rst', B, A, section(from, to, linked)))).toEqual([]);
  });

  test('is the one of the same turn where several have one heading, else the first', () => {
    const merges = [['x', 'a']];
    const [plain, keyed] = [{}, { merges: [['a', 'x']] }];

    expect(compareDirections(forth(plain, keyed), back({}, { merges }))).toEqual([]);
    expect(compareDirections(forth(keyed, plain), back({}, { merges }))).toHaveLength(2);
    expect(compareDirections(forth(plain, keyed), back({}))).toHaveLength(1);
  });

  test('is not one that repeats another', () => {
    expect(compareDirections(forth({}, {}), back(linked, linked))).toHaveLength(1);
  });
});
