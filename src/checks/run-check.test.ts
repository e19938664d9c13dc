import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import {
  SystemError,
  UnsupportedHere,
  type Exchange,
  type Target,
  type WorldSettings,
} from '../drivers/ports.js';
import { CheckFailure, NotTestableHere } from './failure.js';
import { runCheck } from './run-check.js';

const CHECK = {
  id: 'customer/keep-in-sync/note',
  pair: 'customer',
  scenario: 'when-met',
  from: 'a',
  property: null,
  value: null,
  needs: ['clock'],
  notTestable: null,
} as unknown as Check;
const PLAN = {
  systems: { a: { name: 'A', entities: [] }, b: { name: 'B', entities: [] } },
  pairs: [
    {
      slug: 'customer',
      entity: { a: 'Customer', b: 'Customer' },
      creation: { a: { kind: 'every' } },
      match: [],
      rows: [],
    },
  ],
} as unknown as SyncPlan;

/** A target without anything but what is given. */
function targetOf(more: Partial<Target> = {}): Target {
  return {
    name: 'nowhere',
    capabilities: new Set(['clock']),
    open: async () => {
      throw new Error('no world');
    },
    ...more,
  };
}
/** A target whose world fails as soon as the check reads its plan; notes whether it was closed. */
function failing(error: unknown, calls = 0) {
  const state = { closed: 0, opened: [] as (WorldSettings | undefined)[] };
  const exchange = (seq: number) => ({ seq }) as Exchange;
  const journal = Array.from({ length: calls }, (_, index) => exchange(index + 1));
  const world = {
    capabilities: new Set(),
    journal: () => journal,
    get a() {
      throw error;
    },
    b: { get: async () => null },
    close: async () => void (state.closed += 1),
  };
  const target = targetOf({
    open: async (_pairs, _seed, settings) => {
      state.opened.push(settings);
      return world as never;
    },
  });
  const plan = {
    ...PLAN,
    systems: { a: { name: 'A', entities: [{ name: 'Customer', fields: [] }] }, b: PLAN.systems.b },
  };
  return { state, run: (check: Check = CHECK) => runCheck(check, plan as unknown as SyncPlan, target, 1) };
}

test('a check that the compiler left open is told as it is, without opening a world', async () => {
  const open = { ...CHECK, notTestable: { reason: 'why', remedy: 'what' } };

  expect(await runCheck(open, PLAN, targetOf(), 1)).toMatchObject({
    verdict: 'not-testable',
    reason: 'why',
    remedy: 'what',
    steps: [],
    evidence: null,
  });
});

test('what the target cannot do makes a check not testable, in its words or ours', async () => {
  const needs = { ...CHECK, needs: ['clock', 'kill', 'logs'] } as Check;
  const lacks = () => ({ reason: 'their reason', remedy: 'their remedy' });

  expect(await runCheck(needs, PLAN, targetOf(), 1)).toMatchObject({
    verdict: 'not-testable',
    reason: 'the target nowhere offers no kill, logs',
  });
  expect(await runCheck(needs, PLAN, targetOf({ lacks }), 1)).toMatchObject(lacks());
});

test('a world that cannot be opened is an error without evidence', async () => {
  expect(await runCheck(CHECK, PLAN, targetOf(), 1)).toMatchObject({
    verdict: 'error',
    reason: 'no world',
    remedy: expect.stringContaining('defect of the harness') as string,
    evidence: null,
  });
});

test('a pair that the plan does not hold is an error', async () => {
  expect(await runCheck({ ...CHECK, pair: 'other' }, PLAN, targetOf(), 1)).toMatchObject({
    verdict: 'error',
    reason: 'the plan holds no pair other',
  });
});

