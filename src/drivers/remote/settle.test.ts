import { expect, test } from 'vitest';
import { Interrupted } from './guard.js';
import type { RunState } from './run-state.js';
import { settle, type Watched } from './settle.js';
import type { RemoteSettings } from './settings.js';

const TIMES = { settleMs: 1000, absenceMs: 400, quietMs: 100, pollMs: 50 };

type Stage = {
  settings?: Partial<RemoteSettings>;
  /** What both systems hold at a time, as one text. */
  stateAt?: (now: number) => string;
  changedAt?: number;
  stoppedAt?: number;
  /** The harness stands still once, in its first pause, ms. */
  standsStill?: number;
};

/** A clock that moves by sleeping only, and two systems that change with it. */
function stage({
  settings = {},
  stateAt = () => 'same',
  changedAt = 0,
  stoppedAt = Number.POSITIVE_INFINITY,
  standsStill = 0,
}: Stage) {
  let now = 0;
  let stood = 0;
  let turns = 0;
  const pauses: number[] = [];
  const latencies: RunState['latencies'] = [];
  const run = {
    clock: {
      now: () => now,
      async sleep(ms: number) {
        pauses.push(Math.round(ms));
        if (pauses.length === 1) stood = standsStill;
        now += ms + (pauses.length === 1 ? standsStill : 0);
      },
    },
    stoodStill: () => stood,
    settings: { ...TIMES, sync: { kind: 'none' }, ...settings } as RemoteSettings,
    door: { nudge: async () => void (turns += 1), turns: () => turns },
    stopped: () => now >= stoppedAt,
    latencies,
  };
  const watched: Watched = {
    refresh: async () => stateAt(now),
    during: (ask) => ask(),
    changedAt: () => changedAt,
  };
  return {
    now: () => now,
    pauses,
    latencies,
    settle: (look?: () => Promise<boolean>) => settle(run, watched, 'a check', look),
  };
}

test('it ends when what is expected is there and nothing changed for the quiet period', async () => {
  const { settle: wait, now } = stage({});

  const settled = await wait(async () => now() >= 200);

  expect(settled.quiescent).toBe(true);
  expect(settled.late).toBeUndefined();
  expect(now()).toBeGreaterThanOrEqual(300);
  expect(now()).toBeLessThan(500);
});

test('the latency is counted from the change of the harness to the look that saw it', async () => {
  const { settle: wait, now, latencies } = stage({ changedAt: -30 });

  await wait(async () => now() >= 50);

  expect(latencies).toEqual([{ check: 'a check', ms: 80 }]);
});

test('pauses grow while nothing happens, up to eight times the first', async () => {
  const { settle: wait, pauses } = stage({ settings: { settleMs: 5000 } });

  await wait(async () => false);

  expect(pauses.slice(0, 4)).toEqual([50, 75, 113, 169]);
  expect(Math.max(...pauses)).toBe(400);
});

test('a change makes it look often again', async () => {
  const { settle: wait, pauses } = stage({
    settings: { settleMs: 5000 },
    stateAt: (at) => (at < 300 ? 'before' : 'after'),
  });

  await wait(async () => false);

  const longer = pauses.findIndex((ms) => ms > 100);
  expect(pauses.indexOf(50, longer)).toBeGreaterThan(longer);
});

test('what never comes is late, with how long was waited and what the budget was', async () => {
  const { settle: wait, latencies } = stage({});

  const settled = await wait(async () => false);

  expect(settled.late?.budgetMs).toBe(1000);
  expect(settled.late?.waitedMs).toBeGreaterThanOrEqual(1000);
  expect(settled.quiescent).toBe(true);
  expect(latencies).toEqual([]);
});

test('the budget is that of a harness that is awake: what it stood still for is not counted', async () => {
  const { settle: wait, now } = stage({ standsStill: 480_000 });

  const settled = await wait(async () => now() >= 480_600);

  expect(settled.late).toBeUndefined();
  expect(settled.quiescent).toBe(true);
  expect(settled.waitedMs).toBeLessThan(1500);
});

test('what never comes is late after the budget, however long the harness stood still', async () => {
  const { settle: wait } = stage({ standsStill: 480_000 });

  const settled = await wait(async () => false);

  expect(settled.late?.waitedMs).toBeGreaterThanOrEqual(1000);
  expect(settled.late?.waitedMs).toBeLessThan(2000);
});

test('the sync gets the time of the absence beside that in which the harness stood still', async () => {
  const { settle: wait, now } = stage({ standsStill: 480_000 });

  await wait();

  expect(now()).toBeGreaterThanOrEqual(480_400);
});

test('a latency is told as the clock has it, a standstill included', async () => {
  const { settle: wait, now, latencies } = stage({ standsStill: 480_000 });

  await wait(async () => now() >= 200);

  expect(latencies).toEqual([{ check: 'a check', ms: 480_050 }]);
});

test('a sync that goes on writing does not come to rest, though what is expected is there', async () => {
  const { settle: wait } = stage({ stateAt: String });

  const settled = await wait(async () => true);

  expect(settled.quiescent).toBe(false);
  expect(settled.late).toBeUndefined();
});

test('what was there and is gone again does not count', async () => {
  const { settle: wait, now } = stage({});

  const settled = await wait(async () => now() < 80);

  expect(settled.late).toBeDefined();
});

test('where nothing is expected the sync gets the whole time of the absence', async () => {
  const { settle: wait, now, latencies } = stage({});

  const settled = await wait();

  expect(settled.quiescent).toBe(true);
  expect(now()).toBeGreaterThanOrEqual(400);
  expect(latencies).toEqual([]);
});

test('a sync that is triggered gets two whole turns instead', async () => {
  const trigger = { kind: 'trigger' } as RemoteSettings['sync'];
  const { settle: wait, now } = stage({ settings: { sync: trigger, absenceMs: 600_000 } });

  const settled = await wait();

  expect(settled.quiescent).toBe(true);
  expect(settled.rounds).toBeGreaterThanOrEqual(2);
  expect(now()).toBeLessThan(1000);
});

test('an interrupted run waits no longer', async () => {
  const { settle: wait } = stage({ stoppedAt: 100 });

  await expect(wait(async () => false)).rejects.toThrow(Interrupted);
});
