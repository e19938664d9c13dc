import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import type { MappedRow, PairPlan, SyncPlan, Transform } from '../checklist/plan.js';
import type { FieldType, Json } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import type { StoredRecord, Target, World } from '../drivers/ports.js';
import { expectedOnB } from './oracle/expected.js';
import { runBundle } from './run-bundle.js';
import { entityOf, fieldOf, pairOf, planOf, rowOf, smallWorld, type Work } from './testing/pair-world.js';

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

type Setting = {
  rows?: MappedRow[];
  types?: FieldType[];
  late?: string[];
  policies?: Partial<Policies>;
  /** What is wrong with the first world alone. */
  first?: (world: World) => void;
  /** What is so of every world. */
  each?: (world: World) => void;
};

/** Judges a bundle; gives the verdicts, what was looked for in the first world and how many worlds were opened. */
async function judge(
  kind: 'carried' | 'edits',
  checks: Partial<Check>[],
  { rows = ROWS, types = [], late = [], policies = {}, first, each }: Setting = {},
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
  let closed = 0;
  const purposes: (string | undefined)[] = [];
  const opened: ReturnType<typeof lateSync>['state'][] = [];
  const target: Target = {
    name: 'small',
    capabilities: new Set(),
    open: async (_pairs, _seed, settings) => {
      const { state, work } = lateSync(plan, late, policies.emptyAfterwards === 'never-overwrite');
      const world = smallWorld(plan, work);
      world.close = async () => void (closed += 1);
      if (opened.length === 0) first?.(world);
      each?.(world);
      opened.push(state);
      purposes.push(settings?.purpose);
      return world;
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
    outcomes: all.map(({ id }) => outcomes.get(id)),
    purposes,
    closed,
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

/** In such a world nothing is ever written to `remark`. */
function losesRemarks(world: World): void {
  const update = world.b.update.bind(world.b);
  world.b.update = (entity, id, changes) =>
    update(entity, id, 'remark' in changes ? { ...changes, remark: null } : changes);
}

test('what fails only together with others stays failed, and says so', async () => {
  const { outcomes, worlds, purposes, closed } = await judge(
    'carried',
    [carried('name'), carried('note', { label: 'x', value: 'one' })],
    { first: losesRemarks },
  );

  const [name, note] = outcomes;
  expect(name?.verdict).toBe('verified');
  expect(note).toMatchObject({
    verdict: 'failed',
    reason: expect.stringMatching(/^only when several .* expected "one"/) as unknown,
    remedy: expect.stringMatching(/: check-1, check-2$/) as unknown,
  });
  expect(note?.evidence).toEqual({
    exchanges: [],
    before: { a: null, b: null },
    after: { a: null, b: null },
    differences: [{ path: 'remark', expected: 'one', found: null }],
  });
  expect(note?.steps.at(-1)).toEqual({ text: note?.reason, status: 'failed' });
  expect([worlds, purposes, closed]).toEqual([2, ['bundle', 'check-2'], 2]);
});

test('a single check has a world of its own and no other', async () => {
  const { purposes } = await judge('edits', [edited('name', 'one')]);

  expect(purposes).toEqual(['check-1']);
});

test('what cannot be judged at all opens no world', async () => {
  const needy = { ...carried('name'), needs: ['clock' as const] };
  const lacking = await judge('carried', [needy, needy]);
  const unknown = await judge(
    'carried',
    [carried('name'), carried('note')].map((one) => ({ ...one, pair: 'none' })),
  );

  expect([lacking.verdicts[0], lacking.worlds]).toEqual(['not-testable', 0]);
  expect([unknown.verdicts, unknown.worlds]).toEqual([['error', 'error'], 0]);
});

test('each new record is for checks, and its steps tell its own value', async () => {
  const { outcomes, looks } = await judge('carried', [
    carried('name', { label: 'x', value: 'one' }),
    carried('note', { label: 'x', value: 'two' }),
  ]);
  const plain = await judge('carried', [carried('name'), carried('note')]);

  expect(looks).toEqual([true]);
  expect(outcomes.map((one) => one?.steps)).toEqual(
    ['Then title is "one"', 'Then remark is "two"'].map((text) => [
      { text: 'Given a new Shop Item a1', status: 'passed' },
      { text: 'and its counterpart CRM Product b1', status: 'passed' },
      { text, status: 'passed' },
    ]),
  );
  expect(plain.outcomes[0]?.steps.at(-1)?.text).toMatch(/^Then title is "[a-z]/);
});

test('the steps of an edit are those of its record, what was saved and what came of it', async () => {
  const { outcomes } = await judge('edits', [edited('name', 'one'), edited('note', 'two')]);

  expect(outcomes[1]?.steps).toEqual(
    [
      'Given a new Shop Item a1',
      'and its counterpart CRM Product b1',
      'When note of the Shop Item is edited to "two", saved together with 1 other properties',
      'Then remark of the CRM Product is "two"',
    ].map((text) => ({ text, status: 'passed' })),
  );
});

test('an edit that the provider drops is no edit that arrived', async () => {
  const { verdicts } = await judge('edits', [edited('name', 'one'), edited('note', 'two')], {
    each: (world) => {
      const update = world.a.update.bind(world.a);
      world.a.update = (entity, id, { note: _dropped, ...rest }) => update(entity, id, rest);
    },
  });

  expect(verdicts).toEqual(['verified', 'not-testable']);
});

test('the time of a shared world is told in equal parts', async () => {
  const started = performance.now();
  const { outcomes } = await judge('carried', [carried('name'), carried('note')]);
  const [one, other] = outcomes.map((outcome) => outcome?.durationMs ?? -1);

  expect(one).toBeGreaterThan(0);
  expect(other).toBe(one);
  expect((one ?? 0) + (other ?? 0)).toBeLessThanOrEqual(performance.now() - started + 0.02);
});
