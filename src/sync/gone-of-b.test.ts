import { expect, test } from 'vitest';
import { DEFAULT_POLICIES } from '../checklist/policies.js';
import { reconcileLink } from './reconcile-link.js';
import { LINK, linkingEngine } from './testing/linking-engine.js';

const AGREED = { no: { a: '1', b: '1' }, name: { a: 'Berg', b: 'Berg' } };

test('a record of side a whose counterpart is deleted is deleted as well', async () => {
  const { engine, pair, store, held, linkOf } = linkingEngine({ a: { a1: { no: '1', name: 'Berg' } } });
  const link = { ...LINK, base: AGREED };
  store.putLink(link);

  await reconcileLink(engine, pair, link);

  expect(held.a).toEqual({});
  expect(linkOf('a', 'a1')?.state).toBe('b-gone');
});

test('where edits win it is kept, though only one property of several was edited', async () => {
  const policies = { ...DEFAULT_POLICIES, delete: 'propagate', deleteVersusEdit: 'edit-wins' } as const;
  const { engine, pair, store, held, linkOf } = linkingEngine({
    a: { a1: { no: '1', name: 'Lund' } },
    pair: { policies },
  });
  const link = { ...LINK, base: AGREED };
  store.putLink(link);

  await reconcileLink(engine, pair, link);

  expect(Object.keys(held.a)).toEqual(['a1']);
  expect(linkOf('a', 'a1')?.state).toBe('b-gone');
  expect(store.problems()).toMatchObject([
    { side: 'a', recordId: 'a1', message: 'deleted as b1 while a1 was edited; the edit is kept' },
  ]);
});