test('a failure is failed, with what differs, the step that failed and the calls', async () => {
  const differences = [{ path: 'email', expected: 'x', found: 'y' }];
  const { state, run } = failing(new CheckFailure('it differs', differences), 3);

  const outcome = await run();

  expect(outcome).toMatchObject({
    verdict: 'failed',
    reason: 'it differs',
    remedy: expect.stringContaining('Replay the check') as string,
  });
  expect(outcome.steps.at(-1)).toEqual({ text: 'it differs', status: 'failed' });
  expect(outcome.evidence).toMatchObject({
    exchanges: [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
    before: { a: null, b: null },
    after: { a: null, b: null },
    differences,
  });
  expect(state.closed).toBe(1);
});

test('a refusal by a system is an error that says where to look', async () => {
  expect(await failing(new SystemError('A', 'GET', '/x', 500, 'down')).run()).toMatchObject({
    verdict: 'error',
    reason: 'A: GET /x answered 500: down',
    remedy: expect.stringContaining('refused a call of the harness') as string,
  });
});

test.each([new NotTestableHere('why', 'what'), new UnsupportedHere('why', 'what')])(
  'what turns out not to be possible is not testable, and no failed step (%#)',
  async (error) => {
    const outcome = await failing(error).run();

    expect(outcome).toMatchObject({ verdict: 'not-testable', reason: 'why', remedy: 'what' });
    expect(outcome.steps.some((step) => step.status === 'failed')).toBe(false);
  },
);

test('what is thrown and is no error is an error all the same', async () => {
  expect(await failing('text').run()).toMatchObject({
    verdict: 'error',
    reason: 'text',
    evidence: { differences: [] },
  });
});

test('an error that says itself what to do is told with that', async () => {
  const interrupted = Object.assign(new Error('interrupted'), { remedy: 'run it again' });

  expect(await failing(interrupted).run()).toMatchObject({
    verdict: 'error',
    reason: 'interrupted',
    remedy: 'run it again',
  });
});

test.each([
  ['that is no text', Object.assign(new Error('x'), { remedy: 7 })],
  ['of what is no error', { remedy: 'run it again' }],
])('advice %s is not passed on', async (_which, thrown) => {
  expect((await failing(thrown).run()).remedy).toMatch(/^This is a defect of the harness/);
});

test('a failure before there is a world is failed all the same, without evidence', async () => {
  const open = async () => {
    throw new CheckFailure('the sync did not start');
  };

  expect(await runCheck(CHECK, PLAN, targetOf({ open }), 1)).toMatchObject({
    verdict: 'failed',
    reason: 'the sync did not start',
    steps: [],
    evidence: null,
  });
});

test('the time that a check took is told in milliseconds', async () => {
  const open = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error('no world');
  };
  const started = performance.now();

  const { durationMs } = await runCheck(CHECK, PLAN, targetOf({ open }), 1);

  expect(durationMs).toBeGreaterThan(15);
  expect(durationMs).toBeLessThan(performance.now() - started + 1);
});

test('of many calls the first thirty and the last thirty are kept', async () => {
  const seqs = async (calls: number) =>
    (await failing(new CheckFailure('x'), calls).run()).evidence?.exchanges.map((one) => one.seq);

  expect(await seqs(60)).toHaveLength(60);
  const cut = await seqs(61);
  expect(cut).toHaveLength(60);
  expect([cut?.[0], cut?.[29], cut?.[30], cut?.[59]]).toEqual([1, 30, 32, 61]);
});

test('the world is asked for with the pair of the check and the seed of the run', async () => {
  const asked: unknown[] = [];
  const open: Target['open'] = async (pairs, seed) => {
    asked.push(pairs, seed);
    throw new Error('no world');
  };

  await runCheck(CHECK, PLAN, targetOf({ open }), 7);

  expect(asked).toEqual([['customer'], 7]);
});

test('the world is for the check, with the settings of its scenario', async () => {
  const { state, run } = failing(new CheckFailure('x'));

  await run();
  await run({ ...CHECK, scenario: 'conflict-skewed-clock' });
  await run({ ...CHECK, scenario: 'conflict-skewed-clock', from: 'b' });
  await run({ ...CHECK, scenario: 'conflict-other-zone', from: null });
  await run({ ...CHECK, scenario: 'conflict-other-zone', from: 'b' });

  const purpose = CHECK.id;
  expect(state.opened).toEqual([
    { purpose },
    { purpose, skewMs: { b: 3_600_000 } },
    { purpose, skewMs: { a: 3_600_000 } },
    { purpose, zoneMinutes: { a: -120 } },
    { purpose, zoneMinutes: { a: 120 } },
  ]);
});
