import { beforeAll, expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import type { Json } from '../../src/contract/field.js';
import { getPath } from '../../src/contract/path.js';
import type { Bend, BendKind } from './fuzz/bend.js';
import { openFuzzWorld, type FuzzWorld, type Place } from './fuzz/world.js';

let plan: SyncPlan;

beforeAll(async () => {
  const input = { documentPath: bundledDocument(), reversePath: null, profilePath: null };
  plan = (await prepare(input)).compiled.plan;
});

const at = (
  side: Place['side'],
  operation: Place['operation'],
  entity: string | null = 'Customer',
): Place => ({
  side,
  operation,
  entity,
});

async function worldWith(place: Place, kind: BendKind, field: string | null = null, value: Json = null) {
  const entity = plan.systems[place.side].entities.find((one) => one.name === place.entity);
  const spec = entity?.fields.find((one) => one.path === field) ?? null;
  const bend: Bend = { kind, field: spec, within: null, value };
  const world = await openFuzzWorld(plan, place, bend);
  for (let round = 0; round < 3; round++) await world.cycle();
  expect(world.bent()).toBeGreaterThan(0);
  return world;
}

const rows = ({ twins }: FuzzWorld, side: 'a' | 'b', collection: string) => [
  ...(twins[side].store.tables.get(collection)?.values() ?? []),
];

function valueOf(world: FuzzWorld, side: 'a' | 'b', path: string, entity = 'Customer'): Json {
  const id = world.ids.get(`${entity} first`)?.[side];
  const row = rows(world, side, `${entity.toLowerCase()}s`).find((one) => one.id === id);
  return row === undefined ? null : getPath(row.fields, path);
}

const reportsOf = (world: FuzzWorld) => [
  ...new Set(world.reported().map(({ side, field, message }) => `${side} ${field ?? '-'}: ${message}`)),
];

test('a record that reads as something else is not taken for a deleted one', async () => {
  const world = await worldWith(at('a', 'get'), 'wrong-envelope');

  expect(rows(world, 'b', 'customers').length).toBe(2);
  expect(world.links().filter((one) => one.pair === 'customer').length).toBe(1);
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/a id: unusable answer: .* holds no record/));
});

test('the content of another record is not written to the counterpart', async () => {
  const world = await worldWith(at('a', 'get'), 'other-record');

  expect(valueOf(world, 'b', 'email')).toBe('first@example.org');
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/holds the record \d+/));
});

test('a text where true or false belongs does not become "no"', async () => {
  const world = await worldWith(at('a', 'get'), 'wrong-type', 'marketing_consent', 'true');

  expect(valueOf(world, 'b', 'marketingConsent')).toBe('yes');
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/a marketing_consent: .* true or false/));
});

test('a true where a price belongs does not become a price of one', async () => {
  const world = await worldWith(at('a', 'get', 'Product'), 'wrong-type', 'tax_rate', true);

  expect(valueOf(world, 'b', 'taxRate', 'Product')).toBe(25);
});

test('a whole-record update does not empty a field that the answer left out', async () => {
  const world = await worldWith(at('a', 'get'), 'left-out', 'internal_note');

  expect(valueOf(world, 'a', 'internal_note')).toBe('kept to the webshop');
  expect(reportsOf(world)).toContainEqual(
    expect.stringMatching(/a internal_note: .* (?:an update would store that|writing would empty it)/),
  );
});

test('a record without its object of fields does not look like an empty one', async () => {
  const world = await worldWith(at('b', 'get'), 'no-fields', null, []);

  expect(valueOf(world, 'a', 'phone')).not.toBeNull();
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/b properties: .* holds no properties/));
});

test('without a version nothing is written that could undo an edit', async () => {
  const world = await worldWith(at('b', 'get'), 'bad-version', null, {});

  expect(valueOf(world, 'b', 'firstName')).toBe('Ada first');
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/b version: .* names no version/));
});

test.each([9e15, 1e300, '+275760-09-13T00:00:00.000Z'])(
  'an update time of %s does not stop the reading of what comes later',
  async (value) => {
    const world = await worldWith(at('a', 'list'), 'bad-time', null, value);
    world.straighten();
    await world.edit('a', 'Customer', world.ids.get('Customer first')?.a ?? '', { company: 'Later AS' });

    await world.cycle();

    expect(valueOf(world, 'b', 'companyName')).toBe('Later AS');
  },
);

test('while the other side cannot be listed nothing is created, since a match would not be seen', async () => {
  const world = await worldWith(at('b', 'list'), 'null-body');

  expect(rows(world, 'b', 'customers').length).toBe(1);

  world.straighten();
  await world.cycle();

  expect(rows(world, 'b', 'customers').length).toBe(2);
});

test('a record whose match key cannot be read is not created on the other side', async () => {
  const world = await worldWith(at('a', 'get'), 'wrong-type', 'email', 17);

  expect(rows(world, 'b', 'customers').length).toBe(2);
  expect(reportsOf(world)).toContainEqual(
    expect.stringMatching(/a email: unusable answer: email of Customer/),
  );
});

test('items that are no record are reported and do not hold up the others', async () => {
  const world = await worldWith(at('a', 'list'), 'foreign-items', null, 17);

  expect(valueOf(world, 'b', 'firstName')).toBe('Edited in the webshop');
  expect(reportsOf(world)).toContainEqual(expect.stringMatching(/a id: .* 1 items of the list of Customer/));
});

test('a sync that gets no token says so in its status', async () => {
  const world = await worldWith(at('b', 'token', null), 'null-body');

  for (let round = 0; round < 5; round++) await world.cycle();

  expect((await world.status()).state).toBe('error');
});

test.each<[Place, BendKind, string | null, Json]>([
  [at('a', 'get'), 'wrong-envelope', null, null],
  [at('b', 'get'), 'no-id', null, null],
  [at('b', 'create'), 'no-id', null, null],
  [at('b', 'create'), 'wrong-type', 'phone', 17],
  [at('a', 'update'), 'cut-json', null, null],
  [at('b', 'update'), 'wrong-type', 'firstName', 17],
  [at('b', 'list'), 'html', null, null],
  [at('a', 'revisions'), 'scalar-body', null, 'x'],
])(
  'once the answers are right again both sides agree, and nothing is reported: %o %s',
  async (place, kind, field, value) => {
    const world = await worldWith(place, kind, field, value);
    world.straighten();

    await world.edit('a', 'Customer', world.ids.get('Customer first')?.a ?? '', { company: 'Later AS' });
    for (let round = 0; round < 4; round++) await world.cycle();

    const pairs: [string, string][] = [
      ['first_name', 'firstName'],
      ['last_name', 'lastName'],
      ['phone', 'phone'],
      ['company', 'companyName'],
    ];
    for (const [a, b] of pairs) expect(valueOf(world, 'b', b)).toEqual(valueOf(world, 'a', a));
    expect(rows(world, 'b', 'customers').length).toBe(place.side === 'b' ? 2 : 3);
    expect((await world.status()).problems).toEqual([]);
  },
);
