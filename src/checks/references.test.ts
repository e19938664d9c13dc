import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { StoredRecord, World } from '../drivers/ports.js';
import { CheckContext } from './context.js';
import { resolveAtRest } from './references.js';

const PAIR = {
  slug: 'customer',
  entity: { a: 'Customer', b: 'Contact' },
  rows: [{ slug: 'name', a: 'name', b: 'name', transform: { kind: 'identity' } }],
  match: [],
};
const NAME = { path: 'name', type: { kind: 'string' } };
const PLAN = {
  systems: {
    a: { name: 'Shop', entities: [{ name: 'Customer', fields: [NAME] }] },
    b: { name: 'CRM', entities: [{ name: 'Contact', fields: [NAME] }] },
  },
  pairs: [PAIR],
} as unknown as SyncPlan;

/** A record that is referred to, whose counterpart is there after so many settlings. */
function referringOnce(settlingsNeeded: number) {
  let settled = 0;
  const records: StoredRecord[] = [{ id: 'c1', fields: { name: 'Berg' } } as unknown as StoredRecord];
  const world = {
    b: { list: async () => (settled >= settlingsNeeded ? records : []) },
    sync: {
      settle: async () => {
        settled += 1;
        return { quiescent: true, rounds: 1, waitedMs: 0 };
      },
    },
  } as unknown as World;
  const check = { from: 'a', pair: 'customer', property: null, value: null } as Check;
  const context = new CheckContext(check, PLAN, PLAN.pairs[0] as never, world, 1, async () => world);
  context.unresolved.push({ slug: 'customer', aId: '7', fields: { name: 'Berg' } });
  return { context, settlings: () => settled };
}

test('a counterpart that is there is found without settling', async () => {
  const { context, settlings } = referringOnce(0);

  await resolveAtRest(context);

  expect([context.refer('customer', '7'), settlings()]).toEqual(['c1', 0]);
});

test('one that is not there yet is settled for', async () => {
  const { context, settlings } = referringOnce(1);

  await resolveAtRest(context);

  expect([context.refer('customer', '7'), settlings()]).toEqual(['c1', 1]);
});

test('one that does not come fails the check', async () => {
  const { context } = referringOnce(2);

  await expect(resolveAtRest(context)).rejects.toThrow('has no CRM Contact');
});
