import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../contract/field.js';
import { linkedRecords, rowOf } from './testing/linked-records.js';

const agreedOn = (value: string, ...slugs: string[]) =>
  Object.fromEntries(slugs.map((slug) => [slug, { a: value, b: value }]));

describe('an edit of a property that other rows share', () => {
  /** x1 ↔ y1 ↔ x2 ↔ y2 … ↔ x5: each property shares a row with the next one. */
  const chain = [1, 2, 3, 4].flatMap((n) => [
    rowOf(`to y${n}`, `x${n}`, `y${n}`),
    rowOf(`to x${n + 1}`, `x${n + 1}`, `y${n}`),
  ]);

  test('is carried along all of them', async () => {
    const { reconcile, held, sent } = linkedRecords({
      rows: chain,
      a: { x1: 'new', x2: 'old', x3: 'old', x4: 'old', x5: 'old' },
      b: { y1: 'old', y2: 'old', y3: 'old', y4: 'old' },
      link: { base: agreedOn('old', ...chain.map(({ slug }) => slug)) },
    });

    await reconcile();

    expect(held).toEqual({
      a: { x1: 'new', x2: 'new', x3: 'new', x4: 'new', x5: 'new' },
      b: { y1: 'new', y2: 'new', y3: 'new', y4: 'new' },
    });
    expect(sent).toHaveLength(8);
  });

  test('is not passed on for ever where nothing ever counts as agreed', async () => {
    const { reconcile, sent } = linkedRecords({
      rows: [
        rowOf('one', 'x', 'z', { direction: 'a-to-b' }),
        rowOf('two', 'y', 'z', { direction: 'a-to-b' }),
      ],
      a: { x: 'x', y: 'y' },
      b: { z: '' },
      stages: { baseAfterWrite: (before) => before, saveLink: () => undefined },
    });

    await reconcile();

    expect(sent.map(({ z }) => z)).toEqual(['x', 'y', 'x', 'y', 'x', 'y', 'x']);
  });

  test('is not passed on by a sync that does not look again', async () => {
    const { reconcile, sent } = linkedRecords({
      rows: chain.slice(0, 2),
      a: { x1: 'new', x2: 'old' },
      b: { y1: 'old' },
      stages: { looksAgain: () => false },
      link: { base: agreedOn('old', ...chain.map(({ slug }) => slug)) },
    });

    await reconcile();

    expect(sent).toEqual([{ side: 'b', y1: 'new' }]);
  });

  test.each<JsonObject>([{ name: 'Berg' }, { name: 'Berg', city: 'Oslo' }])(
    'leads to no second look where all rows of what was written have their value: %j',
    async (a) => {
      const rows = Object.keys(a).map((name) => rowOf(name));
      const { reconcile, sent, looks } = linkedRecords({ rows, a, b: {} });

      await reconcile();

      expect(sent).toEqual([{ side: 'b', ...a }]);
      expect(looks()).toBe(0);
    },
  );
});

describe('two edits that go to one property', () => {
  const ROWS = [rowOf('one', 'x', 'z'), rowOf('two', 'y', 'z')];
  const BASE = agreedOn('old', 'one', 'two');
  const edited = (first: number, second: number) =>
    linkedRecords({
      rows: ROWS,
      a: { x: 'of x', y: 'of y' },
      b: { z: 'old' },
      times: { a: { x: first, y: second }, b: { z: 5 } },
      link: { base: BASE },
    });

  test('of which the second is newer: that one holds', async () => {
    const { reconcile, held, sent, meant } = edited(10, 20);

    await reconcile();

    expect(sent[0]).toEqual({ side: 'b', z: 'of y' });
    expect(meant[0]?.rows).toEqual({ two: { a: 'of y', b: 'of y' } });
    expect(held).toEqual({ a: { x: 'of y', y: 'of y' }, b: { z: 'of y' } });
  });

  test.each([
    ['older', 5],
    ['of the same time', 10],
  ])('of which the second is %s: the first one holds', async (_what, second) => {
    const { reconcile, sent, meant } = edited(10, second);

    await reconcile();

    expect(sent[0]).toEqual({ side: 'b', z: 'of x' });
    expect(meant[0]?.rows).toEqual({ one: { a: 'of x', b: 'of x' } });
  });

  test.each([
    ['of y', 10, 20],
    ['of x', 20, 10],
  ])('of side a are compared by when side b edited them: %s holds', async (newest, x, y) => {
    const { reconcile, sent } = linkedRecords({
      rows: [rowOf('one', 'z', 'x'), rowOf('two', 'z', 'y')],
      a: { z: 'old' },
      b: { x: 'of x', y: 'of y' },
      times: { a: { z: 5 }, b: { x, y } },
      link: { base: BASE },
    });

    await reconcile();

    expect(sent[0]).toEqual({ side: 'a', z: newest });
  });

  test('and say the same: both are meant, whichever is newer', async () => {
    const { reconcile, sent, meant, asked, looks } = linkedRecords({
      rows: ROWS,
      a: { x: 'new', y: 'new' },
      b: { z: 'old' },
      times: { a: { x: 20, y: 10 }, b: { z: 5 } },
      link: { base: BASE },
    });

    await reconcile();

    expect(sent).toEqual([{ side: 'b', z: 'new' }]);
    expect(meant[0]?.rows).toEqual({ one: { a: 'new', b: 'new' }, two: { a: 'new', b: 'new' } });
    expect([asked, looks()]).toEqual([[], 0]);
  });

  test('leave what is written to other properties alone', async () => {
    const { reconcile, meant } = linkedRecords({
      rows: [rowOf('name'), ...ROWS],
      a: { name: 'Berg', x: 'of x', y: 'of y' },
      b: { name: 'old', z: 'old' },
      times: { a: { x: 10, y: 20 }, b: { z: 5 } },
      link: { base: agreedOn('old', 'name', 'one', 'two') },
    });

    await reconcile();

    expect(Object.keys(meant[0]?.rows ?? {})).toEqual(['name', 'two']);
  });
});

