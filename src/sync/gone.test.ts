import { expect, test } from 'vitest';
import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Policies } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import { ClientError } from './client-error.js';
import { handleGone, offerRest } from './gone.js';
import { matchTexts } from './pair-context.js';
import { CORRECT_STAGES, type SyncStages } from './stages.js';
import type { Link } from './store/port.js';
import { AT, listed, pollingEngine, STALL } from './testing/polling-engine.js';

const NAME = {
  slug: 'name',
  a: 'name',
  b: 'name',
  transform: { kind: 'identity' },
  direction: 'both',
} as unknown as MappedRow;
const AGREED = { name: { a: 'Berg', b: 'Berg' } };
const LINK: Link = { pair: 'stall', aId: 'a1', bId: 'b1', base: AGREED, state: 'live', pending: null };

type Given = {
  policies?: Partial<Policies>;
  stages?: Partial<SyncStages>;
  link?: Partial<Link>;
  /** Whether the deletions of each side can be told, and which they are. */
  feed?: boolean;
  gaps?: boolean;
  gone?: string[];
  goneOfB?: string[];
  onRemove?: () => void;
};

/** Two linked records, of which a1 of side a can no longer be read. */
function goneOf(given: Given) {
  const { policies = {}, stages = {}, link = {}, feed = true, gaps = false, onRemove = () => {} } = given;
  const pair: PairPlan = { ...STALL, rows: [NAME], policies: { ...STALL.policies, ...policies } };
  const tell = (ids: string[] = []) => ids.map((id) => ({ id, at: AT }));
  const { engine, store, asked, dirty } = pollingEngine(
    { a: { gone: feed ? tell(given.gone) : null, all: [listed('a1')] }, b: { gone: tell(given.goneOfB) } },
    [pair],
  );
  engine.stages = { ...CORRECT_STAGES, ...stages };
  const removed: string[] = [];
  for (const side of ['a', 'b'] as const)
    Object.assign(engine.clients[side], {
      apiOf: () => ({
        deletionsShow: gaps ? 'listing-gap' : 'feed',
        routes: { deleted: feed ? { method: 'GET', path: '/gone' } : null },
      }),
      remove: async (_entity: unknown, id: string) => {
        removed.push(`${side} ${id}`);
        onRemove();
      },
    });
  const own = { ...LINK, ...link };
  store.putLink(own);
  const handle = (left: JsonObject | null = { name: 'Berg' }) =>
    handleGone(engine, pair, own, 'a', left === null ? null : listed('b1', left));
  const state = () => store.linkOf('stall', 'a', 'a1')?.state ?? 'none';
  return { engine, pair, store, asked, dirty, removed, handle, state, own };
}

test('the counterpart of a deleted record is deleted, and nothing is known of it any more', async () => {
  const { handle, removed, state, store } = goneOf({ gone: ['a1'] });
  store.remember({ side: 'b', entity: 'Parcel', id: 'b1' }, '{"name":"Berg"}', []);

  await handle();

  expect(removed).toEqual(['b b1']);
  expect(state()).toBe('a-gone');
  expect(store.isDeleted({ side: 'b', entity: 'Parcel', id: 'b1' })).toBe(true);
  expect(store.digest({ side: 'b', entity: 'Parcel', id: 'b1' })).toBeNull();
});

test('a counterpart that is gone already counts as deleted', async () => {
  const missing = new ClientError('missing', 'no such record', null);
  const { handle, state } = goneOf({
    gone: ['a1'],
    onRemove: () => {
      throw missing;
    },
  });

  await handle();

  expect(state()).toBe('a-gone');
});

test.each([new ClientError('transient', 'busy', null), new Error('broken')])(
  'a deletion that fails leaves the link, so that it is made again: %s',
  async (error) => {
    const { handle, state, store } = goneOf({
      gone: ['a1'],
      onRemove: () => {
        throw error;
      },
    });

    await expect(handle()).rejects.toBe(error);

    expect(state()).toBe('live');
    expect(store.isDeleted({ side: 'b', entity: 'Parcel', id: 'b1' })).toBe(false);
  },
);

test.each(['ignore', 'unlink'] as const)('under the policy "%s" the counterpart stays', async (policy) => {
  const { handle, removed, state } = goneOf({ gone: ['a1'], policies: { delete: policy } });

  await handle();

  expect([removed, state()]).toEqual([[], 'a-gone']);
});

test('a counterpart that stays is offered to others that match it', async () => {
  const { handle, dirty, store, engine, pair } = goneOf({ gone: ['a1'], policies: { delete: 'ignore' } });
  store.remember(
    { side: 'a', entity: 'Stall', id: 'a2' },
    '{}',
    matchTexts(engine, pair, 'a', { name: 'Berg' }),
  );

  await handle();

  expect(dirty()).toContain('a Stall a2');
});

test('a record that cannot be read counts as gone only when a deletion is known', async () => {
  const { handle, removed, state } = goneOf({ gone: ['another'] });

  await expect(handle()).rejects.toMatchObject({
    kind: 'transient',
    message: 'the record a1 cannot be read, and no deletion is known',
  });
  expect([removed, state()]).toEqual([[], 'live']);
});

test('where gaps of the listing tell, they must', async () => {
  const { handle } = goneOf({ feed: false, gaps: true });

  await expect(handle()).rejects.toMatchObject({ kind: 'transient' });
});

