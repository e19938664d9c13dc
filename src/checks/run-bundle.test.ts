import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import type { MappedRow, PairPlan, SyncPlan, Transform } from '../checklist/plan.js';
import type { FieldType, Json } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import type { StoredRecord, Target, World } from '../drivers/ports.js';
import { expectedOnB } from './oracle/expected.js';
import { runBundle } from './run-bundle.js';
import { entityOf, fieldOf, pairOf, planOf, rowOf, smallWorld, type Work } from './testing/small-world.js';

const PART = pairOf('part', 'Part', 'Piece', { rows: [rowOf('label', 'tag')] });
const ROWS = [rowOf('name', 'title'), rowOf('note', 'remark')];

/** A sync that brings the values of `late` rows, and all edits, only when the check has looked in vain. */
function lateSync({ pairs }: SyncPlan, late: string[], keepsCleared: boolean) {
  const state = { looks: [] as (boolean | 'none')[] };
  const links = new Map<string, string>();
  const refer = (_pair: string, aId: string): Json => links.get(aId) ?? null;
  const carryRecord = async (
    world: World,
    { entity, rows }: PairPlan,
    { id, fields }: StoredRecord,
    isLate: boolean,
  ) => {
    const held = links.get(id);
    if (held !== undefined && !isLate) return;
    const bId = held ?? (await world.b.create(entity.b, {})).id;
    links.set(id, bId);
    for (const row of rows) {
      const value = getPath(fields, row.a);
      if ((value === null && keepsCleared) || (!isLate && late.includes(row.slug))) continue;
      await world.b.update(entity.b, bId, { [row.b]: expectedOnB(row.transform, value, refer) });
    }
  };
  const carry = async (world: World, isLate: boolean) => {
    for (const pair of pairs)
      for (const record of await world.a.list(pair.entity.a)) await carryRecord(world, pair, record, isLate);
  };
  const work: Work = async (world, look) => {
    await carry(world, false);
    if (look === undefined) state.looks.push('none');
    else {
      for (const isLast of [false, true]) {
        const seen = await look();
        state.looks.push(seen);
        if (seen || isLast) return;
        await carry(world, true);
      }
    }
    await carry(world, true);
  };
  return { state, work };
}

type Setting = { rows?: MappedRow[]; types?: FieldType[]; late?: string[]; policies?: Partial<Policies> };

/** Judges a bundle; gives the verdicts, what was looked for in the first world and how many worlds were opened. */
async function judge(
  kind: 'carried' | 'edits',
  checks: Partial<Check>[],
  { rows = ROWS, types = [], late = [], policies = {} }: Setting = {},
) {
  const text: FieldType = { kind: 'string', maxLength: 40 };
  const plan = planOf(
    [PART, pairOf('item', 'Item', 'Product', { rows, policies: { ...DEFAULT_POLICIES, ...policies } })],
    [
      entityOf(
        'Item',
        rows.map((row, index) => fieldOf(row.a, types[index] ?? text)),
      ),
      entityOf('Part', [fieldOf('label')]),
    ],
    [
      entityOf(
        'Product',
        rows.map((row, index) => fieldOf(row.b, types[index] ?? text)),
      ),
      entityOf('Piece', [fieldOf('tag')]),
    ],
  );
  const opened: ReturnType<typeof lateSync>['state'][] = [];
  const target: Target = {
    name: 'small',
    capabilities: new Set(),
    open: async () => {
      const { state, work } = lateSync(plan, late, policies.emptyAfterwards === 'never-overwrite');
      opened.push(state);
      return smallWorld(plan, work);
    },
  };
  const all = checks.map(
    (check, index) =>
      ({
        id: `check-${index + 1}`,
        pair: 'item',
        from: 'a',
        value: null,
        needs: [],
        notTestable: null,
        ...check,
      }) as Check,
  );
  const outcomes = await runBundle({ key: 'bundle', kind, checks: all }, plan, target, () => 1);
  return {
    verdicts: all.map(({ id }) => outcomes.get(id)?.verdict),
    looks: opened[0]?.looks,
    worlds: opened.length,
  };
}

const carried = (property: string, value: Check['value'] = null) => ({
  scenario: 'property-carried',
  property,
  value,
});
const edited = (property: string, value: Json) => ({
  scenario: 'edit',
  property,
  value: { label: 'x', value },
});
const cleared = (property: string) => ({ scenario: 'clear', property });

test('values of new records that are there at once are judged in one world', async () => {
  const { verdicts, worlds } = await judge('carried', [carried('name'), carried('note')]);

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
});

test('values of new records that come later are waited for', async () => {
  const { verdicts, looks, worlds } = await judge('carried', [carried('name'), carried('note')], {
    late: ['note'],
  });

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
  expect(looks).toEqual([false, true]);
});

const REFERENCE: Transform = { kind: 'reference', pair: 'part' };
const PART_ID: FieldType = { kind: 'reference', entity: 'Part' };
test.each<[string, Transform, FieldType]>([
  ['a reference', REFERENCE, PART_ID],
  [
    'a list of lines',
    { kind: 'lines', rows: [rowOf('part', 'piece', { transform: REFERENCE })] },
    { kind: 'object-list', fields: [fieldOf('part', PART_ID)] },
  ],
])('%s is not waited for, since the counterpart is looked up after it', async (_what, transform, type) => {
  const { verdicts, looks, worlds } = await judge('carried', [carried('name'), carried('parts')], {
    rows: [rowOf('name', 'title'), rowOf('parts', 'pieces', { transform })],
    types: [{ kind: 'string', maxLength: 40 }, type],
  });

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
  expect(looks).toEqual([true]);
});

test('edits that arrive later are waited for, in the same world', async () => {
  const { verdicts, looks, worlds } = await judge('edits', [edited('name', 'one'), edited('note', 'two')]);

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
  expect(looks).toEqual([true, false, true]);
});

test('cleared values are waited for where clearing is carried', async () => {
  const { verdicts, looks, worlds } = await judge('edits', [cleared('name'), cleared('note')]);

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
  expect(looks).toEqual([true, false, true]);
});

test('where clearing never overwrites there is nothing to wait for after it, but after an edit there is', async () => {
  const { verdicts, looks, worlds } = await judge('edits', [edited('name', 'one'), cleared('note')], {
    policies: { emptyAfterwards: 'never-overwrite' },
  });

  expect([verdicts, worlds]).toEqual([['verified', 'verified'], 1]);
  expect(looks).toEqual([true, false, true, 'none']);
});
