import { expect, test } from 'vitest';
import { establishBack, makeRecordBack } from './establish-back.js';
import { carryToA, smallWorld } from './testing/small-world.js';

const pair = { creation: { a: { kind: 'every' as const }, b: { kind: 'every' as const } } };

test('a record made on side b is the subject of the check beside that of side a', async () => {
  const { context, b } = smallWorld({ pair });
  context.subject = { aId: '7' };

  const id = await makeRecordBack(context, { name: 'Berg' });

  expect(context.subject).toEqual({ aId: '7', bId: id });
  expect(b.held.get(id)).toEqual({ name: 'Berg' });
});

test('a pair that begins on side b is at rest once the record of a is there and agrees', async () => {
  const { context, looks } = smallWorld({ pair, work: carryToA });

  const link = await establishBack(context, { name: 'Berg' });

  expect(link).toEqual({ aId: 'of-c1', bId: 'c1' });
  expect(context.subject).toEqual(link);
  expect(context.before).toMatchObject({ a: null, b: { id: 'c1', fields: { name: 'Berg' } } });
  expect(looks).toEqual([true]);
});

test('a record of a that holds something else is not yet what is waited for', async () => {
  const { context, looks } = smallWorld({ pair, work: ({ a }) => void a.put('1', { name: 'Other' }) });

  await establishBack(context, { name: 'Berg' });

  expect(looks).toEqual([false]);
});

test('a record of b that brings none on side a fails the check', async () => {
  const { context, looks } = smallWorld({ pair, work: () => undefined });

  await expect(establishBack(context)).rejects.toThrow('expected exactly one new Shop Customer, found 0');

  expect(looks).toEqual([false]);
});
