import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { PairPlan, SyncPlan } from '../checklist/plan.js';
import type { EntityContract } from '../contract/field.js';
import type { Exchange, Look, Settled, World } from '../drivers/ports.js';
import { CheckContext } from './context.js';
import { CheckFailure } from './failure.js';

const FIELD = { path: 'phones[].number', type: { kind: 'string', maxLength: 40 } };
const PAIR = {
  slug: 'customer',
  entity: { a: 'Customer', b: 'Contact' },
  rows: [{ slug: 'email' }],
  match: [],
};
const PLAN = {
  systems: {
    a: { name: 'Shop', entities: [{ name: 'Customer', fields: [FIELD] }] },
    b: { name: 'CRM', entities: [] },
  },
  pairs: [PAIR],
} as unknown as SyncPlan;

const COUNTED: EntityContract = {
  name: 'Customer',
  collection: 'customers',
  idKind: 'string',
  fields: [{ path: 'count', type: { kind: 'integer', min: 0, max: 9 } }],
};

function contextOf(check: Partial<Check> = {}, world: Partial<World> = {}): CheckContext {
  const own = { from: 'a', pair: 'customer', property: 'email', value: null, ...check } as Check;
  return new CheckContext(own, PLAN, PLAN.pairs[0] as never, world as World, 1, async () => world as World);
}
const settling = (settled: Partial<Settled>, looks: boolean[] = []): Partial<World> => ({
  sync: {
    settle: async (look?: Look) => {
      if (look !== undefined) looks.push(await look());
      return { quiescent: true, rounds: 7, waitedMs: 0, ...settled };
    },
    runAgain: async () => undefined,
  },
});

test('a check goes from the side it names, from a where it names none, to the other', () => {
  expect([contextOf().from, contextOf().to]).toEqual(['a', 'b']);
  expect([contextOf({ from: 'b' }).from, contextOf({ from: 'b' }).to]).toEqual(['b', 'a']);
  expect([contextOf({ from: null }).from, contextOf({ from: null }).to]).toEqual(['a', 'b']);
});

test('entities, fields and rows are found by name, a field without conditions', () => {
  const context = contextOf();

  expect(context.entity('a').name).toBe('Customer');
  expect(context.field('a', 'phones[kind=x].number')).toBe(FIELD);
  expect(context.field('a', 'email')).toBeUndefined();
  expect(context.row()).toEqual({ slug: 'email' });
  expect([context.name('a'), context.name('b')]).toEqual(['Shop Customer', 'CRM Contact']);
  expect(() => context.entity('b')).toThrow('the contract of CRM holds no Contact');
  expect(() => contextOf({ property: 'x' }).row()).toThrow('the plan holds no row x');
  expect(() => contextOf({ property: null }).row()).toThrow(/no row $/);
});

test('a condition holds its value as the type of its property, or the text where the contract has none', () => {
  const plan = { ...PLAN, systems: { ...PLAN.systems, a: { ...PLAN.systems.a, entities: [COUNTED] } } };
  const context = new CheckContext(
    {} as Check,
    plan,
    PAIR as never,
    {} as World,
    1,
    async () => ({}) as World,
  );

  expect(context.conditionValue({ side: 'a', path: 'count', value: '5' })).toBe(5);
  expect(context.conditionValue({ side: 'a', path: 'unknown', value: '5' })).toBe('5');
});

test('a new check has nothing made that it refers to', () => {
  expect(contextOf().unresolved).toEqual([]);
});

test('a record that is set aside is not meant, unlike others of its side, entity or id', () => {
  const context = contextOf();
  const orders = { ...PAIR, entity: { a: 'Order', b: 'Deal' } } as unknown as PairPlan;

  context.setAside('a', context.pair, '7');

  expect(context.isMeant('a', '7')).toBe(false);
  expect([context.isMeant('a', '8'), context.isMeant('b', '7'), context.isMeant('a', '7', orders)]).toEqual([
    true,
    true,
    true,
  ]);
});

test('a counterpart that is not known is none', () => {
  const context = contextOf();
  context.counterparts.set('customer 7', 'x');

  expect([context.refer('customer', '7'), context.refer('customer', '8')]).toEqual(['x', null]);
});

test('a sync that does not come to rest fails the check', async () => {
  await expect(contextOf({}, settling({ quiescent: false })).settle()).rejects.toThrow(
    'still wrote after 7 rounds',
  );
});

test('what is waited for holds once looking no longer fails; other errors are errors', async () => {
  const looks: boolean[] = [];
  const context = contextOf({}, settling({ late: { waitedMs: 1, budgetMs: 2 } }, looks));

  await context.settle(async () => undefined);
  await context.settle(async () => {
    throw new CheckFailure('not yet');
  });
  await context.settle();

  expect(looks).toEqual([true, false]);
  expect(context.late).toEqual({ waitedMs: 1, budgetMs: 2 });
  await expect(
    context.settle(async () => {
      throw new Error('ours');
    }),
  ).rejects.toThrow('ours');
});

test('what was waited for until the end and is not there fails the check', async () => {
  const context = contextOf({}, settling({}));

  await expect(
    context.settleUntil(async () => {
      throw new CheckFailure('never');
    }),
  ).rejects.toThrow('never');
  await expect(context.settleUntil(async () => undefined)).resolves.toBeUndefined();
});

test('writes of the sync are those after a point of the journal that changed something', () => {
  const call = (seq: number, caller: string, mutation: unknown) => ({ seq, caller, mutation }) as Exchange;
  const calls = [
    call(1, 'sync', {}),
    call(2, 'sync', {}),
    call(3, 'harness', {}),
    call(4, 'sync', null),
    call(5, 'sync', {}),
  ];
  const context = contextOf({}, { journal: () => calls, capabilities: new Set(['journal']) });

  expect(context.syncWrites(1).map((one) => one.seq)).toEqual([2, 5]);
  expect([context.mark(), context.seesWrites]).toEqual([5, true]);
  expect([
    contextOf({}, { journal: () => [] }).mark(),
    contextOf({}, { capabilities: new Set() }).seesWrites,
  ]).toEqual([0, false]);
});

test('a record that is gone fails the check', async () => {
  const record = { id: '1', fields: { email: 'x' } };
  const system = {
    get: async (entity: string, id: string) => (entity === 'Customer' && id === '1' ? record : null),
  };
  const context = contextOf({}, { a: system as unknown as World['a'] });

  expect(await context.fieldsOf('a', '1')).toEqual({ email: 'x' });
  await expect(context.read('a', '2')).rejects.toThrow('the Shop Customer 2 is gone');
});

test('texts and keys bear the tag of a world that shares its systems', () => {
  const field = { path: 'x', type: { kind: 'string' as const, maxLength: 40 } };

  expect([contextOf().ownKey('key'), contextOf({}, { tag: 'tag' }).ownKey('key')]).toEqual([
    'key',
    'key-tag',
  ]);
  expect([contextOf().marked('text', field), contextOf({}, { tag: 'tag' }).marked('text', field)]).toEqual([
    'text',
    'text-tag',
  ]);
});

test('a step passed, and another tenant is a world of its own with another seed', async () => {
  const context = contextOf();
  context.step('Given');

  const tenant = await context.openTenant();

  expect(context.steps).toEqual([{ text: 'Given', status: 'passed' }]);
  expect([tenant.steps, tenant.pair, tenant.rng() === context.rng()]).toEqual([[], context.pair, false]);
});
