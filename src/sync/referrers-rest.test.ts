import { expect, test } from 'vitest';
import { runCycle } from './cycle.js';
import { KEY, LINK, linkingEngine } from './testing/linking-engine.js';
import { rowOf } from './testing/mapped-row.js';

/** Stalls that name another one; the counterparts of both are gone, which is reported. */
function syncOf(partners: Record<string, string>) {
  const sync = linkingEngine({
    pair: {
      match: [KEY],
      rows: [rowOf('no'), rowOf('partner', { transform: { kind: 'reference', pair: 'stall' } })],
    },
    a: Object.fromEntries(
      Object.entries(partners).map(([id, other]) => [`a${id}`, { no: id, partner: `a${other}` }]),
    ),
  });
  for (const [id, other] of Object.entries(partners)) {
    const own = { pair: 'stall', side: 'a' as const, recordId: `a${id}`, field: null };
    sync.store.putLink({
      ...LINK,
      aId: `a${id}`,
      bId: `b${id}`,
      state: 'b-gone',
      base: { partner: { a: `a${other}`, b: `b${other}` } },
    });
    sync.store.setDeleted({ side: 'b', entity: 'Parcel', id: `b${id}` }, 1);
    sync.store.setProblems('stall', 'a', `a${id}`, [{ ...own, message: 'the edit is kept' }]);
  }
  return sync;
}

test.each([
  ['one that refers to itself', { '1': '1' }],
  ['two that refer to each other', { '1': '2', '2': '1' }],
])('records without counterpart come to rest: %s', async (_what, partners) => {
  const { engine, dirty } = syncOf(partners);

  await runCycle(engine, 'worker');

  expect(dirty()).toEqual([]);
});
