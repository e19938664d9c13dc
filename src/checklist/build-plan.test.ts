import { expect, test } from 'vitest';
import type { InputError } from '../document/input-error.js';
import { readDocument } from '../document/read.js';
import { listTable } from '../document/testing/list-table-lines.js';
import { crmContract } from '../contract/crm.js';
import { buildPlan, openMerges } from './build-plan.js';
import { parseProfile } from './profile/load.js';

const title = (text: string, line: string) => [text, line.repeat(text.length), ''];
const section = (source: string, target: string, ...lines: string[]) => [
  ...title(`${source} to ${target}`, '-').slice(0, 2),
  ...lines,
  '',
];
const EVERY = 'Every Desk Client will be synchronized with a Book Account.';
const rows = (...all: string[][]) => [
  'The following properties are synchronized between a Desk Client and a Book Account:',
  '',
  ...listTable([['Desk Client Property', 'Book Account Property', 'Book Data Type'], ...all]),
];
const merges = (...all: string[][]) => [
  'A Desk Client will merge with a Book Account if one of the following property combinations match:',
  '',
  ...listTable([['Desk Client Property', 'Book Account Property'], ...all]),
];
const read = (lines: string[], head = 'Desk to Book Dataflow') =>
  readDocument([...title(head, '='), ...lines, ''].join('\n'), 'd.rst');
const SYSTEMS = ['systems:', '  desk: { names: [Desk] }', '  book: { names: [Book] }'];
const profileOf = (...lines: string[]) => parseProfile([...SYSTEMS, ...lines, ''].join('\n'), 'p.yaml');

