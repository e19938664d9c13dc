import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { emptiedByReplace } from './missing.js';
import type { Engine } from './pair-context.js';
import { createMemoryStore } from './store/memory.js';

type Api = { absent?: 'missing' | 'null'; updateMode?: 'replace' | 'patch' };

/** What writing back a record of side a would empty, where it was listed as `known`. */
function emptied(read: JsonObject, known: JsonObject | null, api: Api = {}): string | null {
  const { absent = 'missing', updateMode = 'replace' } = api;
  const store = createMemoryStore();
  if (known !== null) store.remember({ side: 'a', entity: 'Stall', id: 'r1' }, JSON.stringify(known), []);
  const engine = {
    store,
    clients: { a: { contract: { api: { record: { absent }, updateMode } } } },
  } as unknown as Engine;
  const pair = {
    entity: { a: 'Stall', b: 'Parcel' },
    rows: [
      { a: 'name', b: 'title' },
      { a: 'city', b: 'town' },
    ],
  } as unknown as PairPlan;
  return emptiedByReplace(engine, pair, 'a', { id: 'r1', fields: read } as unknown as Remote);
}

const WHOLE = { name: 'Berg', city: null, note: 'x' };

test('nothing is emptied by a whole record', () => {
  expect(emptied(WHOLE, WHOLE)).toBeNull();
  expect(emptied(WHOLE, null)).toBeNull();
});

test('a property that a row names and the answer lacks would be', () => {
  expect(emptied({ name: 'Berg', note: 'x' }, WHOLE)).toBe('city');
});

test('so would one that no row names and that the record had', () => {
  expect(emptied({ name: 'Berg', city: null }, WHOLE)).toBe('note');
  expect(emptied({ name: 'Berg', city: null }, null)).toBeNull();
});

test('a provider that leaves out what is empty, or is told changes only, empties nothing', () => {
  expect(emptied({ name: 'Berg' }, WHOLE, { absent: 'null' })).toBeNull();
  expect(emptied({ name: 'Berg' }, WHOLE, { updateMode: 'patch' })).toBeNull();
});
