import { expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import type { Json } from '../contract/field.js';
import { mergeRow, type Decision } from './merge.js';
import { CORRECT_STAGES, type SyncStages } from './stages.js';
import type { BaseCell } from './store/port.js';

type Case = {
  a: Json;
  b: Json;
  base?: BaseCell | null;
  direction?: MappedRow['direction'];
  policies?: Partial<Policies>;
  newer?: number;
  stages?: Partial<SyncStages>;
};

function merge({ a, b, base = null, direction = 'both', policies, newer, stages }: Case): Promise<Decision> {
  const row: MappedRow = {
    slug: 'name',
    a: 'name',
    b: 'name',
    transform: { kind: 'identity' },
    direction,
    examples: [],
    origin: 'document',
    line: null,
  };
  return mergeRow({
    row,
    a,
    b,
    base,
    policies: { ...DEFAULT_POLICIES, ...policies },
    carried: (from) => ({ a, b })[from],
    newer: async () => {
      if (newer === undefined) throw new Error('the times of edits are asked for in a conflict only');
      return newer;
    },
    stages: { ...CORRECT_STAGES, ...stages },
  });
}
const KEEP = { kind: 'keep' };
const write = (side: 'a' | 'b', value: Json) => ({ kind: 'write', side, value });
const BASE = { a: 'old', b: 'old' };

test.each<[string, Case, unknown]>([
  ['an edit on a is written to b', { a: 'new', b: 'old', base: BASE }, write('b', 'new')],
  ['an edit on b is written to a', { a: 'old', b: 'new', base: BASE }, write('a', 'new')],
  ['no edit is nothing to write', { a: 'old', b: 'old', base: BASE }, KEEP],
  [
    'an edit that the other side holds already is nothing to write',
    { a: 'new', b: 'new', base: { a: 'old', b: 'new' } },
    KEEP,
  ],
  ['the same edit on both sides is nothing to write', { a: 'new', b: 'new', base: BASE }, KEEP],
  ['a side that was never delivered counts as empty', { a: null, b: 'new', base: {} }, write('a', 'new')],
  [
    'what could not be carried and is empty now was edited',
    { a: null, b: 'old', base: { b: 'old', uncarried: 'a' } },
    write('b', null),
  ],
  ['what was emptied is emptied', { a: null, b: 'old', base: BASE }, write('b', null)],
  ['what was emptied on b is emptied on a', { a: 'old', b: '', base: BASE }, write('a', '')],
])('after the first merge, %s', async (_what, input, decision) => {
  expect(await merge(input)).toEqual(decision);
});

test.each<[string, Case, unknown]>([
  ['from a to b only, an edit on b stays', { a: 'old', b: 'new', base: BASE, direction: 'a-to-b' }, KEEP],
  ['from b to a only, an edit on a stays', { a: 'new', b: 'old', base: BASE, direction: 'b-to-a' }, KEEP],
  [
    'from a to b only, a wins every conflict',
    { a: 'x', b: 'y', base: BASE, direction: 'a-to-b' },
    write('b', 'x'),
  ],
  [
    'from b to a only, b wins every conflict',
    { a: 'x', b: 'y', base: BASE, direction: 'b-to-a' },
    write('a', 'y'),
  ],
  ['from a to b only, a wins the first merge', { a: 'x', b: 'y', direction: 'a-to-b' }, write('b', 'x')],
  ['from b to a only, b wins the first merge', { a: 'x', b: 'y', direction: 'b-to-a' }, write('a', 'y')],
])('%s', async (_what, input, decision) => {
  expect(await merge(input)).toEqual(decision);
});

test('under never-overwrite what was emptied is no edit, and does not stand against one', async () => {
  const policies = { emptyAfterwards: 'never-overwrite' as const };

  expect(await merge({ a: null, b: 'old', base: BASE, policies })).toEqual(KEEP);
  expect(await merge({ a: 'old', b: '', base: BASE, policies })).toEqual(KEEP);
  expect(await merge({ a: '', b: 'new', base: BASE, policies })).toEqual(write('a', 'new'));
  expect(await merge({ a: 'new', b: 'old', base: BASE, policies })).toEqual(write('b', 'new'));
});

test('a sync for which emptying is no edit passes none on', async () => {
  expect(await merge({ a: null, b: 'old', base: BASE, stages: { emptyIsEdit: () => false } })).toEqual(KEEP);
});

test.each<[string, Case, unknown]>([
  ['the newer edit is taken, a’s', { a: 'x', b: 'y', newer: 5, policies: { tie: 'b' } }, write('b', 'x')],
  ['the newer edit is taken, b’s', { a: 'x', b: 'y', newer: -5, policies: { tie: 'a' } }, write('a', 'y')],
  [
    'a tie is settled as declared, for a',
    { a: 'x', b: 'y', newer: 0, policies: { tie: 'a' } },
    write('b', 'x'),
  ],
  [
    'a tie is settled as declared, for b',
    { a: 'x', b: 'y', newer: 0, policies: { tie: 'b' } },
    write('a', 'y'),
  ],
  ['side a wins', { a: 'x', b: 'y', policies: { conflict: 'side-a-wins' } }, write('b', 'x')],
  ['side b wins', { a: 'x', b: 'y', policies: { conflict: 'side-b-wins' } }, write('a', 'y')],
  [
    'it is kept for review',
    { a: 'x', b: 'y', policies: { conflict: 'keep-for-review' } },
    { kind: 'review' },
  ],
])('in a conflict %s, on the first merge and later', async (_what, input, decision) => {
  expect(await merge(input)).toEqual(decision);
  expect(await merge({ ...input, base: BASE })).toEqual(decision);
});

test.each<[string, Case, unknown]>([
  ['values that agree stay', { a: 'x', b: 'x' }, KEEP],
  ['the side with a value fills the other, a', { a: 'x', b: null }, write('b', 'x')],
  ['the side with a value fills the other, b', { a: '', b: 'y' }, write('a', 'y')],
  ['two empty sides stay', { a: null, b: [] }, KEEP],
  [
    'an empty value is as good as any where it may overwrite',
    { a: null, b: 'y', newer: 1, policies: { emptyOnMerge: 'overwrite' } },
    write('b', null),
  ],
])('on the first merge %s', async (_what, input, decision) => {
  expect(await merge(input)).toEqual(decision);
});

test('both sides edited to values that mean the same, by either way of carrying, is no conflict', async () => {
  const decision = await mergeRow({
    row: { direction: 'both' } as MappedRow,
    a: 'Oslo ',
    b: 'oslo',
    base: BASE,
    policies: DEFAULT_POLICIES,
    carried: (from) => ({ a: 'OSLO', b: 'Oslo ' })[from],
    newer: async () => 1,
    stages: CORRECT_STAGES,
  });

  expect(decision).toEqual(KEEP);
});
