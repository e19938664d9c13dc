import { beforeEach, expect, test } from 'vitest';
import type { PairPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { REST_API } from '../../contract/conventions.js';
import { SystemError, type StoredRecord, type System } from '../ports.js';
import { removalOrder, sweep, type Found } from './sweep.js';

const RUN = 'zqabcdef';
const record = (id: string, text: string): StoredRecord => ({
  id,
  fields: { text },
  updatedAt: 1,
  version: '1',
});
const pair = (slug: string, a: string, b: string, refersTo: string[] = []): PairPlan =>
  ({
    slug,
    entity: { a, b },
    rows: refersTo.map((one) => ({ transform: { kind: 'reference', pair: one } })),
  }) as unknown as PairPlan;
const PAIRS = [pair('customer', 'Customer', 'Contact'), pair('order', 'Order', 'Deal', ['customer'])];

let held: Map<string, StoredRecord[]>;
let removed: string[];
let refuse: Set<string>;
/** Happens when a place was listed for the n-th time. */
let onList: (listings: number) => void;

beforeEach(() => {
  held = new Map();
  removed = [];
  refuse = new Set();
  onList = () => undefined;
});

let listings = 0;
const system = (side: Side): System =>
  ({
    side,
    contract: { key: side, name: side, api: REST_API, entities: [] },
    async list(entity: string) {
      listings += 1;
      onList(listings);
      return [...(held.get(`${side} ${entity}`) ?? [])];
    },
    async remove(entity: string, id: string) {
      if (refuse.has(id)) throw new SystemError(side, 'DELETE', id, 409, 'still referred to');
      removed.push(`${side} ${entity} ${id}`);
      held.set(
        `${side} ${entity}`,
        (held.get(`${side} ${entity}`) ?? []).filter((one) => one.id !== id),
      );
    },
  }) as unknown as System;

function clean(isMade: (found: Found) => boolean = () => false) {
  listings = 0;
  let now = 0;
  return sweep({
    systems: { a: system('a'), b: system('b') },
    pairs: PAIRS,
    runTag: RUN,
    isMade,
    quietMs: 100,
    clock: { now: () => now, sleep: async (ms) => void (now += ms) },
  });
}

test('what refers to others goes before what it refers to', () => {
  expect(removalOrder(PAIRS).map(({ side, entity }) => `${side} ${entity}`)).toEqual([
    'a Order',
    'b Deal',
    'a Customer',
    'b Contact',
  ]);
});

test('it removes what bears the tag or stands in the ledger, and nothing else', async () => {
  held.set('a Customer', [
    record('1', `Ann ${RUN}xxxxxx`),
    record('2', 'somebody'),
    record('3', 'no tag left'),
  ]);
  held.set('b Deal', [record('4', RUN.toUpperCase())]);

  const swept = await clean(({ id }) => id === '3');

  expect(removed).toEqual(['b Deal 4', 'a Customer 1', 'a Customer 3']);
  expect(swept.left).toEqual([]);
  expect(held.get('a Customer')?.map(({ id }) => id)).toEqual(['2']);
});

test('a record that the sync makes while it cleans up is removed too', async () => {
  held.set('a Customer', [record('1', RUN)]);
  onList = (count) => {
    if (count === 7) held.set('b Contact', [record('late', RUN)]);
  };

  const swept = await clean();

  expect(removed).toContain('b Contact late');
  expect(swept.left).toEqual([]);
});

test('a record that turns up in the very last listing is removed too', async () => {
  const lastListing = 2 * removalOrder(PAIRS).length + 1;
  onList = (count) => {
    if (count === lastListing) held.set('a Order', [record('late', RUN)]);
  };

  const swept = await clean();

  expect(removed).toEqual(['a Order late']);
  expect(swept.left).toEqual([]);
});

test('what cannot be removed is named, with what the system said', async () => {
  held.set('a Customer', [record('1', RUN)]);
  refuse.add('1');

  const swept = await clean();

  expect(swept.left).toEqual([{ side: 'a', entity: 'Customer', id: '1' }]);
  expect(swept.problems[0]).toContain('still referred to');
});

test('clean systems are listed three times before they count as clean', async () => {
  const swept = await clean();

  expect(swept).toEqual({ removed: [], left: [], problems: [] });
  expect(listings).toBe(3 * removalOrder(PAIRS).length);
});