describe('a row that holds under a condition', () => {
  const only = [{ side: 'b' as const, path: 'kind', value: 'shop' }];

  test.each([
    ['of its own property', rowOf('owner', 'owner', 'owner', { only })],
    ['of a property that another row reads too', rowOf('copy', 'kind', 'copy', { only })],
  ])('that what was written meets is looked at next: %s', async (_what, row) => {
    const { reconcile, sent } = linkedRecords({
      rows: [rowOf('kind'), row],
      a: { kind: 'shop', owner: 'Ida' },
      b: { kind: '', owner: '', copy: '' },
    });

    await reconcile();

    expect(sent).toHaveLength(2);
    expect(sent[1]).toHaveProperty(row.b);
  });
});

test('of several sources of one property the one that counts after a write is looked at next', async () => {
  const { reconcile, sent } = linkedRecords({
    rows: [
      rowOf('key', 'x', 'key'),
      rowOf('to', 'x', 'to', { precedence: 1 }),
      rowOf('or', 'y', 'to', { precedence: 2 }),
    ],
    a: { x: '', y: 'of y' },
    b: { key: 'of x', to: 'of y' },
  });

  await reconcile();

  expect(sent).toEqual([
    { side: 'a', x: 'of x' },
    { side: 'b', to: 'of x' },
  ]);
});

describe('a conflict', () => {
  const conflict = (given: Partial<Parameters<typeof linkedRecords>[0]>) =>
    linkedRecords({
      rows: [rowOf('name')],
      a: { name: 'of a' },
      b: { name: 'of b' },
      link: { base: agreedOn('old', 'name') },
      ...given,
    });

  test('that is kept for review is reported on the record of side a, and nothing is written', async () => {
    const { reconcile, store, sent, engine } = conflict({ policies: { conflict: 'keep-for-review' } });

    await reconcile();

    expect(store.problems()).toMatchObject([{ pair: 'stall', side: 'a', recordId: 'a1', field: 'name' }]);
    expect(sent).toEqual([]);
    expect(engine.reconciled.size).toBe(0);
  });

  test('is decided by the newer edit', async () => {
    const { reconcile, held } = conflict({ times: { a: { name: 10 }, b: { name: 20 } } });

    await reconcile();

    expect(held.a).toEqual({ name: 'of b' });
  });

  test.each([
    ['a', { a: {}, b: { name: 20 } }, 'of a'],
    ['b', { a: { name: 20 }, b: {} }, 'of b'],
  ] as const)('of which side %s tells no time is a tie', async (side, times, winner) => {
    const { reconcile, held } = conflict({ times, policies: { tie: side } });

    await reconcile();

    expect(held).toEqual({ a: { name: winner }, b: { name: winner } });
  });
});

test('two records that are brought together are no longer reported, and known as they are', async () => {
  const { reconcile, store, engine, now } = linkedRecords({
    rows: [rowOf('name')],
    a: { name: 'Berg' },
    b: { name: 'Berg' },
  });
  for (const side of ['a', 'b'] as const)
    store.setProblems('stall', side, `${side}1`, [
      { pair: 'stall', side, recordId: `${side}1`, field: 'name', message: 'refused' },
    ]);

  await reconcile();

  expect(store.problems()).toEqual([]);
  expect(engine.reconciled.size).toBe(2);
  expect(now().base).toEqual(agreedOn('Berg', 'name'));
});
