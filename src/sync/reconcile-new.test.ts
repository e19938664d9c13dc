import { expect, test } from 'vitest';
import type { CreationRule, PairPlan } from '../checklist/plan.js';
import { DEFAULT_POLICIES } from '../checklist/policies.js';
import { ClientError } from './client-error.js';
import { MalformedAnswer } from './malformed-answer.js';
import { problem, refKey } from './pair-context.js';
import { reconcileNew } from './reconcile-new.js';
import { KEY, LINK, linkingEngine } from './testing/linking-engine.js';
import { rowOf } from './testing/mapped-row.js';
import { AT, listed } from './testing/polling-engine.js';
import { UnlinkedReference } from './transform.js';

const BERG = { no: '1', name: 'Berg' };
/** Reads of a1 and of b1 go well until the two are linked, and fail then. */
const failingOnceLinked = () => {
  const seen: string[] = [];
  return (record: string) => {
    if (seen.includes(record)) throw new ClientError('transient', 'busy', null);
    seen.push(record);
  };
};

test.each([
  ['a', 'a1'],
  ['b', 'b1'],
] as const)('a record of side %s is linked with the one that matches it', async (side, id) => {
  const { engine, pair, made, linkOf, held } = linkingEngine({
    a: { a1: BERG },
    b: { b1: { no: '1' } },
  });

  await reconcileNew(engine, pair, side, id);

  expect(linkOf('a', 'a1')).toMatchObject({ bId: 'b1', state: 'live' });
  expect([made, held.b['b1']]).toEqual([[], BERG]);
});

test('what was reported of either record is settled once they are linked, whatever becomes of their merge', async () => {
  const { engine, pair, store, linkOf } = linkingEngine({
    a: { a1: BERG },
    b: { b1: BERG },
    onGet: failingOnceLinked(),
  });
  store.setProblems('stall', 'a', 'a1', [problem(pair, 'a', 'a1', null, 'matches 2 records')]);
  store.setProblems('stall', 'b', 'b1', [problem(pair, 'b', 'b1', null, 'matches 2 records')]);

  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toThrow('busy');

  expect(linkOf('a', 'a1')).not.toBeNull();
  expect(store.problems()).toEqual([]);
});

test.each([
  ['linked', { b1: BERG }],
  ['made', {}],
])('what waited for either record to be %s goes on', async (_how, b) => {
  const { engine, pair, store } = linkingEngine({
    a: { a1: BERG },
    b,
    onCreate: (sent) => listed('b1', sent),
  });
  const waiting = [
    { side: 'a', entity: 'Shelf', id: 's1' },
    { side: 'b', entity: 'Crate', id: 'c1' },
  ] as const;
  for (const one of waiting) {
    store.markDirty(one, AT);
    const [entry] = store.dirty().filter(({ id }) => id === one.id);
    store.waitFor(one, entry?.mark ?? 0, [refKey('stall', one.side, one.side === 'a' ? 'a1' : 'b1')]);
  }

  await reconcileNew(engine, pair, 'a', 'a1');

  const awake = store.dirty().filter(({ waiting: isWaiting }) => !isWaiting);
  expect(awake.map(({ id }) => id)).toEqual(expect.arrayContaining(['s1', 'c1']));
});

test.each([
  ['a', { aId: 'a1', bId: 'b9', state: 'b-gone' }],
  ['b', { aId: 'a9', bId: 'b1', state: 'a-gone' }],
] as const)(
  'what refers to a record of side %s whose counterpart was replaced is carried anew',
  async (end, old) => {
    const toStall = rowOf('stall', { transform: { kind: 'reference', pair: 'stall' } });
    const shelf = { slug: 'shelf', entity: { a: 'Shelf', b: 'Crate' }, rows: [toStall], match: [] };
    const { engine, pair, store, linkOf } = linkingEngine({
      a: { a1: BERG },
      b: { b1: BERG },
      otherPairs: [shelf as unknown as PairPlan],
    });
    store.putLink({ ...LINK, ...old });
    const named = { a: old.aId, b: old.bId };
    store.putLink({ ...LINK, pair: 'shelf', aId: 's1', bId: 'c1', base: { stall: named } });

    await reconcileNew(engine, pair, 'a', 'a1');

    expect(linkOf('b', 'b1')).toMatchObject({ aId: 'a1', state: 'live' });
    expect(store.linkOf('shelf', 'a', 's1')?.base).toEqual({ stall: { ...named, [end]: null } });
  },
);

test('a record that is linked is not taken from its counterpart, whatever counts as free', async () => {
  const { engine, pair, store, linkOf } = linkingEngine({
    a: { a1: BERG, a9: BERG },
    b: { b1: BERG },
    stages: { isFree: () => true },
  });
  store.putLink({ ...LINK, aId: 'a9' });

  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toThrow('linked to another record');

  expect(linkOf('b', 'b1')?.aId).toBe('a9');
});

test('several that match are reported, and none is linked', async () => {
  const { engine, pair, store, made } = linkingEngine({ a: { a1: BERG }, b: { b1: BERG, b2: BERG } });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(store.problems()).toMatchObject([
    { side: 'a', recordId: 'a1', field: null, message: 'matches 2 records: b1, b2' },
  ]);
  expect([store.links(), made]).toEqual([[], []]);
});

