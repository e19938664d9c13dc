import { expect, test } from 'vitest';
import type { SyncProblem } from '../drivers/ports.js';
import type { CheckContext } from './context.js';
import {
  differences,
  expectAgreement,
  expectCount,
  expectValue,
  newRecords,
  onlyNew,
  remember,
} from './establish.js';
import { CheckFailure } from './failure.js';
import { smallWorld } from './testing/small-world.js';

/** A check whose record a1 got no counterpart that counts; `tag`: the world is shared with the records of others. */
function withoutCounterpart(problems: string[], tag?: string): CheckContext {
  const problem = (recordId: string) => ({ recordId, message: `${recordId} is refused` }) as SyncProblem;
  return {
    world: {
      b: { list: async () => [{ id: 'of-others' }] },
      sync: { status: async () => ({ state: 'ok', problems: problems.map(problem) }) },
      ...(tag === undefined ? {} : { tag }),
    },
    pair: { entity: { b: 'Customer' } },
    subject: { aId: 'a1', bId: 'b1' },
    isMeant: () => false,
    name: () => 'CRM Customer',
  } as unknown as CheckContext;
}

test.each([
  ['no problem at all', [], 'run-1', 'the sync reports no problem'],
  ['a problem with its counterpart', ['x', 'b1'], 'run-1', 'the sync reports: b1 is refused'],
  ['a problem with the record', ['x', 'a1'], 'run-1', 'the sync reports: a1 is refused'],
  [
    'problems with others alone',
    ['x', 'y'],
    'run-1',
    'the sync reports no problem with this record, and 2 with others',
  ],
  ['any problem, in a world of its own', ['x'], undefined, 'the sync reports: x is refused'],
])('a record that never came is told with what the sync says: %s', async (_what, problems, tag, said) => {
  await expect(onlyNew(withoutCounterpart(problems, tag), new Set(['of-others']))).rejects.toThrow(
    new RegExp(`expected exactly one new CRM Customer, found 0 \\(none\\); ${said}$`),
  );
});

test('a sync that cannot be asked is not cited where a record never came', async () => {
  const { context } = smallWorld();

  await expect(onlyNew(context, new Set())).rejects.toThrow(
    new CheckFailure('expected exactly one new CRM Contact, found 0 (none)'),
  );
});

test('two new records where one is expected fail the check, which names them', async () => {
  const { context, b } = smallWorld();
  b.put('first', {});
  b.put('second', {});

  await expect(onlyNew(context, new Set())).rejects.toThrow(
    new CheckFailure('expected exactly one new CRM Contact, found 2 (first, second)'),
  );
});

test('the one new record is neither known nor made only to be referred to', async () => {
  const { context, a, b } = smallWorld();
  for (const records of [a, b]) for (const id of ['known', 'aside', 'new']) records.put(id, {});
  for (const side of ['a', 'b'] as const) context.setAside(side, context.pair, 'aside');

  expect(await onlyNew(context, new Set(['known']))).toBe('new');
  expect(await onlyNew(context, new Set(['known']), 'a')).toBe('new');
  expect((await newRecords(context, 'a', new Set())).map(({ id }) => id)).toEqual(['known', 'new']);
});

test('records that are only referred to are not counted', async () => {
  const { context, b } = smallWorld();
  b.put('1', {});
  b.put('aside', {});
  context.setAside('b', context.pair, 'aside');

  await expect(expectCount(context, 'b', 1, 'after all')).resolves.toBeUndefined();
  await expect(expectCount(context, 'b', 2, 'after all')).rejects.toThrow(
    new CheckFailure('expected 2 CRM Contact after all, found 1'),
  );
});

test('what both records hold is remembered', async () => {
  const { context, a, b } = smallWorld();
  a.put('1', { name: 'Berg' });
  b.put('2', { name: 'Dahl' });
  context.subject = { aId: '1', bId: '2' };

  await remember(context);

  expect(context.before).toMatchObject({ a: { id: '1', fields: { name: 'Berg' } }, b: { id: '2' } });
});

test('a record that the check does not have is remembered as none, and not asked for', async () => {
  const { context, a, b } = smallWorld();
  context.subject = {};

  await remember(context);

  expect(context.before).toEqual({ a: null, b: null });
  expect([a.asked, b.asked]).toEqual([[], []]);
});

test('records disagree where a row that counts differs, not by one whose condition is not met', async () => {
  const only = [{ side: 'a' as const, path: 'status', value: 'open' }];
  const { context, a, b } = smallWorld({
    rows: [
      { slug: 'name', a: 'name', b: 'name' },
      { slug: 'fax', a: 'fax', b: 'fax', only },
    ],
  });
  const link = { aId: '1', bId: '2' };
  b.put('2', { name: 'Dahl', fax: '9' });
  const differing = async (status: string, slugs?: string[]) => {
    a.put('1', { name: 'Berg', fax: '1', status });
    return (await differences(context, link, slugs)).map(({ path }) => path);
  };

  expect(await differing('open')).toEqual(['name', 'fax']);
  expect(await differing('closed')).toEqual(['name']);
  expect(await differing('open', ['fax'])).toEqual(['fax']);
  expect(await differing('closed', ['fax'])).toEqual([]);
});

test('records that do not agree fail the check, with every difference', async () => {
  const { context, a, b } = smallWorld();
  a.put('1', { name: 'Berg' });
  b.put('2', { name: 'Dahl' });

  await expect(expectAgreement(context, { aId: '1', bId: '2' }, 'in the end')).rejects.toThrow(
    new CheckFailure(
      'in the end the CRM Contact 2 does not agree with the Shop Customer 1: name is "Dahl", expected "Berg"',
      [{ path: 'name', expected: 'Berg', found: 'Dahl' }],
    ),
  );
});

test('a property that holds the value passes, one that holds another fails with both', async () => {
  const { context, b } = smallWorld();
  b.put('2', { name: 'Dahl' });
  const judge = (expected: string) => expectValue(context, 'b', '2', 'name', expected, 'after the edit');

  await expect(judge('Dahl')).resolves.toBeUndefined();
  await expect(judge('Berg')).rejects.toThrow(
    new CheckFailure('CRM Contact 2: name is "Dahl" after the edit, expected "Berg"', [
      { path: 'name', expected: 'Berg', found: 'Dahl' },
    ]),
  );
});
