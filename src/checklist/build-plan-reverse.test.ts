import { describe, expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { buildPlan } from './build-plan.js';
import { EVERY, merges, properties, section } from './testing/init-profile.js';

const read = (title: string, lines: string[]) =>
  readDocument([title, '='.repeat(title.length), '', ...lines, ''].join('\n'), `${title}.rst`);
const client = (...more: string[]) => [...section('Client', 'Account', EVERY), ...more];
const BACK_EVERY = 'Every Book Account will be synchronized with a Desk Client.';
const backClient = (...more: string[]) => [
  'Book Account to Desk Client',
  '---------------------------',
  BACK_EVERY,
  '',
  ...more,
];
const backMerges = (...rows: string[][]) =>
  merges(...rows).map((line) =>
    line
      .replace('Desk Client will merge with a Book Account', 'Book Account will merge with a Desk Client')
      .replace('* - Desk Client', '* - Book Account')
      .replace('  - Book Account P', '  - Desk Client P'),
  );

type Given = { title?: string; lines?: string[]; backTitle?: string; back?: string[] };
function planned({ title = 'Desk to Book Dataflow', lines = client(), backTitle, back = [] }: Given) {
  return buildPlan({
    document: read(title, lines),
    reverse: read(backTitle ?? 'Book to Desk Dataflow', back),
    profile: null,
    contracts: {},
  }).plan.pairs[0];
}

describe('where the document names no key', () => {
  const ROWS = properties(['no', 'number', '"string"'], ['mail', 'post', '"string"']);

  test('the one of the reverse document counts, turned round and without a line', () => {
    const back = backClient(...backMerges(['number', 'no']));

    expect(planned({ lines: client(...ROWS), back })?.match).toEqual([
      {
        slug: 'no',
        parts: [{ a: 'no', b: 'number', normalise: 'none' }],
        line: null,
        origin: 'document',
      },
    ]);
  });

  test('its properties are known by the keys of the reverse document alone', () => {
    const { plan } = buildPlan({
      document: read('Desk to Book Dataflow', client()),
      reverse: read('Book to Desk Dataflow', backClient(...backMerges(['number', 'no']))),
      profile: null,
      contracts: {},
    });

    const known = (side: 'a' | 'b') =>
      (plan.systems[side].entities[0]?.fields ?? [])
        .map(({ path }) => path)
        .filter((path) => ['no', 'number'].includes(path));
    expect([known('a'), known('b')]).toEqual([['no'], ['number']]);
  });

  test('but a key of its own comes before those of the reverse document', () => {
    const lines = client(...merges(['mail', 'post']), ...ROWS);
    const back = backClient(...backMerges(['number', 'no']));

    expect(planned({ lines, back })?.match).toMatchObject([{ slug: 'mail', line: 16 }]);
  });
});

describe('a reverse document that shares no section', () => {
  const fits = (given: Given) => () => planned(given);

  test('is refused when it is of other systems', () => {
    expect(fits({ backTitle: 'Ledger to Till Dataflow' })).toThrow(
      expect.objectContaining({
        code: 'not-the-reverse',
        message: 'the second document is not the reverse of the first',
        where: 'Ledger to Till Dataflow.rst',
        expected: 'a document from Book to Desk',
        found: 'one from Ledger to Till',
        remedy: 'give the document of the opposite direction, or run each document alone',
      }),
    );
  });

  test.each(['Ledger to Desk Dataflow', 'Book to Till Dataflow', 'Desk to Book Dataflow'])(
    'is refused when only one system is the same: %s',
    (backTitle) => {
      expect(fits({ backTitle })).toThrow('not the reverse of the first');
    },
  );

  test('is taken when the systems are the same, spelling aside', () => {
    expect(planned({ backTitle: 'book to DESK Dataflow' })?.creation.b).toBeNull();
  });

  test.each([
    ['Desk to Dataflow', 'Book to Desk Dataflow'],
    ['Desk to Book Dataflow', 'Book to Dataflow'],
  ])('is taken when a title leaves a system without a name: %s | %s', (title, backTitle) => {
    expect(planned({ title, backTitle })?.creation.b).toBeNull();
  });
});

test('a reverse document that shares a section is taken whatever its systems are called', () => {
  const back = [
    'Ledger Account to Till Client',
    '-----------------------------',
    'Every Ledger Account will be synchronized with a Till Client.',
    '',
  ];

  expect(planned({ backTitle: 'Ledger to Till Dataflow', back })?.creation.b).toEqual({ kind: 'every' });
});
