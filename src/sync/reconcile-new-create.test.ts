import { expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import { ClientError, type FailureKind } from './client-error.js';
import { reconcileNew } from './reconcile-new.js';
import { LINK, linkingEngine } from './testing/linking-engine.js';
import { rowOf } from './testing/mapped-row.js';
import { AT, listed } from './testing/polling-engine.js';

const BERG = { no: '1', name: 'Berg' };
const failing = (kind: FailureKind) => () => {
  throw new ClientError(kind, `it is ${kind}`, 'name');
};

test('what was made is linked with both values agreed on, and both records are as the sync left them', async () => {
  const { engine, pair, linkOf, made, dirty } = linkingEngine({ a: { a1: BERG } });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toEqual([{ side: 'b', fields: BERG, key: 'fresh-key' }]);
  expect(linkOf('a', 'a1')).toEqual({
    ...LINK,
    bId: 'b-new',
    base: { no: { a: '1', b: '1' }, name: { a: 'Berg', b: 'Berg' } },
  });
  expect([...engine.reconciled.keys()]).toEqual(['b Parcel b-new', 'a Stall a1']);
  expect(dirty()).toEqual([]);
});

test('a record of side b is made on side a the same way', async () => {
  const { engine, pair, linkOf, made } = linkingEngine({ b: { b1: BERG } });

  await reconcileNew(engine, pair, 'b', 'b1');

  expect(made).toEqual([{ side: 'a', fields: BERG, key: 'fresh-key' }]);
  expect(linkOf('b', 'b1')).toEqual({
    ...LINK,
    aId: 'a-new',
    base: { no: { a: '1', b: '1' }, name: { a: 'Berg', b: 'Berg' } },
  });
});

test('what its provider made of a value is what was agreed on', async () => {
  const { engine, pair, linkOf } = linkingEngine({
    a: { a1: BERG },
    onCreate: (sent) => listed('b1', { ...sent, name: 'BERG' }),
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')?.base?.['name']).toEqual({ a: 'Berg', b: 'BERG' });
});

test('a value that the answer lacks counts as kept as it was sent, and is reported', async () => {
  const { engine, pair, linkOf, store } = linkingEngine({
    a: { a1: BERG },
    absent: 'missing',
    onCreate: ({ no = null }) => listed('b1', { no }),
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')?.base?.['name']).toEqual({ a: 'Berg', b: 'Berg' });
  expect(store.problems()).toMatchObject([
    {
      side: 'b',
      recordId: 'b1',
      field: 'name',
      message: 'the property is missing in the answer to its creation',
    },
  ]);
  expect(engine.reconciled.size).toBe(0);
});

test.each([
  ['a', 'b-to-a'],
  ['b', 'a-to-b'],
] as const)('of a record of side %s a row that goes %s agrees on nothing yet', async (side, direction) => {
  const city = rowOf('city', { direction });
  const { engine, pair, linkOf } = linkingEngine({
    [side]: { r1: { ...BERG, city: 'Oslo' } },
    pair: { rows: [rowOf('no'), city] },
    onCreate: (sent) => listed('new', { ...sent, city: 'Bergen' }),
  });

  await reconcileNew(engine, pair, side, 'r1');

  expect(linkOf(side, 'r1')?.base).toEqual({ no: { a: '1', b: '1' } });
});

test('what the source lacks is not carried, and what stands in its place is no edit', async () => {
  const { engine, pair, linkOf } = linkingEngine({
    a: { a1: { no: '1' } },
    absent: 'missing',
    onCreate: (sent) => listed('b1', { ...sent, name: 'nobody' }),
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')?.base?.['name']).toEqual({ b: 'nobody' });
});

test.each(['a', 'b'] as const)(
  'a row under a condition on side %s is agreed on where it is met',
  async (side) => {
    const name = rowOf('name', { only: [{ side, path: 'kind', value: 'shop' }] });
    const { engine, pair, linkOf } = linkingEngine({
      [side]: { r1: { ...BERG, kind: 'shop' }, r2: { ...BERG, no: '2', kind: 'home' } },
      pair: { rows: [rowOf('no'), name] },
      onCreate: (sent) => listed(`made-of-${String(sent['no'])}`, sent),
    });

    await reconcileNew(engine, pair, side, 'r1');
    await reconcileNew(engine, pair, side, 'r2');

    expect(Object.keys(linkOf(side, 'r1')?.base ?? {})).toEqual(['no', 'name']);
    expect(Object.keys(linkOf(side, 'r2')?.base ?? {})).toEqual(['no']);
  },
);

test('where another source of one property counts once it is made, its value is what was agreed on', async () => {
  const sources: MappedRow[] = [
    rowOf('name', { precedence: 1 }),
    rowOf('alias', { precedence: 2, b: 'name', direction: 'a-to-b' }),
  ];
  const { engine, pair, linkOf } = linkingEngine({
    b: { b1: BERG },
    pair: { rows: [rowOf('no'), ...sources] },
    onCreate: ({ no = null }) => listed('a1', { no, name: null, alias: 'B.' }),
  });

  await reconcileNew(engine, pair, 'b', 'b1');

  expect(linkOf('b', 'b1')?.base?.['name']).toEqual({ b: 'Berg', a: 'B.' });
});

test('a create whose outcome is unknown is noted as under way', async () => {
  const { engine, pair, store } = linkingEngine({ a: { a1: BERG }, onCreate: failing('transient') });

  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toMatchObject({ kind: 'transient' });

  expect(store.createIntents()).toMatchObject([{ id: 'a1', key: 'fresh-key', fields: BERG, sentAt: AT }]);
});

test.each([new ClientError('permanent', 'no', 'name'), new Error('broken')])(
  'a create that fails for good is not under way, and fails as it does: %s',
  async (error) => {
    const { engine, pair, store, asked } = linkingEngine({
      a: { a1: BERG },
      onCreate: () => {
        throw error;
      },
    });

    await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toBe(error);

    expect(store.createIntents()).toEqual([]);
    expect(asked.filter((one) => one === 'b changes')).toHaveLength(1);
  },
);

test.each(['permanent', 'transient'] as const)(
  'a create that fails otherwise (%s) links nothing that was made meanwhile',
  async (kind) => {
    const { engine, pair, store } = linkingEngine({
      a: { a1: BERG },
      onCreate: (_sent, held) => {
        held.b['b9'] = BERG;
        return failing(kind)();
      },
    });

    await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toMatchObject({ kind });

    expect(store.links()).toEqual([]);
  },
);

test('a value that cannot be carried stays reported when the rest was made', async () => {
  const name = rowOf('name', { transform: { kind: 'enum', pairs: [['Moe', 'M']] } });
  const { engine, pair, store, linkOf } = linkingEngine({
    a: { a1: BERG },
    pair: { rows: [rowOf('no'), name] },
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')?.bId).toBe('b-new');
  expect(store.problems()).toMatchObject([{ side: 'a', recordId: 'a1', field: 'name' }]);
});

test.each([
  ['a', 'b'],
  ['b', 'a'],
] as const)(
  'a record of side %s is linked with the one of side %s that holds its unique value',
  async (side, to) => {
    const { engine, pair, linkOf, store } = linkingEngine({
      [side]: { r1: BERG },
      onCreate: (_sent, held) => {
        held[to]['r9'] = { ...BERG };
        return failing('duplicate')();
      },
    });

    await reconcileNew(engine, pair, side, 'r1');

    expect(linkOf(side, 'r1')).toMatchObject({ [`${to}Id`]: 'r9', [`${side}Id`]: 'r1', state: 'live' });
    expect(store.createIntents()).toEqual([]);
  },
);

test.each([
  ['a', { b: ['b8', 'b9'] }, 'matches 2 records: b8, b9'],
  ['b', { a: ['a9'], b: ['b8'] }, 'matches 2 records: r1, b8'],
] as [Side, Partial<Record<Side, string[]>>, string][])(
  'where a record of side %s is refused as one of several that match (%j), none is linked',
  async (side, others, message) => {
    const { engine, pair, store } = linkingEngine({
      [side]: { r1: BERG },
      onCreate: (_sent, held) => {
        for (const to of ['a', 'b'] as const) for (const id of others[to] ?? []) held[to][id] = BERG;
        return failing('duplicate')();
      },
    });

    await reconcileNew(engine, pair, side, 'r1');

    expect(store.links()).toEqual([]);
    expect(store.problems()).toMatchObject([{ side: 'a', message }]);
  },
);

test('a unique value that no record without counterpart holds is reported as the provider told', async () => {
  const { engine, pair, store } = linkingEngine({ a: { a1: BERG }, onCreate: failing('duplicate') });

  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toMatchObject({
    kind: 'duplicate',
    message: 'it is duplicate',
  });
  expect(store.links()).toEqual([]);
});

test.each([
  ['a', { aId: 'a9', bId: 'x1' }],
  ['b', { aId: 'x1', bId: 'b9' }],
] as [Side, { aId: string; bId: string }][])(
  'what was made of a record of side %s and is linked with another one is not taken from it',
  async (side, taken) => {
    const { engine, pair, store } = linkingEngine({
      [side]: { r1: BERG },
      onCreate: () => listed('x1', BERG),
    });
    store.putLink({ ...LINK, ...taken });

    await expect(reconcileNew(engine, pair, side, 'r1')).rejects.toMatchObject({
      kind: 'transient',
      message: 'what was made for r1 is linked with another record',
    });

    expect(store.links()).toMatchObject([taken]);
    expect(store.createIntents()).toEqual([]);
  },
);

test('what was made and is linked with its record already stays linked with it', async () => {
  const { engine, pair, store, linkOf } = linkingEngine({
    a: { a1: BERG },
    onCreate: () => listed('b1', BERG),
  });
  store.putLink({ ...LINK, state: 'b-gone' });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')).toMatchObject({ bId: 'b1', state: 'live' });
});
