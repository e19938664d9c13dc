import { expect, test } from 'vitest';
import type { MappedRow } from '../../checklist/plan.js';
import type { FieldSpec, Json } from '../../contract/field.js';
import { carryToB } from '../testing/small-world.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { lineChanged } from './lines.js';

const QUANTITY = {
  slug: 'quantity',
  a: 'quantity',
  b: 'quantity',
  transform: { kind: 'identity' },
} as MappedRow;

type Work = typeof carryToB;
type Settings = { first?: Work; later?: Work; inside?: MappedRow[] };

/** An order whose lines hold a quantity of five, the most there is; what the sync does until there are two, and later. */
function order(label: string, { first = carryToB, later = carryToB, inside = [QUANTITY] }: Settings = {}) {
  const lines: FieldSpec = {
    path: 'lines',
    type: {
      kind: 'object-list',
      fields: [{ path: 'quantity', type: { kind: 'integer', min: 5, max: 5 } }],
    },
  };
  return scenarioWorld({
    rows: [{ slug: 'lines', a: 'lines', b: 'lines', transform: { kind: 'lines', rows: inside } }],
    fields: { a: [lines], b: [lines] },
    check: { property: 'lines', value: { label, value: null } },
    work: (systems, rows) => (systems.b.held.size === 0 ? first : later)(systems, rows),
  });
}

const quantities = (...all: Json[]) => ({ lines: all.map((quantity) => ({ quantity })) });

test('a quantity that can be no more is lowered by three', async () => {
  const { context, a } = order('quantity');

  await lineChanged(context);

  expect(a.updates).toEqual([quantities(2, 5)]);
});

test('a line without a property that is carried as it is gets a quantity', async () => {
  const { context, a } = order('quantity', { inside: [] });

  await expect(lineChanged(context)).rejects.toThrow('do not agree');

  expect(a.updates).toEqual([{ lines: [{ quantity: 3 }, {}] }]);
});

test('a record that holds no lines is saved with none', async () => {
  const { context, a } = order('quantity', {
    first: ({ a: shop, b: crm }) => {
      shop.put('1', { lines: null });
      crm.put('of-1', { lines: [] });
    },
  });

  await lineChanged(context);

  expect(a.updates).toEqual([{ lines: [] }]);
});

test('lines that do not arrive are waited for and fail the check', async () => {
  const { context, looks } = order('quantity', { later: () => undefined });

  await expect(lineChanged(context)).rejects.toThrow(
    'the lines of the CRM Contact do not agree with those of the Shop Customer',
  );

  expect(looks).toEqual([true, false]);
});
