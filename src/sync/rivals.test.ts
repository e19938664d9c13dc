import { expect, test } from 'vitest';
import type { Side } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import { freeRivals, isReported, offerToOthers, textsOf } from './rivals.js';
import type { Link } from './store/port.js';
import { AT, listed, pollingEngine, SHARED, STALL } from './testing/polling-engine.js';

const CRATE_TO_PARCEL = { ...STALL, slug: 'box', entity: { a: 'Crate', b: 'Parcel' } };
const LINK: Link = { pair: 'stall', aId: 'a1', bId: 'b1', base: {}, state: 'live', pending: null };

/** A sync that has read records, which are indexed by their match keys. */
function syncOf(pairs = [STALL]) {
  const { engine, store, dirty } = pollingEngine({}, pairs);
  const read = (side: Side, entity: string, id: string, fields: JsonObject) =>
    store.remember({ side, entity, id }, JSON.stringify(fields), textsOf(engine, side, entity, fields));
  const report = (pair: string, side: Side, recordId: string) =>
    store.setProblems(pair, side, recordId, [{ pair, side, recordId, field: null, message: 'refused' }]);
  return { engine, store, dirty, read, report };
}

test('a record has the match keys of the pairs of its entity only', () => {
  const { engine } = syncOf([...SHARED, CRATE_TO_PARCEL]);
  const pairsOf = (side: Side, entity: string) =>
    textsOf(engine, side, entity, { name: 'Berg' }).map((text) => text.split('\u0000')[0]);

  expect(pairsOf('a', 'Stall')).toEqual(['stall', 'shelf']);
  expect(pairsOf('a', 'Crate')).toEqual(['box']);
  expect(pairsOf('b', 'Parcel')).toEqual(['stall', 'box']);
});

test('when a record no longer bears its key, those of the other side with that key are looked at again', () => {
  const { engine, dirty, read } = syncOf();
  read('a', 'Stall', 'a1', { name: 'Berg' });
  read('b', 'Parcel', 'b1', { name: 'Berg' });
  read('b', 'Parcel', 'b2', { name: 'Dal' });

  freeRivals(engine, 'a', 'Stall', 'a1');

  expect(dirty()).toEqual(['b Parcel b1']);
});

test('of a record that still has a key those with that key are not looked at', () => {
  const { engine, dirty, read } = syncOf(SHARED);
  read('a', 'Stall', 'a1', { name: 'Berg' });
  read('b', 'Parcel', 'b1', { name: 'Berg' });
  read('b', 'Crate', 'b2', { name: 'Berg' });
  const [kept = ''] = textsOf(engine, 'a', 'Stall', { name: 'Berg' });

  freeRivals(engine, 'a', 'Stall', 'a1', [kept]);

  expect(dirty()).toEqual(['b Crate b2']);
});

test('a record that was never read frees nothing', () => {
  const { engine, dirty, read } = syncOf();
  read('b', 'Parcel', 'b1', { name: 'Berg' });

  freeRivals(engine, 'a', 'Stall', 'a1');

  expect(dirty()).toEqual([]);
});

test('of the linked records with a freed key only those that are reported are looked at again', () => {
  const { engine, store, dirty, read, report } = syncOf();
  read('a', 'Stall', 'a9', { name: 'Berg' });
  for (const id of ['1', '2']) {
    read('b', 'Parcel', `b${id}`, { name: 'Berg' });
    store.putLink({ ...LINK, aId: `a${id}`, bId: `b${id}` });
  }
  report('stall', 'b', 'b2');

  freeRivals(engine, 'a', 'Stall', 'a9');

  expect(dirty()).toEqual(['b Parcel b2']);
});

test('a pair of another entity frees no record, though its other side is the same', () => {
  const { engine, store, dirty, read } = syncOf([STALL, CRATE_TO_PARCEL]);
  read('a', 'Stall', 'a9', { name: 'Berg' });
  read('b', 'Parcel', 'b1', { name: 'Berg' });
  store.putLink(LINK);

  freeRivals(engine, 'a', 'Stall', 'a9');

  expect(dirty()).toEqual([]);
});

test.each<[string, string, Side, string, boolean]>([
  ['on its record of side a', 'stall', 'a', 'a1', true],
  ['on its record of side b', 'stall', 'b', 'b1', true],
  ['on the same record in another pair', 'shelf', 'a', 'a1', false],
  ['on a record of side b with the id of its record of side a', 'stall', 'b', 'a1', false],
  ['on a record of side a with the id of its record of side b', 'stall', 'a', 'b1', false],
])('a link with a problem %s (%s %s %s) is reported: %j', (_where, pair, side, id, expected) => {
  const { engine, report } = syncOf();
  report(pair, side, id);

  expect(isReported(engine, LINK)).toBe(expected);
});

test('a record whose counterpart is gone is offered to those that match it and have none', () => {
  const { engine, store, dirty, read } = syncOf();
  for (const [id, name] of [
    ['b1', 'Berg'],
    ['b2', 'Berg'],
    ['b3', 'Dal'],
  ] as const)
    read('b', 'Parcel', id, { name });
  store.putLink(LINK);

  offerToOthers(engine, STALL, 'a', listed('a9', { name: 'Berg' }));

  expect(dirty()).toEqual(['b Parcel b2']);
  expect(store.dirty()[0]?.since).toBe(AT);
});
