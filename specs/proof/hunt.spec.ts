import { expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { renderHuntMarkdown } from '../../src/cli/simulate/hunt-markdown.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import type { HuntRecord } from '../../src/proof/simulation/hunt-record.js';
import { NOT_HISTORIES } from '../../src/proof/simulation/not-histories.js';
import { huntFailure } from '../../src/proof/simulation/simulate.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** One of each kind: linking, edits, conflict, loops, deletion, mapping, events, conditions. */
const SAMPLE: [id: number, invariants: string[]][] = [
  [3, ['I2', 'I28']],
  [17, ['I8']],
  [33, ['I6', 'I7', 'I12']],
  [47, ['I21', 'I2']],
  [56, ['I1', 'I4']],
  [97, ['I25']],
  [107, ['I8']],
];

test.each(SAMPLE)('fault %i is found by histories', { timeout: 60_000 }, async (id, invariants) => {
  const fault = FAULTS.find((one) => one.id === id);
  if (fault === undefined) throw new Error(`the catalogue holds no fault ${id}`);
  const { compiled } = await prepareVariant(variantOf(fault));
  const target = referenceTarget(compiled.plan, 'direct', { breakage: fault.make });
  const correct = referenceTarget(compiled.plan, 'direct');

  const found = await huntFailure({ plan: compiled.plan, target, seed: 1, length: 30 }, correct, 200);

  expect(invariants).toContain(found?.invariant);
});

test('what the correct sync does is no find', async () => {
  const { compiled } = await prepareVariant(variantOf({}));
  const correct = referenceTarget(compiled.plan, 'direct');

  const found = await huntFailure({ plan: compiled.plan, target: correct, seed: 1, length: 30 }, correct, 20);

  expect(found).toBeNull();
});

test('what is said to be no matter of histories is a fault of the catalogue', () => {
  const ids = FAULTS.map((fault) => String(fault.id));

  expect(ids).toEqual(expect.arrayContaining(Object.keys(NOT_HISTORIES)));
});

test('the table names each fault, what it took on each seed, and what was not found', () => {
  const row = { breaks: 'I1', policies: {}, invariants: ['I1', 'I5'] };
  const record: HuntRecord = {
    schema: 'syncproof.simulation-faults/1',
    seeds: [7, 8, 9],
    most: 400,
    length: 30,
    durationMs: 1,
    faults: [
      { ...row, id: 1, title: 'One | two', histories: [3, null, 5], median: 5 },
      { ...row, id: 2, title: 'Never', histories: [null, null, 5], median: null },
    ],
    notHistories: [{ id: 99, title: 'Tenants', reason: 'there is one' }],
    summary: { hunted: 2, found: 1, median: 5 },
  };

  const page = renderHuntMarkdown(record);

  expect(page).toContain('1 of 2 faults found, in 5 histories by the median of all; seeds 7, 8, 9.');
  expect(page).toContain('| 1 | One \\| two. | 5 | 3, none, 5 | I1, I5 |');
  expect(page).toContain('| 2 | Never. | not found | none, none, 5 | I1, I5 |');
  expect(page).toContain('| 99 | Tenants. | there is one |');
});
