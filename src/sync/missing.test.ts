import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { emptiedByReplace, lostSince } from './missing.js';
import type { Engine } from './pair-context.js';
import { createMemoryStore } from './store/memory.js';

type Api = { absent?: 'missing' | 'null'; updateMode?: 'replace' | 'patch' };

/** A sync to whose side a a record was listed as `known`. */
function engineOf(known: JsonObject | null, { absent = 'missing', updateMode = 'replace' }: Api): Engine {
  const store = createMemoryStore();
  if (known !== null) store.remember({ side: 'a', entity: 'Stall', id: 'r1' }, JSON.stringify(known), []);
  return {
    store,
    clients: { a: { contract: { api: { record: { absent }, updateMode } } } },
  } as unknown as Engine;
}

const recordOf = (fields: JsonObject) => ({ id: 'r1', fields }) as unknown as Remote;

/** What writing back a record of side a would empty. */
function emptied(read: JsonObject, known: JsonObject | null, api: Api = {}): string | null {
  const pair = {
    entity: { a: 'Stall', b: 'Parcel' },
    rows: [
      { a: 'name', b: 'title' },
      { a: 'city', b: 'town' },
    ],
  } as unknown as PairPlan;
  return emptiedByReplace(engineOf(known, api), pair, 'a', recordOf(read));
}

const WHOLE = { name: 'Berg', city: null, note: 'x' };

test('nothing is emptied by a whole record', () => {
  expect(emptied(WHOLE, WHOLE)).toBeNull();
  expect(emptied(WHOLE, null)).toBeNull();
});

test('a property that a row names and the answer lacks would be', () => {
  expect(emptied({ name: 'Berg', note: 'x' }, WHOLE)).toBe('city');
  expect(emptied({ name: 'Berg', note: 'x' }, null)).toBe('city');
  expect(emptied({}, { note: 'x' })).toBe('name');
});

test('so would one that no row names and that the record had', () => {
  expect(emptied({ name: 'Berg', city: null }, WHOLE)).toBe('note');
  expect(emptied({ name: 'Berg', city: null }, null)).toBeNull();
});

test('a provider that leaves out what is empty, or is told changes only, empties nothing', () => {
  expect(emptied({ name: 'Berg' }, WHOLE, { absent: 'null' })).toBeNull();
  expect(emptied({ name: 'Berg' }, WHOLE, { updateMode: 'patch' })).toBeNull();
});

test('a property that was listed is lost where an answer lacks it, unless its provider leaves out what is empty', () => {
  const lost = (api: Api) =>
    lostSince(engineOf(WHOLE, api), 'a', 'Stall', recordOf({ name: 'Berg', note: 'x' }));

  expect([lost({ absent: 'missing' }), lost({ absent: 'null' })]).toEqual(['city', null]);
});