test('so are several of side b when one of them is looked at first', async () => {
  const { engine, pair, store } = linkingEngine({ a: { a1: BERG }, b: { b1: BERG, b2: BERG } });

  await reconcileNew(engine, pair, 'b', 'b1');

  expect(store.problems()).toMatchObject([
    { side: 'a', recordId: 'a1', message: 'matches 2 records: b1, b2' },
  ]);
  expect(store.links()).toEqual([]);
});

test('of several that match the policy may pick one', async () => {
  const { engine, pair, store, linkOf } = linkingEngine({
    a: { a1: BERG },
    b: { b1: BERG, b2: BERG },
    pair: { policies: { ...DEFAULT_POLICIES, ambiguousMatch: 'first' } },
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(linkOf('a', 'a1')?.bId).toBe('b1');
  expect(store.problems()).toEqual([]);
});

test('once none matches any more, it is no longer reported that several do', async () => {
  const { engine, pair, store } = linkingEngine({
    a: { a1: BERG },
    pair: { creation: { a: { kind: 'linked-only' }, b: null } },
  });
  store.setProblems('stall', 'a', 'a1', [problem(pair, 'a', 'a1', null, 'matches 2 records')]);

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(store.problems()).toEqual([]);
});

test.each([
  ['its match key', { kind: 'every' }, { name: 'Berg' }, 'no'],
  [
    'what the rule of creation asks for',
    { kind: 'when', condition: { path: 'kind', equals: 'shop' } },
    BERG,
    'kind',
  ],
] as [string, CreationRule, Record<string, string>, string][])(
  'an answer that lacks %s decides nothing',
  async (_what, rule, fields, path) => {
    const { engine, pair, made } = linkingEngine({
      a: { a1: fields },
      absent: 'missing',
      pair: { creation: { a: rule, b: null } },
    });

    const outcome = reconcileNew(engine, pair, 'a', 'a1');

    await expect(outcome).rejects.toBeInstanceOf(MalformedAnswer);
    await expect(outcome).rejects.toMatchObject({
      message: `unusable answer: ${path} of Stall a1 is missing in the answer`,
      field: path,
    });
    expect(made).toEqual([]);
  },
);

test.each([
  ['every record is one to create', { kind: 'every' }, {}, 1],
  ['records are linked only', { kind: 'linked-only' }, {}, 0],
  ['it meets the condition', { kind: 'when', condition: { path: 'name', equals: 'Berg' } }, {}, 1],
  ['it misses the condition', { kind: 'when', condition: { path: 'name', equals: 'Moe' } }, {}, 0],
  ['those without a match wait for one', { kind: 'every' }, { noMatch: 'wait' as const }, 0],
] as [string, CreationRule, Partial<PairPlan['policies']>, number][])(
  'of a record without a match, where %s: %j, %j, %i is made',
  async (_when, rule, policies, count) => {
    const { engine, pair, made } = linkingEngine({
      a: { a1: BERG },
      pair: { creation: { a: rule, b: null }, policies: { ...DEFAULT_POLICIES, ...policies } },
    });

    await reconcileNew(engine, pair, 'a', 'a1');

    expect(made).toHaveLength(count);
  },
);

test('where no key tells of a match, none is waited for', async () => {
  const { engine, pair, made } = linkingEngine({
    a: { a1: BERG },
    pair: { match: [], policies: { ...DEFAULT_POLICIES, noMatch: 'wait' } },
  });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toHaveLength(1);
});

test('a record of side b of which nothing is made stays as it is', async () => {
  const { engine, pair, made, store } = linkingEngine({
    b: { b1: BERG },
    pair: { creation: { a: { kind: 'every' }, b: null } },
  });

  await reconcileNew(engine, pair, 'b', 'b1');

  expect([made, store.links()]).toEqual([[], []]);
});

/** A stall that is created once what it refers to is linked: its hall, or else its street. */
function connected(fields: Record<string, string | null>) {
  const to = [
    { pair: 'hall', path: 'hall' },
    { pair: 'street', path: 'street' },
  ];
  return linkingEngine({
    a: { a1: { ...BERG, ...fields } },
    pair: { match: [KEY], creation: { a: { kind: 'connected', to }, b: null } },
  });
}

test('a record is made once one that it is connected with is linked', async () => {
  const { engine, pair, store, made } = connected({ hall: 'h1', street: 's1' });
  store.putLink({ ...LINK, pair: 'street', aId: 's1', bId: 't1' });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toHaveLength(1);
});

test('a record waits for those that it is connected with while none of them is linked', async () => {
  const { engine, pair, store, made } = connected({ hall: 'h1', street: 's1' });
  store.putLink({ ...LINK, pair: 'street', aId: 's1', bId: 't1', state: 'b-gone' });

  const failure: unknown = await reconcileNew(engine, pair, 'a', 'a1').catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(UnlinkedReference);
  expect((failure as UnlinkedReference).refs).toEqual(['hall a h1', 'street a s1']);
  expect(made).toEqual([]);
});

test('a record that is connected with nothing is not made, and waits for nothing', async () => {
  const { engine, pair, made } = connected({ hall: null });

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toEqual([]);
});
