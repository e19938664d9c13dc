import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { FieldSpec } from '../contract/field.js';
import type { SyncLink, World } from '../drivers/ports.js';
import { connect, linkByHand, referred, resolveReferences } from './references.js';
import {
  contextIn,
  entityOf,
  fieldOf,
  IDLE,
  keyOf,
  pairOf,
  planOf,
  rowOf,
  smallWorld,
  type Work,
} from './testing/pair-world.js';

const NAME = fieldOf('name');
const TO_OWNER: FieldSpec = fieldOf('owner', { kind: 'reference', entity: 'Owner' });
const ITEM = pairOf('item', 'Item', 'Product');
const OWNER = pairOf('owner', 'Owner', 'Contact', { rows: [rowOf('name', 'name')] });

/** A check of items that refer to owners, the ids of which are numbers. */
function owning(owner: Partial<PairPlan>, work: Work = IDLE, links: SyncLink[] | null = []) {
  const pair = { ...OWNER, ...owner };
  const plan = planOf(
    [ITEM, pair],
    [
      entityOf('Item', []),
      entityOf(
        'Owner',
        [NAME, fieldOf('state'), fieldOf('item', { kind: 'reference', entity: 'Item' })],
        'integer',
      ),
    ],
    [entityOf('Product', []), entityOf('Contact', [NAME])],
  );
  const linked: SyncLink[] = [];
  const world = smallWorld(plan, work, {
    link: async (link) => void linked.push(link),
    ...(links === null ? {} : { links: async () => links }),
  });
  return { pair, world, linked, context: contextIn(plan, world) };
}

/** The sync makes what is missing of one entity: a record of the same name for each one of the other side. */
async function copy(
  world: World,
  [from, source]: [Side, string],
  [to, target]: [Side, string],
): Promise<void> {
  const there = await world[to].list(target);
  for (const { fields } of await world[from].list(source))
    if (!there.some((one) => one.fields['name'] === fields['name']))
      await world[to].create(target, { name: fields['name'] ?? null });
}

const LINKED_ONLY = { a: { kind: 'linked-only' }, b: null } as const;

test('a record that is created under a condition meets it', async () => {
  const condition = { path: 'state', equals: 'open', meets: 'open', fails: 'shut' };
  const { context, world } = owning({ creation: { a: { kind: 'when', condition }, b: null } });

  const id = await referred(context, 'owner', TO_OWNER);

  expect(id).toBe(1);
  expect(await world.a.list('Owner')).toMatchObject([{ id: '1', fields: { state: 'open' } }]);
  expect(await world.b.list('Contact')).toEqual([]);
});

test('a record that is created once it is connected refers to one that is made before it', async () => {
  const place = pairOf('place', 'Place', 'Location', { rows: [rowOf('name', 'name')] });
  const owner = {
    ...OWNER,
    creation: { a: { kind: 'connected', to: [{ pair: 'place', path: 'place' }] }, b: null },
  };
  const plan = planOf(
    [ITEM, owner as PairPlan, place],
    [
      entityOf('Item', []),
      entityOf('Owner', [NAME, fieldOf('place', { kind: 'reference', entity: 'Place' })]),
      entityOf('Place', [NAME]),
    ],
    [entityOf('Product', []), entityOf('Contact', [NAME]), entityOf('Location', [NAME])],
  );
  const world = smallWorld(plan, IDLE);

  const id = await referred(contextIn(plan, world), 'owner', TO_OWNER);

  expect(id).toBe('a2');
  expect(await world.a.get('Owner', 'a2')).toMatchObject({ fields: { place: 'a1' } });
  expect(await world.a.list('Place')).toMatchObject([{ id: 'a1' }]);
});

test('a record that begins on side b alone is made there', async () => {
  const { context, world } = owning(
    { creation: { a: { kind: 'linked-only' }, b: { kind: 'every' } } },
    (one) => copy(one, ['b', 'Contact'], ['a', 'Owner']),
  );

  expect(await referred(context, 'owner', TO_OWNER)).toBe(1);
  expect(await referred(context, 'owner', fieldOf('owner'))).toBe('2');
  expect(await world.b.list('Contact')).toHaveLength(2);
});

test('where only a match links, a record that matches is made on side b, and nobody links the two', async () => {
  const { context, pair, world, linked } = owning({
    creation: LINKED_ONLY,
    match: [keyOf(['name', 'name'])],
  });

  await referred(context, 'owner', TO_OWNER);

  const [own] = await world.a.list('Owner');
  expect(await world.b.list('Contact')).toMatchObject([{ id: 'b1', fields: { name: own?.fields['name'] } }]);
  expect(context.isMeant('b', 'b1', pair)).toBe(false);
  expect(linked).toEqual([]);
});

test('where nothing links records but a hand, both are made and linked by it', async () => {
  const { context, pair, world, linked } = owning({ creation: LINKED_ONLY });

  await referred(context, 'owner', TO_OWNER);

  const [own] = await world.a.list('Owner');
  expect(await world.b.list('Contact')).toMatchObject([{ id: 'b1', fields: { name: own?.fields['name'] } }]);
  expect(context.isMeant('b', 'b1', pair)).toBe(false);
  expect(linked).toEqual([{ pair: 'owner', aId: '1', bId: 'b1' }]);
});

/** Two records of side b that agree with one that is referred to, and what the sync says of links. */
async function twoAlike(links: SyncLink[] | null) {
  const { context, world } = owning({}, IDLE, links);
  context.unresolved.push({ slug: 'owner', aId: '7', fields: { name: 'Berg' } });
  await world.b.create('Contact', { name: 'Berg' });
  await world.b.create('Contact', { name: 'Berg' });
  return context;
}

