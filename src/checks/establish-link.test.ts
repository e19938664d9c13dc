import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { SyncLink } from '../drivers/ports.js';
import { establish } from './establish.js';
import { CheckFailure } from './failure.js';
import { carryToA, carryToB, smallWorld } from './testing/small-world.js';

const LINK_FIRST: Partial<PairPlan> = {
  creation: { a: { kind: 'linked-only' }, b: null },
  match: [
    {
      slug: 'name',
      parts: [{ a: 'name', b: 'name', normalise: 'none' }],
      line: null,
      origin: 'document',
    },
  ],
};
const BACK_ALONE: Partial<PairPlan> = {
  creation: { a: { kind: 'linked-only' }, b: { kind: 'every' } },
};
const knows = (...links: SyncLink[]) => ({ links: async () => links });
const refuse = async () => {
  throw new CheckFailure('not yet');
};

test('a record of a is made, and what came of it is its counterpart and the subject of the check', async () => {
  const { context, a, looks } = smallWorld();

  const link = await establish(context, { name: 'Berg' });

  expect(link).toEqual({ aId: '1', bId: 'of-1', a: a.held.get('1') });
  expect(link.a['name']).toBe('Berg');
  expect(context.subject).toEqual({ aId: '1', bId: 'of-1' });
  expect(context.before).toMatchObject({ a: { id: '1', fields: { name: 'Berg' } }, b: null });
  expect(looks).toEqual([true]);
});

test('a record is made so that it meets the condition of its creation', async () => {
  const condition = { path: 'status', equals: 'open', meets: 'open', fails: 'closed' };
  const { context } = smallWorld({ pair: { creation: { a: { kind: 'when', condition }, b: null } } });

  expect((await establish(context)).a['status']).toBe('open');
});

test('the sync is not at rest before what is expected of the new pair is seen', async () => {
  const { context, looks } = smallWorld();
  const seen: unknown[] = [];

  const link = await establish(context, {}, async (found) => void seen.push(found));
  await establish(context, {}, refuse);

  expect(seen).toEqual([link]);
  expect(looks).toEqual([true, false]);
});

test('a counterpart that has not come is waited for, then fails the check', async () => {
  const { context, looks } = smallWorld({ work: () => undefined });

  await expect(establish(context)).rejects.toThrow('expected exactly one new CRM Contact, found 0');

  expect(looks).toEqual([false]);
});

test.each([
  ['the link of just these records', [{ pair: 'customer', aId: '1', bId: 'of-1' }], true],
  [
    'theirs among others',
    [
      { pair: 'customer', aId: '7', bId: 'of-7' },
      { pair: 'customer', aId: '1', bId: 'of-1' },
      { pair: 'order', aId: '1', bId: 'x' },
    ],
    true,
  ],
  ['no link', [], false],
  ['the link of another record', [{ pair: 'customer', aId: '7', bId: 'of-7' }], false],
  ['the link of a record of another pair', [{ pair: 'order', aId: '1', bId: 'of-1' }], false],
])('a new pair counts as linked where the sync knows %s', async (_what, links, isLinked) => {
  const { context, looks } = smallWorld({ sync: knows(...links) });

  await establish(context);

  expect(looks).toEqual([isLinked]);
});

test('where a link comes first a matching record of b is made, and both are linked without a copy', async () => {
  const { context, a, b } = smallWorld({ pair: LINK_FIRST, work: () => undefined });

  const link = await establish(context, { name: 'Berg' });

  expect([link.aId, link.bId]).toEqual(['1', 'c1']);
  expect([a.held.size, b.held.get('c1')?.['name']]).toEqual([1, 'Berg']);
});

test('where a link comes first nothing is looked for in a sync that cannot be asked for links', async () => {
  const { context, looks } = smallWorld({ pair: LINK_FIRST, work: () => undefined });

  await establish(context);

  expect(looks).toEqual(['at nothing']);
});

test('where a link comes first the link alone is looked for, not what is expected later', async () => {
  const { context, looks } = smallWorld({
    pair: LINK_FIRST,
    work: () => undefined,
    sync: knows({ pair: 'customer', aId: '1', bId: 'c1' }),
  });

  await establish(context, {}, refuse);

  expect(looks).toEqual([true]);
});

test('a link that does not come where one must come first is seen', async () => {
  const { context, looks } = smallWorld({ pair: LINK_FIRST, work: () => undefined, sync: knows() });

  await establish(context);

  expect(looks).toEqual([false]);
});

test('a copy beside the record that matches fails a check whose pair is linked first', async () => {
  const { context } = smallWorld({ pair: LINK_FIRST, work: carryToB });

  await expect(establish(context)).rejects.toThrow(
    'expected the one matching CRM Contact to be linked, found 2 records',
  );
});

test('the record that matches is the counterpart beside records that are only referred to', async () => {
  const { context, b } = smallWorld({ pair: LINK_FIRST, work: () => undefined });
  b.put('aside', { name: 'Referred' });
  context.setAside('b', context.pair, 'aside');

  expect((await establish(context)).bId).toBe('c2');
});

test('a matching record that the sync deletes fails the check', async () => {
  const { context } = smallWorld({ pair: LINK_FIRST, work: ({ b }) => b.held.clear() });

  await expect(establish(context)).rejects.toThrow(
    new CheckFailure('expected the one matching CRM Contact to be linked, found 0 records'),
  );
});

test('a pair that can begin on side b alone is made there, and what came of it on a is its counterpart', async () => {
  const { context, b, looks } = smallWorld({ pair: BACK_ALONE, work: carryToA });
  const seen: unknown[] = [];

  const link = await establish(context, { name: 'Berg' }, async (found) => void seen.push(found));

  expect(link).toEqual({ aId: 'of-c1', bId: 'c1', a: b.held.get('c1') });
  expect(link.a['name']).toBe('Berg');
  expect(context.subject).toEqual({ aId: 'of-c1', bId: 'c1' });
  expect(context.before).toMatchObject({ a: { id: 'of-c1', fields: { name: 'Berg' } }, b: null });
  expect(seen).toEqual([link]);
  expect(looks).toEqual([true]);
});

test('a pair that begins on side b is not at rest before what is expected of it is seen', async () => {
  const { context, looks } = smallWorld({ pair: BACK_ALONE, work: carryToA });

  await establish(context, {}, refuse);

  expect(looks).toEqual([false]);
});

test('a pair that begins on side b is not at rest before the sync knows that it is linked', async () => {
  const { context, looks } = smallWorld({ pair: BACK_ALONE, work: carryToA, sync: knows() });

  await establish(context);

  expect(looks).toEqual([false]);
});