test('where nothing ever tells, what cannot be read is gone', async () => {
  const { handle, removed, state } = goneOf({ feed: false });

  await handle();

  expect([removed, state()]).toEqual([['b b1'], 'a-gone']);
});

test('a deletion that is known already is not asked for again', async () => {
  const { handle, asked, store } = goneOf({});
  store.setDeleted({ side: 'a', entity: 'Stall', id: 'a1' }, AT);

  await handle();

  expect(asked).toEqual([]);
});

test('where both are gone, the deletion of the other side is taken in too', async () => {
  const { handle, removed, store, state } = goneOf({ gone: ['a1'], goneOfB: ['b1'] });

  await handle(null);

  expect(removed).toEqual([]);
  expect(store.isDeleted({ side: 'b', entity: 'Parcel', id: 'b1' })).toBe(true);
  expect(state()).toBe('a-gone');
});

test('an edit of the counterpart is kept and reported where edits win', async () => {
  const wins = goneOf({ gone: ['a1'], policies: { deleteVersusEdit: 'edit-wins' } });
  const loses = goneOf({ gone: ['a1'], policies: { deleteVersusEdit: 'delete-wins' } });

  await wins.handle({ name: 'Dahl' });
  await loses.handle({ name: 'Dahl' });

  expect([wins.removed, loses.removed]).toEqual([[], ['b b1']]);
  expect(wins.store.problems()).toMatchObject([
    { side: 'b', recordId: 'b1', message: 'deleted as a1 while b1 was edited; the edit is kept' },
  ]);
  expect([wins.state(), loses.state(), loses.store.problems()]).toEqual(['a-gone', 'a-gone', []]);
});

test('what was never agreed on is no edit', async () => {
  const { handle, removed } = goneOf({
    gone: ['a1'],
    link: { base: null },
    policies: { deleteVersusEdit: 'edit-wins' },
  });

  await handle({ name: 'Dahl' });

  expect(removed).toEqual(['b b1']);
});

test('records that are out of step already are not deleted with each other', async () => {
  const { handle, removed } = goneOf({ gone: ['a1'], link: { state: 'out-of-scope' } });

  await handle();

  expect(removed).toEqual([]);
});

test('a record that was restored while its counterpart is deleted is offered to others', () => {
  const { engine, pair, store, own, state, dirty } = goneOf({});
  store.remember(
    { side: 'a', entity: 'Stall', id: 'a2' },
    '{}',
    matchTexts(engine, pair, 'a', { name: 'Berg' }),
  );
  const offer = () => offerRest(engine, pair, own, 'a', listed('b1', { name: 'Berg' }));

  offer();
  expect([state(), dirty()]).toEqual(['live', []]);

  store.setDeleted({ side: 'a', entity: 'Stall', id: 'a1' }, AT);
  offer();
  expect([state(), dirty()]).toEqual(['a-gone', ['a Stall a2']]);
});

test('of a record of side a that was restored the deleted one is looked for on side b', () => {
  const { engine, pair, store, own, state, dirty } = goneOf({});
  store.remember(
    { side: 'b', entity: 'Parcel', id: 'b2' },
    '{}',
    matchTexts(engine, pair, 'b', { name: 'Berg' }),
  );
  store.setDeleted({ side: 'b', entity: 'Parcel', id: 'b1' }, AT);

  offerRest(engine, pair, own, 'b', listed('a1', { name: 'Berg' }));

  expect([state(), dirty()]).toEqual(['b-gone', ['b Parcel b2']]);
});

test('a deletion that was taken in before needs no evidence again', () => {
  const { engine, pair, store, own, dirty } = goneOf({ link: { state: 'a-gone' } });
  store.remember(
    { side: 'a', entity: 'Stall', id: 'a2' },
    '{}',
    matchTexts(engine, pair, 'a', { name: 'Berg' }),
  );

  offerRest(engine, pair, own, 'a', listed('b1', { name: 'Berg' }));

  expect(dirty()).toEqual(['a Stall a2']);
});

test('a counterpart that is deleted as well is offered to nobody', async () => {
  const { handle, dirty, store, engine, pair } = goneOf({});
  store.setDeleted({ side: 'a', entity: 'Stall', id: 'a1' }, AT);
  store.remember(
    { side: 'a', entity: 'Stall', id: 'a2' },
    '{}',
    matchTexts(engine, pair, 'a', { name: 'Berg' }),
  );

  await handle();

  expect(dirty()).toEqual([]);
});

test.each([
  ['is there', { name: 'Berg' }, ['b Parcel b1']],
  ['is gone as well', null, []],
] as const)(
  'a sync that makes what is gone anew works on the counterpart where it %s',
  async (_what, left, marked) => {
    const { handle, dirty, state, removed, store } = goneOf({ stages: { onGone: () => 'recreate' } });
    store.remember({ side: 'a', entity: 'Stall', id: 'a1' }, '{"name":"Berg"}', []);

    await handle(left);

    expect([state(), dirty(), removed]).toEqual(['none', marked, []]);
    expect(store.digest({ side: 'a', entity: 'Stall', id: 'a1' })).toBeNull();
  },
);

test('a sync that cannot do with what is gone names the record', async () => {
  const { handle } = goneOf({ stages: { onGone: () => 'fail' } });

  await expect(handle()).rejects.toThrow('a1 is gone');
});