test('of two records that agree the counterpart is the one that the sync says is linked', async () => {
  const context = await twoAlike([
    { pair: 'owner', aId: '6', bId: 'b1' },
    { pair: 'item', aId: '7', bId: 'b1' },
    { pair: 'owner', aId: '7', bId: 'b2' },
  ]);

  await resolveReferences(context);

  expect(context.refer('owner', '7')).toBe('b2');
});

test.each([
  ['tells of no link', []],
  ['tells of a link to neither', [{ pair: 'owner', aId: '7', bId: 'b9' }]],
  ['cannot be asked', null],
])('two records that agree fail the check where the sync %s', async (_what, links) => {
  const context = await twoAlike(links);

  await expect(resolveReferences(context)).rejects.toThrow(
    'the Shop Owner that is referred to has more than one CRM Contact',
  );
});

/** People, of which the sync makes a contact and a company; companies are what the check is about. */
async function people(work: Work) {
  const rows = [rowOf('name', 'name')];
  const plan = planOf(
    [pairOf('company', 'Person', 'Company', { rows }), pairOf('contact', 'Person', 'Contact', { rows })],
    [entityOf('Person', [NAME])],
    [entityOf('Company', [NAME]), entityOf('Contact', [NAME])],
  );
  const world = smallWorld(plan, work);
  await world.a.create('Person', { name: 'before' });
  await world.b.create('Company', { name: 'before' });
  return contextIn(plan, world);
}

test('what comes of a record that is referred to does not count, though it is of the entity in question', async () => {
  const context = await people(async (world) => {
    await copy(world, ['a', 'Person'], ['b', 'Company']);
    await copy(world, ['a', 'Person'], ['b', 'Contact']);
  });

  const id = await referred(context, 'contact', fieldOf('person'));

  expect(id).toBe('a2');
  expect((await context.world.b.list('Company')).map((one) => one.id)).toEqual(['b1', 'b2']);
  expect([context.isMeant('b', 'b1'), context.isMeant('b', 'b2')]).toEqual([true, false]);
  expect([context.isMeant('a', 'a1'), context.isMeant('a', 'a2')]).toEqual([true, false]);
});

test('records of side a that come of it do not count either', async () => {
  const context = await people(async (world) => {
    await copy(world, ['a', 'Person'], ['b', 'Contact']);
    if ((await world.a.list('Person')).length === 2) await world.a.create('Person', { name: 'by the way' });
  });

  await referred(context, 'contact', fieldOf('person'));

  expect(['a1', 'a2', 'a3'].map((id) => context.isMeant('a', id))).toEqual([true, false, false]);
});

test('records are linked by hand only where a link comes first and nothing matches', async () => {
  const key = keyOf(['name', 'name']);
  const first = owning({ creation: LINKED_ONLY });
  const matching = owning({ creation: LINKED_ONLY, match: [key] });
  const created = owning({});

  for (const { context, pair } of [first, matching, created]) await linkByHand(context, pair, '1', 'b1');

  expect(first.linked).toEqual([{ pair: 'owner', aId: '1', bId: 'b1' }]);
  expect([matching.linked, created.linked]).toEqual([[], []]);
});

test('a record is connected to one made for it, or to none where its contract has no such property', async () => {
  const { context, pair } = owning({});

  expect(await connect(context, [{ pair: 'owner', path: 'item' }], pair)).toEqual({ item: 1 });
  expect(await connect(context, [{ pair: 'owner', path: 'nothing' }], pair)).toEqual({});
  expect(await connect(context, [], pair)).toEqual({});
});

test('a record that is referred to by a text is so, though ids are numbers', async () => {
  const { context } = owning({});

  expect(await referred(context, 'owner', fieldOf('owner'))).toBe('1');
  await expect(referred(context, 'none', TO_OWNER)).rejects.toThrow('the plan holds no pair none');
});

const PARTS = rowOf('item', 'item', { transform: { kind: 'reference', pair: 'item' } });
const LINES = rowOf('state', 'state', { transform: { kind: 'lines', rows: [] } });
const NAMES = rowOf('name', 'name');
const STATES = rowOf('state', 'state');

test.each<[string, Partial<PairPlan>, string | null]>([
  [
    'agrees in its key alone',
    { rows: [NAMES, STATES], match: [keyOf(['x', 'x']), keyOf(['y', 'y'], ['name', 'name'])] },
    'b1',
  ],
  ['differs in a row where it has no key', { rows: [NAMES, STATES] }, null],
  ['differs in a reference', { rows: [NAMES, PARTS] }, 'b1'],
  ['differs in its lines', { rows: [NAMES, LINES] }, 'b1'],
])('of a record one that %s is the counterpart or not', async (_what, owner, bId) => {
  const { context, pair, world } = owning(owner);
  const fields = { name: 'Berg', state: ['open'], item: 'a9' };
  context.unresolved.push({ slug: 'owner', aId: '7', fields });
  await world.b.create('Contact', { name: 'Berg', state: ['shut'] });
  context.counterparts.set('item a9', 'b9');

  await resolveReferences(context).catch(() => undefined);

  expect(context.refer('owner', '7')).toBe(bId);
  expect(context.isMeant('b', 'b1', pair)).toBe(bId === null);
  expect(context.unresolved).toHaveLength(bId === null ? 1 : 0);
});
