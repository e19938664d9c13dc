import { describe, expect, test } from 'vitest';
import { draftOf, EVERY, merges, pairsOf, properties, section } from './testing/init-profile.js';

const NAMES = properties(['name', 'title', '"string"']);
const MATCHED = merges(['name', 'title']);
/** The draft of the one pair, without its names and owner. */
const open = (...lines: string[]) =>
  pairsOf(...section('Client', 'Account', EVERY), ...lines, ...NAMES).slice(4);

test('an entry names the lines of its sections, the two entities and an owner to fill in', () => {
  expect(
    pairsOf(
      ...section('Client', 'Account', EVERY),
      ...MATCHED,
      ...NAMES,
      ...section('Client', 'Account', 'Every Desk Client', 'will be synchronized with a Book Account.'),
      ...MATCHED,
      ...NAMES,
    ).slice(0, 5),
  ).toEqual([
    '  # line 4: Desk Client to Book Account',
    '  # line 31: Desk Client to Book Account',
    '  - source: "Client"',
    '    target: "Account"',
    '    #owner: your-team',
  ]);
});

test('a pair that leaves nothing open has nothing further', () => {
  expect(pairsOf(...section('Client', 'Account', EVERY), ...MATCHED, ...NAMES)).toHaveLength(4);
});

test('each condition is told once, on one line, and one suggestion asks for all', () => {
  const paying = 'When a Desk Client  is paying, it will be synchronized with a Book Account.';
  const big = 'When a Desk Client is big, it will be synchronized with a Book Account.';

  expect(
    pairsOf(...section('Client', 'Account', paying, big, paying), ...MATCHED, ...NAMES).slice(4),
  ).toEqual([
    '    # The document says: When a Desk Client is paying',
    '    # The document says: When a Desk Client is big',
    '    # Name the property of Desk Client that tells, and a value that meets the condition and one that fails it.',
    '    #when: { path: status, equals: active, meets: active, fails: closed }',
  ]);
});

describe('what a record must be connected to', () => {
  const asks = (entities: string) =>
    `A new Book Account will be created from a Desk Client if it is connected to a ${entities} that is synchronized into Book.`;
  const client = (entities: string) => [
    ...section('Client', 'Account', asks(entities)),
    ...MATCHED,
    ...NAMES,
  ];
  const other = (source: string, target: string) =>
    section(source, target, `Every Desk ${source} will be synchronized with a Book ${target}.`);

  test('is suggested with the pairs that synchronise it', () => {
    expect(
      pairsOf(
        ...client('Desk Site, Site Group, or Berth'),
        ...other('Site', 'Place'),
        ...other('Berth', 'Spot'),
      ).slice(4, 7),
    ).toEqual([
      '    # Created when it is connected to Desk Site, Desk Site Group, Desk Berth.',
      '    # The property that holds the connection has a made-up name; write the one of the API:',
      '    #connected: [{ pair: site-to-place, path: connected_site }, { pair: berth-to-spot, path: connected_berth }]',
    ]);
  });

  test('is suggested through another pair where no section synchronises it', () => {
    expect(
      pairsOf(...client('Desk Site'), ...other('Client', 'Card'), ...other('Berth', 'Spot')).slice(4, 7),
    ).toEqual([
      '    # Created when it is connected to Desk Site.',
      '    # No section synchronises one of these. Name the pair through which it is connected, and the property:',
      '    #connected: [{ pair: berth-to-spot, path: connected_to }]',
    ]);
  });

  test('is asked for where the document holds no other pair of other records', () => {
    const missing = [
      '    # Created when it is connected to Desk Site.',
      '    # No section of the document synchronises one of these: ask for a document that holds it.',
    ];

    expect(pairsOf(...client('Desk Site')).slice(4)).toEqual(missing);
    expect(pairsOf(...client('Desk Site'), ...other('Client', 'Card')).slice(4, 6)).toEqual(missing);
  });
});

