import { expect, test } from 'vitest';
import { compileText, judgeText, verdictsOf, type TextInput } from './judge-text.js';
import { writeDocument, type SectionWords } from './write-document.js';

const text = (rows: NonNullable<SectionWords['rows']>) =>
  writeDocument('Kiosk', 'Depot', [{ pair: ['Stall', 'Parcel'], rows }]);

const typeAt = (input: TextInput, side: 'a' | 'b', path: string) =>
  compileText(input).plan.systems[side].entities[0]?.fields.find((one) => one.path === path)?.type.kind;

const badOf = async (input: TextInput) => {
  const outcomes = verdictsOf(await judgeText(input, ['stall-to-parcel/']));
  expect(Object.values(outcomes).filter((verdict) => verdict === 'verified').length).toBeGreaterThan(50);
  return Object.entries(outcomes).filter(([, verdict]) => /^(?:failed|error)/.test(verdict));
};

test.each([
  ['true', '"boolean"', 'boolean'],
  ['5', '"integer"', 'integer'],
  ['2.5', '"float"', 'number'],
  ['open', '"integer"', 'untyped'],
  ['05', '"integer"', 'untyped'],
  ['yes', '"boolean"', 'untyped'],
])('rows that depend on %s in a property of type %s are judged', async (value, type, kind) => {
  const input = {
    text: text([
      ['state', 'status', type],
      [`note (Dependant on having ${value} in state)`, 'note'],
      ['title', `title (Dependant on having ${value} in status)`],
      ['name', 'name'],
    ]),
  };

  expect([typeAt(input, 'a', 'state'), typeAt(input, 'b', 'status')]).toEqual([kind, kind]);
  expect(await badOf(input)).toEqual([]);
});

test('an element of a list is told by a text, whatever type a row gives its property', async () => {
  const input = {
    text: text([
      ['phone_numbers.kind', 'kind', '"integer"'],
      ['phone_numbers.number (Dependant on having 5 in phone_numbers.kind)', 'phone'],
      ['name', 'name'],
    ]),
  };

  expect(typeAt(input, 'a', 'phone_numbers[].kind')).toBe('untyped');
  expect(await badOf(input)).toEqual([]);
});

const PROFILE = `systems:
  kiosk: { names: [Kiosk], contract: derived }
  depot: { names: [Depot], contract: derived }
pairs:
  - source: Stall
    target: Parcel
`;

test.each([
  [
    'a condition',
    '    rows: [{ source: note, target: note, only: [{ side: a, path: state, value: open }] }]',
  ],
  ['a predicate', '    when: { path: state, equals: open, meets: open, fails: closed }'],
  ['an example', '    rows: [{ source: state, target: status, examples: [["open", "open"]] }]'],
])(
  '%s of the profile that a property cannot hold makes it untyped, with what it is mapped to',
  async (_what, line) => {
    const input = {
      text: text([
        ['state', 'status', '"integer"'],
        ['note', 'note'],
        ['name', 'name'],
      ]),
      profile: PROFILE + line,
    };

    expect([typeAt(input, 'a', 'state'), typeAt(input, 'b', 'status')]).toEqual(['untyped', 'untyped']);
    expect(await badOf(input)).toEqual([]);
  },
);

test('a declared property that is no text holds the value of a condition in its own type', async () => {
  const input = {
    text: text([
      ['note (Dependant on having true in isOpen)', 'note'],
      ['name', 'name'],
    ]),
    profile: `systems:
  kiosk:
    names: [Kiosk]
    contract: derived
    entities: { Stall: { fields: { isOpen: { type: boolean } } } }
  depot: { names: [Depot], contract: derived }
pairs: []
`,
  };

  expect(typeAt(input, 'a', 'isOpen')).toBe('boolean');
  expect(await badOf(input)).toEqual([]);
});

test('a property that another row carries without the condition shows nothing when it is not met', async () => {
  const rows: SectionWords['rows'] = [
    ['manager (Dependant on having SE in kind)', 'manager'],
    ['owner (Dependant on having SE in kind)', 'owner'],
    ['manager', 'manager'],
  ];

  const verdicts = verdictsOf(await judgeText({ text: text(rows) }, ['condition-unmet', 'condition-met']));

  expect(Object.values(verdicts)).toEqual([
    expect.stringMatching(/^not-testable: the row at line \d+ carries the same property, whether/),
    expect.stringMatching(/^not-testable: the row at line \d+ carries the same property, whether/),
    'verified',
    'verified',
  ]);
});
