import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { Bundle } from '../checks/bundle.js';
import type { Target } from '../drivers/ports.js';
import type { CheckOutcome } from './record.js';
import type { Finished } from './vitest-runner.js';
import { checkSeed } from './seed.js';
import { joined, runSideBySide } from './side-by-side.js';

const outcome = (verdict: CheckOutcome['verdict'], reason: string | null = null): CheckOutcome => ({
  verdict,
  reason,
  remedy: null,
  steps: [],
  evidence: null,
  durationMs: 10,
});

/** A bundle of one check, which is not testable for a reason of its own and so needs no world. */
function openBundle(id: string): Bundle {
  const check = { id, notTestable: { reason: `reason of ${id}`, remedy: '' } } as Check;
  return { key: id, kind: 'solo', checks: [check] };
}
const bundles = ['one', 'two', 'three', 'four'].map(openBundle);

/** Runs the bundles; `ask` is called whenever the runner wants to know whether to stop. */
async function run(concurrency: number, repeat: number, ask: (done: number) => boolean) {
  const told: Finished[] = [];
  const finished = await runSideBySide({
    bundles,
    plan: { pairs: [] } as unknown as SyncPlan,
    target: {} as Target,
    seed: 1,
    concurrency,
    repeat,
    stopped: () => ask(told.length),
    onFinished: (one) => told.push(one),
  });
  return { told, finished };
}

test.each([1, 3, 9])('with %i under way at a time every bundle is judged once', async (concurrency) => {
  const { told, finished } = await run(concurrency, 1, () => false);

  expect(told.map((one) => one.id).toSorted()).toEqual(['four', 'one', 'three', 'two']);
  expect(finished).toEqual(told);
  expect(finished[0]).toMatchObject({ id: 'one', detail: '', outcome: { reason: 'reason of one' } });
  expect(bundles).toHaveLength(4);
});

test('a run that is stopped begins no further bundle', async () => {
  const { finished } = await run(1, 1, (done) => done === 2);

  expect(finished.map((one) => one.id)).toEqual(['one', 'two']);
});

test('a bundle judged several times gives one joined outcome for each check', async () => {
  const { finished } = await run(1, 3, () => false);

  expect(finished.map((one) => one.id)).toEqual(['one', 'two', 'three', 'four']);
  expect(finished[0]?.outcome).toMatchObject({ verdict: 'not-testable', reason: 'reason of one' });
});

test('a check is verified when it is verified every time, and says how often', () => {
  const twice = joined([outcome('verified'), outcome('verified')]);

  expect(twice).toMatchObject({ verdict: 'verified', durationMs: 20 });
  expect(twice.steps).toEqual([{ text: 'verified 2 of 2 times', status: 'passed' }]);
});

test.each<[CheckOutcome['verdict'][], CheckOutcome['verdict'], string]>([
  [['verified', 'failed', 'verified'], 'failed', 'verified 2 of 3 times: why failed'],
  [['failed', 'error'], 'error', 'verified 0 of 2 times: why error'],
  [['not-testable', 'failed'], 'failed', 'verified 0 of 2 times: why failed'],
  [['verified', 'not-testable'], 'not-testable', 'why not-testable'],
])('%j joined is %s', (verdicts, verdict, reason) => {
  expect(joined(verdicts.map((one) => outcome(one, `why ${one}`)))).toMatchObject({ verdict, reason });
});

test('nothing cannot be joined', () => {
  expect(() => joined([])).toThrow('without any outcome');
});

/** Judges a bundle of two checks on a target that opens no world; what it was asked to open. */
async function runWithoutWorlds(repeat: number) {
  const opened: [purpose: string | undefined, seed: number][] = [];
  const target = {
    capabilities: new Set(),
    open: async (_pairs: string[], seed: number, settings?: { purpose?: string }) => {
      opened.push([settings?.purpose, seed]);
      throw new Error('no world');
    },
  } as unknown as Target;
  const checks = ['one', 'two'].map(
    (id) => ({ id, pair: 'p', scenario: 'edit', needs: [], notTestable: null }) as unknown as Check,
  );

  const finished = await runSideBySide({
    bundles: [{ key: 'both', kind: 'edits', checks }],
    plan: { pairs: [{ slug: 'p' }] } as unknown as SyncPlan,
    target,
    seed: 5,
    concurrency: 1,
    repeat,
    stopped: () => false,
    onFinished: () => undefined,
  });
  return { opened, finished };
}

test('each turn plays with a seed of its own, and worlds of a later turn say which', async () => {
  const { opened, finished } = await runWithoutWorlds(2);

  expect(opened).toEqual([
    ['both', checkSeed(5, 'both')],
    ['one', checkSeed(5, 'one')],
    ['two', checkSeed(5, 'two')],
    ['both@2', checkSeed(6, 'both@2')],
    ['one', checkSeed(6, 'one')],
    ['two', checkSeed(6, 'two')],
  ]);
  expect(finished.map((one) => [one.id, one.outcome?.reason])).toEqual([
    ['one', 'verified 0 of 2 times: no world'],
    ['two', 'verified 0 of 2 times: no world'],
  ]);
});

test('a check judged once is told as it came out, without a count', async () => {
  const { finished } = await runWithoutWorlds(1);

  expect(finished.map((one) => [one.id, one.outcome?.reason])).toEqual([
    ['one', 'no world'],
    ['two', 'no world'],
  ]);
});

test('a failure without a reason is told with its count alone', () => {
  expect(joined([outcome('failed')]).reason).toBe('verified 0 of 1 times: ');
});
