import { describe, expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import { refKey } from './pair-context.js';
import type { LinkState } from './store/port.js';
import { linkedRecords, rowOf } from './testing/linked-records.js';

/** A name that was edited on side a, and is to be written to side b. */
const edit = (given: Partial<Parameters<typeof linkedRecords>[0]> = {}) =>
  linkedRecords({
    rows: [rowOf('name')],
    a: { name: 'new' },
    b: { name: 'old' },
    ...given,
    link: { base: { name: { a: 'old', b: 'old' } }, ...given.link },
  });

describe('a record that is gone', () => {
  test.each([
    ['a', 'live'],
    ['b', 'live'],
    ['a', 'out-of-scope'],
  ] as const)('of side %s is noted as gone while the link is %s', async (side, state) => {
    const { reconcile, now, sent } = edit({
      [side]: null,
      policies: { delete: 'ignore' },
      link: { state },
    });

    await reconcile();

    expect([now().state, sent]).toEqual([`${side}-gone`, []]);
  });

  test.each([
    ['a', 'b1'],
    ['b', 'a1'],
  ] as const)(
    'of side %s takes its counterpart with it, where deletions are followed',
    async (side, other) => {
      const { reconcile, removed } = edit({
        a: { name: 'old' },
        [side]: null,
        policies: { delete: 'propagate' },
      });

      await reconcile();

      expect(removed).toEqual([other]);
    },
  );

  test('as its counterpart is changes nothing, and no deletion is asked for', async () => {
    const { reconcile, now, asked } = edit({ a: null, b: null, link: { state: 'a-gone' } });

    await reconcile();

    expect([now().state, asked]).toEqual(['a-gone', []]);
  });

  test('while its counterpart is there again is the one that is noted as gone', async () => {
    const { reconcile, now, store } = edit({ a: null, link: { state: 'b-gone' } });
    store.setDeleted({ side: 'a', entity: 'Stall', id: 'a1' }, 1);

    await reconcile();

    expect(now().state).toBe('a-gone');
  });
});

test.each<[LinkState, boolean]>([
  ['a-gone', false],
  ['out-of-scope', false],
  ['live', true],
])('what waits for a record whose link is %s is woken where it is linked anew', async (state, isWaiting) => {
  const { reconcile, now, held, store } = edit({ link: { state } });
  const key = { side: 'a' as const, entity: 'Stall', id: 'a9' };
  store.markDirty(key, 0);
  store.waitFor(key, store.dirty()[0]?.mark ?? 0, [refKey('stall', 'a', 'a1')]);

  await reconcile();

  expect([now().state, held.b]).toEqual(['live', { name: 'new' }]);
  expect(store.dirty()).toMatchObject([{ id: 'a9', waiting: isWaiting }]);
});

test('two records that left the scope are not brought together', async () => {
  const when = { kind: 'when', condition: { path: 'kind', equals: 'open' } };
  const { reconcile, now, sent } = edit({
    a: { name: 'new', kind: 'shut' },
    creation: { a: when, b: null } as unknown as PairPlan['creation'],
    policies: { scopeExit: 'unlink' },
  });

  await reconcile();

  expect([now().state, sent]).toEqual(['out-of-scope', []]);
});
