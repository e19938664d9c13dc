import { expect, test } from 'vitest';
import type { MappedRow, PairPlan } from '../checklist/plan.js';
import { DEFAULT_POLICIES } from '../checklist/policies.js';
import type { FieldSpec, FieldType, JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { against, makeIntent } from './create-intent.js';
import type { Engine } from './pair-context.js';
import { CORRECT_STAGES, type SyncStages } from './stages.js';
import { createMemoryStore } from './store/memory.js';
import { rowOf as row } from './testing/mapped-row.js';

const TEXT: FieldType = { kind: 'string', maxLength: 10 };
const fields: FieldSpec[] = ['name', 'city', 'kind', 'state'].map((path) => ({ path, type: TEXT }));

type Given = { absent?: 'missing' | 'null'; stages?: Partial<SyncStages> };

function intentOf(
  rows: MappedRow[],
  side: 'a' | 'b',
  held: JsonObject,
  { absent = 'null', stages = {} }: Given = {},
) {
  const entity = (name: string) => ({ name, collection: name, idKind: 'string', fields });
  const pair = {
    slug: 'stall',
    entity: { a: 'Stall', b: 'Parcel' },
    rows,
    match: [],
    policies: DEFAULT_POLICIES,
  } as unknown as PairPlan;
  const client = { contract: { api: { record: { absent } } } };
  const engine = {
    plan: {
      systems: {
        a: { name: 'A', entities: [entity('Stall')] },
        b: { name: 'B', entities: [entity('Parcel')] },
      },
      pairs: [pair],
    },
    clients: { a: client, b: client },
    store: createMemoryStore(),
    stages: { ...CORRECT_STAGES, ...stages },
    clock: { now: () => 77 },
    ids: () => 'key-1',
  } as unknown as Engine;
  return makeIntent(engine, pair, side, { id: 'r1', fields: held } as unknown as Remote);
}

test('a record is made of what the rows carry, under a key of its own', () => {
  const intent = intentOf([row('name'), row('city', { b: 'state' })], 'a', { name: 'Berg', city: 'Oslo' });

  expect(intent).toEqual({
    pair: 'stall',
    from: 'a',
    id: 'r1',
    key: 'key-1',
    fields: { name: 'Berg', state: 'Oslo' },
    values: { name: { a: 'Berg' }, city: { a: 'Oslo' } },
    problems: [],
    sentAt: 77,
  });
});

test('one of side b is made the other way round', () => {
  const { fields: made, values } = intentOf([row('city', { b: 'state' })], 'b', { state: 'Oslo' });

  expect(made).toEqual({ city: 'Oslo' });
  expect(values).toEqual({ city: { b: 'Oslo' } });
});

test('what is empty is left out, and known to be empty', () => {
  const { fields: made, values } = intentOf([row('name'), row('city')], 'a', { name: null, city: 'Oslo' });

  expect(made).toEqual({ city: 'Oslo' });
  expect(values).toEqual({ name: { a: null }, city: { a: 'Oslo' } });
});

test.each([
  ['a', 'b-to-a', { city: 'Oslo' }],
  ['b', 'a-to-b', { city: 'Oslo' }],
  ['a', 'a-to-b', { name: 'Berg', city: 'Oslo' }],
  ['b', 'b-to-a', { name: 'Berg', city: 'Oslo' }],
] as const)('from side %s a row that goes %s brings %j', (side, direction, made) => {
  const intent = intentOf([row('name', { direction }), row('city')], side, { name: 'Berg', city: 'Oslo' });

  expect(intent.fields).toEqual(made);
  expect(against(side)).toBe(side === 'a' ? 'b-to-a' : 'a-to-b');
});

test('a value that cannot be carried is left out and reported, and counts as not carried', () => {
  const states = row('state', { transform: { kind: 'enum', pairs: [['new', 'fresh']] } });

  const {
    fields: made,
    values,
    problems,
  } = intentOf([row('name'), states], 'a', { name: 'Berg', state: 'lost' });

  expect(made).toEqual({ name: 'Berg' });
  expect(values['state']).toEqual({ uncarried: 'a' });
  expect(problems.map(({ side, recordId, field }) => [side, recordId, field])).toEqual([
    ['a', 'r1', 'state'],
  ]);
});

test('a text that the other side cannot hold is left out and reported', () => {
  const { fields: made, problems } = intentOf([row('name')], 'a', { name: 'Bergenhusgaten' });

  expect(made).toEqual({});
  expect(problems[0]?.message).toContain('longer than the 10 characters');
});

test('whatever else fails, fails', () => {
  const stages = {
    carry: () => {
      throw new Error('broken');
    },
  };

  expect(() => intentOf([row('name')], 'a', { name: 'Berg' }, { stages })).toThrow('broken');
});

test('a property that the answer lacks is left out and reported, where its provider renders empty ones', () => {
  const {
    fields: made,
    values,
    problems,
  } = intentOf(
    [row('name'), row('city')],
    'a',
    { city: 'Oslo' },
    {
      absent: 'missing',
    },
  );

  expect(made).toEqual({ city: 'Oslo' });
  expect(values['name']).toBeUndefined();
  expect(problems.map(({ field, message }) => [field, message])).toEqual([
    ['name', 'the property is missing in the answer; it is left out'],
  ]);
});

test('where such an answer is to fail the work, it does', () => {
  const stages = { onMissingField: () => 'fail' as const };

  expect(() => intentOf([row('name')], 'a', {}, { absent: 'missing', stages })).toThrow(
    'name is missing in the answer',
  );
});

test('a row under a condition on the record itself is carried while it is met', () => {
  const rows = [row('name', { only: [{ side: 'a', path: 'kind', value: 'shop' }] })];

  expect(intentOf(rows, 'a', { name: 'Berg', kind: 'shop' }).fields).toEqual({ name: 'Berg' });
  expect(intentOf(rows, 'a', { name: 'Berg', kind: 'home' }).fields).toEqual({});
});

test('a row under a condition on the record that is made is carried where another row meets it', () => {
  const rows = [
    row('name', { only: [{ side: 'b', path: 'kind', value: 'shop' }] }),
    row('kind'),
    row('city'),
  ];

  expect(intentOf(rows, 'a', { name: 'Berg', kind: 'shop', city: 'Oslo' }).fields).toEqual({
    kind: 'shop',
    name: 'Berg',
    city: 'Oslo',
  });
  expect(intentOf(rows, 'a', { name: 'Berg', kind: 'home', city: 'Oslo' }).fields).toEqual({
    kind: 'home',
    city: 'Oslo',
  });
});

test('each row is carried once, also where another depends on what is made', () => {
  const carried: string[] = [];
  const stages: Partial<SyncStages> = {
    carry: (one, _from, value) => {
      carried.push(one.slug);
      return value;
    },
  };
  const rows = [row('name', { only: [{ side: 'b', path: 'kind', value: 'shop' }] }), row('kind')];

  intentOf(rows, 'a', { name: 'Berg', kind: 'shop' }, { stages });

  expect(carried).toEqual(['kind', 'name']);
});

test('of several sources of one property the first with a value is carried', () => {
  const rows = [row('name', { precedence: 1, b: 'name' }), row('city', { precedence: 2, b: 'name' })];

  expect(intentOf(rows, 'a', { name: null, city: 'Oslo' }).fields).toEqual({ name: 'Oslo' });
  expect(intentOf(rows, 'a', { name: 'Berg', city: 'Oslo' }).fields).toEqual({ name: 'Berg' });
});

test('from side b a row under a condition on the record itself is carried while it is met', () => {
  const rows = [row('name', { only: [{ side: 'b', path: 'kind', value: 'shop' }] })];

  expect(intentOf(rows, 'b', { name: 'Berg', kind: 'shop' }).fields).toEqual({ name: 'Berg' });
  expect(intentOf(rows, 'b', { name: 'Berg', kind: 'home' }).fields).toEqual({});
});

test('a property that the answer lacks is reported once, also where another row depends on what is made', () => {
  const rows = [
    row('name'),
    row('kind'),
    row('city', { only: [{ side: 'b', path: 'kind', value: 'shop' }] }),
  ];

  const { fields: made, problems } = intentOf(
    rows,
    'a',
    { kind: 'shop', city: 'Oslo' },
    { absent: 'missing' },
  );

  expect(made).toEqual({ kind: 'shop', city: 'Oslo' });
  expect(problems.map(({ field }) => field)).toEqual(['name']);
});

test('a source that holds by what was made of another row comes before the sources behind it', () => {
  const rows = [
    row('name', { precedence: 1, only: [{ side: 'b', path: 'kind', value: 'shop' }] }),
    row('city', { precedence: 2, b: 'name' }),
    row('kind'),
  ];
  const record = { name: 'Berg', city: 'Oslo' };

  const shop = intentOf(rows, 'a', { ...record, kind: 'shop' });
  const home = intentOf(rows, 'a', { ...record, kind: 'home' });

  expect([shop.fields, shop.values['name']]).toEqual([{ name: 'Berg', kind: 'shop' }, { a: 'Berg' }]);
  expect([home.fields, home.values['name']]).toEqual([{ name: 'Oslo', kind: 'home' }, { a: 'Oslo' }]);
});

test('a row is carried where its condition is met by one that itself depends on what is made', () => {
  const rows = [
    row('name', { only: [{ side: 'b', path: 'state', value: 'open' }] }),
    row('state', { only: [{ side: 'b', path: 'kind', value: 'shop' }] }),
    row('kind'),
  ];

  expect(intentOf(rows, 'a', { name: 'Berg', state: 'open', kind: 'shop' }).fields).toEqual({
    kind: 'shop',
    state: 'open',
    name: 'Berg',
  });
});