test('a record that must be connected to one like itself is asked for as well', () => {
  const lines = section(
    'Client',
    'Account',
    'A new Book Account will be created from a Desk Client if it is connected to a Desk Client that is synchronized into Book.',
  );

  expect(pairsOf(...lines, ...MATCHED, ...NAMES).slice(4)).toEqual([
    '    # Created when it is connected to Desk Client.',
    '    # No section of the document synchronises one of these: ask for a document that holds it.',
  ]);
});

describe('what existing records match on', () => {
  test('is suggested as the e-mail address where the document names neither a match nor a text', () => {
    expect(
      pairsOf(...section('Client', 'Account', EVERY), ...properties(['age', 'years', '"integer"'])).slice(4),
    ).toEqual([
      '    # No property is named on which existing records match.',
      '    #match: [[{ source: "email", target: "email", normalise: case-insensitive }]]',
    ]);
  });

  test('is suggested as the first plain text that both sides hold', () => {
    const rows = properties(
      ['age', 'years', '"integer"'],
      ['a', 'shared', '"string"'],
      ['b', 'shared', '"string"'],
      ['made', 'made', '"datetime-format","%Y","_."'],
      ['name', 'title', '"string"'],
      ['city', 'town', '"string"'],
    );

    expect(pairsOf(...section('Client', 'Account', EVERY), ...rows).slice(4, 6)).toEqual([
      '    # No property is named on which existing records match.',
      '    #match: [[{ source: "name", target: "title" }]]',
    ]);
  });

  test.each(['email', 'E-Mail'])(
    'is suggested as the property %s, whatever its case, before any other',
    (name) => {
      const rows = properties(['name', 'title', '"string"'], [name, 'address', '"string"']);

      expect(pairsOf(...section('Client', 'Account', EVERY), ...rows).at(-1)).toBe(
        `    #match: [[{ source: "${name}", target: "address", normalise: case-insensitive }]]`,
      );
    },
  );

  test('is suggested beside the keys that the document names, if one of them is a primary key', () => {
    expect(open(...merges(['id', 'ref'], ['city, town', 'place, spot'], ['mail', 'post']))).toEqual([
      '    # The match on line 16: a system gives its own primary key, so no record can be made that matches on it in advance.',
      '    #match: [[{ source: "city", target: "place" }, { source: "town", target: "spot" }], [{ source: "mail", target: "post" }], [{ source: "name", target: "title" }]]',
    ]);
  });

  test('is not suggested a second time', () => {
    expect(open(...merges(['id', 'ref'], ['name', 'label'])).at(-1)).toBe(
      '    #match: [[{ source: "name", target: "label" }]]',
    );
    expect(open(...merges(['id', 'ref'], ['name, no', 'title, number'])).at(-1)).toBe(
      '    #match: [[{ source: "name", target: "title" }, { source: "no", target: "number" }], [{ source: "name", target: "title" }]]',
    );
  });

  test('is asked for when one of two sections names none', () => {
    const twice = [
      ...section('Client', 'Account', EVERY),
      ...MATCHED,
      ...NAMES,
      ...section('Client', 'Account', EVERY),
      ...properties(['city', 'town', '"string"']),
    ];

    expect(pairsOf(...twice).slice(5)).toEqual([
      '    # No property is named on which existing records match.',
      '    #match: [[{ source: "name", target: "title" }]]',
    ]);
  });
});

test('the checks that wait are counted by their reason', () => {
  const draft = draftOf([
    ...section('Client', 'Account', EVERY),
    ...MATCHED,
    ...properties(
      ['name', 'title', '"string"'],
      ['age', 'years', '"about  that"'],
      ['size', 'width', '"about  that"'],
    ),
  ]);

  expect(draft.split('\n').filter((line) => line.includes('wait'))).toEqual([
    '    # 2 checks wait, since the data type "about that" is not understood: declare the transform of this row in the profile',
  ]);
});

test('one check that waits is one', () => {
  const rows = properties(['name', 'title', '"string"'], ['age', 'years', '"about that"']);

  expect(draftOf([...section('Client', 'Account', EVERY), ...MATCHED, ...rows])).toContain(
    '    # 1 check waits, since the data type "about that" is not understood: declare',
  );
});