type Given = { lines?: string[]; profile?: string[]; reverse?: string[] };
function plan({
  lines = section('Desk Client', 'Book Account', EVERY, '', ...rows(['name', 'title', '"string"'])),
  profile,
  reverse,
}: Given) {
  return buildPlan({
    document: read(lines),
    reverse: reverse === undefined ? null : read(reverse, 'Book to Desk Dataflow'),
    profile: profile === undefined ? null : profileOf(...profile),
    contracts: { crm: crmContract },
  });
}
const pairOf = (given: Given) => plan(given).plan.pairs[0];
function refusal(given: Given): InputError {
  try {
    plan(given);
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was planned');
}
const PAIR = ['pairs:', '  - source: Client', '    target: Account'];

test('systems are named by the profile, else after the document', () => {
  const keys = ({ plan: { systems } }: ReturnType<typeof plan>) => [systems.a.key, systems.b.key];

  expect(keys(plan({}))).toEqual(['desk', 'book']);
  expect(keys(plan({ profile: [] }))).toEqual(['desk', 'book']);
});

test('two sides of one system have keys of their own', () => {
  const { plan: made } = buildPlan({
    document: read(
      section('Desk Client', 'Desk Client', 'Every Desk Client will be synchronized with a Desk Client.'),
      'Desk to Desk Dataflow',
    ),
    reverse: null,
    profile: null,
    contracts: {},
  });

  expect([made.systems.a.key, made.systems.b.key, made.pairs[0]?.slug]).toEqual([
    'desk-a',
    'desk-b',
    'client',
  ]);
});

test('a pair bears the slug of the profile, else one after its entities', () => {
  expect(pairOf({})?.slug).toBe('client-to-account');
  expect(pairOf({ profile: [...PAIR, '    slug: mine'] })?.slug).toBe('mine');
});

test('records of side b are created where the reverse document has the pair', () => {
  const back = section(
    'Book Account',
    'Desk Client',
    'Every Book Account will be synchronized with a Desk Client.',
  );
  const elsewhere = section(
    'Book Ledger',
    'Desk Client',
    'Every Book Ledger will be synchronized with a Desk Client.',
  );
  const other = section(
    'Book Account',
    'Desk Ticket',
    'Every Book Account will be synchronized with a Desk Ticket.',
  );

  expect(pairOf({ reverse: [...other, ...back] })?.creation.b).toEqual({ kind: 'every' });
  expect(pairOf({ reverse: [...elsewhere, ...other] })?.creation.b).toBeNull();
  expect(pairOf({})?.creation.b).toBeNull();
});

test('where what matches nothing waits, nothing is created; without a key the policy means nothing', () => {
  const wait = ['policies: { noMatch: wait }', ...PAIR];

  expect(
    pairOf({ profile: [...wait, '    match: [[{ source: name, target: title }]]'] })?.creation.a,
  ).toEqual({
    kind: 'linked-only',
  });
  expect(pairOf({ profile: wait })?.creation.a).toEqual({ kind: 'every' });
});

test('policies of the pair come before those of the profile', () => {
  const profile = ['policies: { tie: b, delete: unlink }', ...PAIR, '    policies: { delete: propagate }'];

  expect(pairOf({ profile })?.policies).toMatchObject({
    tie: 'b',
    delete: 'propagate',
    conflict: 'newest-edit',
  });
});

test('what a record is connected to is what the profile says, else the sections of the document', () => {
  const connected = [
    ...section('Desk Ticket', 'Book Entry', 'Every Desk Ticket will be synchronized with a Book Entry.'),
    ...section(
      'Desk Client',
      'Book Account',
      'A new Book Account will be created from a Desk Client if it is connected to a Desk Ticket, Berth, or Client that is synchronized into Book.',
    ),
  ];
  const rule = (profile?: string[]) => plan({ lines: connected, profile }).plan.pairs[1]?.creation.a;

  expect(rule()).toEqual({
    kind: 'connected',
    to: [
      { pair: 'ticket-to-entry', path: 'connected_ticket' },
      { pair: 'client-to-account', path: 'connected_client' },
    ],
  });
  expect(rule([...PAIR, '    connected: [{ pair: ticket-to-entry, path: ticket.ref }]'])).toEqual({
    kind: 'connected',
    to: [{ pair: 'ticket-to-entry', path: 'ticket.ref' }],
  });
});

test('a record is connected through any section of the entity that is named, its own one too', () => {
  const connected =
    'A new Book Account will be created from a Desk Client if it is connected to a Desk Client that is synchronized into Book.';
  const lines = [
    ...section('Desk Client', 'Book Account', EVERY, '', connected),
    ...section('Desk Client', 'Book Card', 'Every Desk Client will be synchronized with a Book Card.'),
  ];
  const path = 'connected_client';

  expect(plan({ lines }).plan.pairs[0]?.creation.a).toEqual({
    kind: 'connected',
    to: [
      { pair: 'client-to-account', path },
      { pair: 'client-to-card', path },
    ],
  });
});

test('a link comes first only where no sentence creates', () => {
  const first =
    'Before any synchronization can take place, a link between a Desk Client and a Book Account must be established.';
  const rule = (...sentences: string[]) =>
    pairOf({ lines: section('Desk Client', 'Book Account', ...sentences.flatMap((one) => [one, ''])) })
      ?.creation.a.kind;

  expect(rule(first)).toBe('linked-only');
  expect(rule(first, EVERY)).toBe('every');
  expect(rule(EVERY)).toBe('every');
});

test('the keys of the profile come before those of the document', () => {
  const lines = section('Desk Client', 'Book Account', EVERY, '', ...merges(['no', 'number']));
  const profile = [...PAIR, '    match: [[{ source: name, target: title }, { source: city, target: town }]]'];

  expect(pairOf({ lines, profile })?.match).toEqual([
    {
      slug: 'name-city',
      parts: [
        { a: 'name', b: 'title', normalise: 'none' },
        { a: 'city', b: 'town', normalise: 'none' },
      ],
      line: null,
      origin: 'profile',
    },
  ]);
  expect(pairOf({ lines, profile: PAIR })?.match).toMatchObject([{ slug: 'no', origin: 'document' }]);
});

test('e-mail addresses of the document are matched whatever their case, by the name of either side', () => {
  const normalised = (a: string, b: string) =>
    pairOf({ lines: section('Desk Client', 'Book Account', EVERY, '', ...merges([a, b])) })?.match[0]
      ?.parts[0]?.normalise;

  expect([normalised('email', 'mail'), normalised('E-Mail', 'x'), normalised('epost', 'x')]).toEqual(
    Array.from({ length: 3 }, () => 'case-insensitive'),
  );
  expect([normalised('x', 'email'), normalised('x', 'e-mail')]).toEqual([
    'case-insensitive',
    'case-insensitive',
  ]);
  expect([normalised('name', 'title'), normalised('mail', 'mail')]).toEqual(['none', 'none']);
});

test('a key by which a system names its records is not matched by, on either side', () => {
  const lines = section(
    'Desk Client',
    'Book Account',
    EVERY,
    '',
    ...merges(['id', 'ref'], ['ref', '$original_id'], ['paid', 'idea'], ['client.id', 'x'], ['no', 'number']),
  );

  expect(pairOf({ lines })?.match.map((key) => key.slug)).toEqual(['paid', 'client-id', 'no']);
  expect(openMerges(plan({ lines }).pairs[0]?.pair as never).map((row) => row.source[0]?.text)).toEqual([
    'id',
    'ref',
  ]);
});

test('a row of the profile may name a new property, but none that is a slip of a known one', () => {
  const row = (source: string, target: string) => [
    ...PAIR,
    '    rows:',
    `      - { source: ${source}, target: ${target} }`,
  ];

  expect(() => plan({ profile: row('name', 'title') })).not.toThrow();
  expect(refusal({ profile: row('nam', 'title') })).toMatchObject({
    code: 'unknown-property',
    message: 'Client has no property nam',
    where: 'p.yaml:8',
    expected: expect.stringMatching(/^a property of Client, such as .*name/) as string,
    found: 'nam',
    remedy: expect.stringContaining('did you mean "name"?') as string,
  });
  expect(() => plan({ profile: row('name', 'frobnication') })).not.toThrow();
});

test('a pair of the profile must be one of the document', () => {
  expect(refusal({ profile: ['pairs:', '  - { source: Client, target: Ledger }'] })).toMatchObject({
    code: 'unknown-pair',
    message: 'the document holds no pair Client to Ledger',
    where: 'p.yaml:5',
    expected: 'Client to Account',
    found: 'Client to Ledger',
  });
  expect(refusal({ profile: ['pairs:', '  - { source: Ticket, target: Account }'] }).found).toBe(
    'Ticket to Account',
  );
  expect(refusal({ lines: [], profile: ['pairs:', '  - { source: Client, target: Ledger }'] }).expected).toBe(
    'no pair at all',
  );
});

test('an entity that a given contract does not hold is an error with the line of its section', () => {
  const profile = () => {
    const loaded = profileOf();
    const book = loaded.profile.systems['book'];
    if (book !== undefined) book.contract = 'crm';
    return loaded;
  };
  const document = read(
    section('Desk Client', 'Book Ledger', 'Every Desk Client will be synchronized with a Book Ledger.'),
  );

  expect(() =>
    buildPlan({ document, reverse: null, profile: profile(), contracts: { crm: crmContract } }),
  ).toThrow(
    expect.objectContaining({
      code: 'unknown-entity',
      where: 'line 4',
      expected: expect.stringMatching(/^Customer, /) as string,
      found: 'Ledger',
    }),
  );
});
