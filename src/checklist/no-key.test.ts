import { expect, test } from 'vitest';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { EVERY, merges, section } from './testing/init-profile.js';

const compiledWith = (...rows: string[][]) =>
  compile({
    document: readDocument(
      [
        'Desk to Book Dataflow',
        '=====================',
        '',
        ...section('Client', 'Account', EVERY),
        ...merges(...rows),
      ].join('\n'),
      'd.rst',
    ),
    reverse: null,
    profile: null,
    contracts: {},
  });

test.each([
  ['no property of one side', ['mail', '']],
  ['no property at all', ['', '']],
  ['two properties for one', ['first, last', 'name']],
  ['one property for two', ['name', 'first, last']],
])('a merge row with %s is no key, and says so', (_what, row) => {
  const { plan, checks } = compiledWith(row, ['no', 'number']);
  const open = checks.filter(({ notTestable }) => notTestable !== null);

  expect(plan.pairs[0]?.match.map(({ slug }) => slug)).toEqual(['no']);
  expect(open).toMatchObject([
    {
      form: 'merge-on',
      scenario: 'link-existing',
      notTestable: {
        reason: 'the row does not name as many properties on one side as on the other',
        remedy: 'complete it in the document, or name the match in the profile',
      },
    },
  ]);
});

test('a merge row of as many properties on both sides is a key', () => {
  const { plan, checks } = compiledWith(['first, last', 'given, family']);

  expect(plan.pairs[0]?.match[0]?.parts.map(({ a, b }) => [a, b])).toEqual([
    ['first', 'given'],
    ['last', 'family'],
  ]);
  expect(checks.filter(({ notTestable }) => notTestable !== null)).toEqual([]);
});
