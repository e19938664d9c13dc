import { expect, test } from 'vitest';
import type { SyncPlan } from '../../checklist/plan.js';
import { REST_API, WEBSHOP_API } from '../../contract/conventions.js';
import type { JsonObject } from '../../contract/field.js';
import type { StoredRecord, System, World } from '../ports.js';
import { isOpen, probeUpdateTime, UNKNOWN, withFacts } from './probe.js';

type Ways = {
  bumps: boolean;
  isNullAtFirst: boolean;
  hasTimes?: boolean;
  onSleep?: (record: StoredRecord) => void;
};

/** A system with one record, that keeps its update time in the way given. */
function worldOf({ bumps, isNullAtFirst, hasTimes = true, onSleep }: Ways) {
  let time = 1000;
  let held: StoredRecord | null = null;
  const copy = () => (held === null ? null : structuredClone(held));
  const system = {
    side: 'a',
    async create(_entity: string, fields: JsonObject) {
      held = { id: '1', fields, version: null, updatedAt: hasTimes ? time : null };
      if (isNullAtFirst) held.isNeverUpdated = true;
      return copy();
    },
    get: async () => copy(),
    async update(_entity: string, _id: string, changes: JsonObject) {
      if (held === null) throw new Error('no record');
      held.fields = { ...held.fields, ...changes };
      if (bumps) {
        held.updatedAt = time;
        delete held.isNeverUpdated;
      }
      return copy();
    },
  } as unknown as System;
  const clock = {
    now: () => time,
    async sleep(ms: number) {
      time += ms;
      if (held !== null) onSleep?.(held);
    },
  };
  return { world: { a: system } as unknown as World, clock };
}

const RECORD = { side: 'a', entity: 'Customer', fields: { name: 'Ada zqabcdef' } } as const;

test.each([
  [
    { bumps: true, isNullAtFirst: false },
    { bumpsOnNoChange: 'yes', nullUntilUpdate: 'no' },
  ],
  [
    { bumps: false, isNullAtFirst: false },
    { bumpsOnNoChange: 'no', nullUntilUpdate: 'no' },
  ],
  [
    { bumps: true, isNullAtFirst: true },
    { bumpsOnNoChange: 'yes', nullUntilUpdate: 'yes' },
  ],
  [
    { bumps: false, isNullAtFirst: true },
    { bumpsOnNoChange: 'no', nullUntilUpdate: 'yes' },
  ],
])('a provider of which %j is true is seen as %j', async (ways, expected) => {
  const { world, clock } = worldOf(ways);

  expect(await probeUpdateTime(world, RECORD, clock)).toEqual(expected);
});

test('a provider that shows no update time at all stays unknown', async () => {
  const { world, clock } = worldOf({ bumps: false, isNullAtFirst: false, hasTimes: false });

  expect(await probeUpdateTime(world, RECORD, clock)).toEqual(UNKNOWN);
});

test('nothing is said of a save without a change while somebody else changes the record', async () => {
  let reads = 0;
  const { world, clock } = worldOf({ bumps: true, isNullAtFirst: false });
  const { get } = world.a;
  world.a.get = async (entity, id) => {
    const record = await get(entity, id);
    return record === null ? null : { ...record, fields: { ...record.fields, seen: (reads += 1) } };
  };

  expect(await probeUpdateTime(world, RECORD, clock)).toEqual({
    bumpsOnNoChange: 'unknown',
    nullUntilUpdate: 'no',
  });
});

test('only a description that leaves it open is probed, and what it says holds', () => {
  const timed = { ...REST_API, record: { ...REST_API.record, updatedAt: 'at' } };
  const half = { ...timed, bumpsOnNoChange: 'no' as const };
  const contract = { key: 'shop', name: 'Shop', entities: [] };
  const plan = {
    systems: { a: { ...contract, api: half }, b: { ...contract, api: WEBSHOP_API } },
    pairs: [],
  } as SyncPlan;

  expect([REST_API, WEBSHOP_API, timed, half].map(isOpen)).toEqual([false, false, true, true]);
  const facts = { bumpsOnNoChange: 'yes', nullUntilUpdate: 'yes' } as const;
  const told = withFacts(plan, { a: facts, b: facts });
  expect(told.systems.a.api).toMatchObject({ bumpsOnNoChange: 'no', nullUntilUpdate: 'yes' });
  expect(told.systems.b.api).toMatchObject({ bumpsOnNoChange: 'yes', nullUntilUpdate: 'no' });
});
