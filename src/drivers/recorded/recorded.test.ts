import { expect, test } from 'vitest';
import type { SyncPlan } from '../../checklist/plan.js';
import type { JsonObject } from '../../contract/field.js';
import {
  SystemError,
  UnsupportedHere,
  type Settled,
  type StoredRecord,
  type System,
  type Target,
  type World,
} from '../ports.js';
import { playedTarget } from './played-target.js';
import { recordingTarget } from './recording-target.js';

const PLAN = { systems: { a: { name: 'Shop' }, b: { name: 'CRM' } } } as unknown as SyncPlan;
const record = (id: string, fields: JsonObject = {}): StoredRecord => ({
  id,
  fields,
  updatedAt: 1,
  version: '1',
});

/** A target whose only system answers what it is given, one after the other. */
function liveTarget(answers: unknown[], looks = 3): Target {
  const next = async (): Promise<never> => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer as never;
  };
  const system = { side: 'a', contract: PLAN.systems.a } as System;
  for (const call of ['create', 'get', 'update', 'remove', 'restore', 'list'] as const) system[call] = next;
  return {
    name: 'remote',
    capabilities: new Set(['links']),
    async open() {
      return {
        tag: 'zqabcdefghijkl',
        a: system,
        b: system,
        sync: {
          async settle(look) {
            let isThere = false;
            for (let round = 0; round < looks && !isThere; round++) isThere = (await look?.()) ?? true;
            return {
              quiescent: true,
              rounds: looks,
              waitedMs: 7,
              ...(isThere ? {} : { late: { waitedMs: 7, budgetMs: 5 } }),
            };
          },
          runAgain: async () => undefined,
          links: async () => [{ pair: 'customer', aId: '1', bId: '2' }],
        },
        capabilities: new Set(['links']),
        journal: () => [],
        exchanges: () => [],
        close: async () => undefined,
      } as World;
    },
  };
}

/** Lets a story be told by a live world and once more by its recording; gives what each told. */
async function twice<T>(
  answers: unknown[],
  story: (world: World) => Promise<T>,
): Promise<{ live: T; played: T }> {
  const { target, worlds } = recordingTarget(liveTarget(answers));
  const live = await story(await target.open(['customer'], 1, { purpose: 'a check' }));
  const kept = JSON.parse(JSON.stringify(worlds)) as typeof worlds;
  const player = playedTarget({
    plan: PLAN,
    worlds: kept,
    capabilities: ['links'],
    lacks: () => ({ reason: '', remedy: '' }),
  });
  const played = await story(await player.open(['customer'], 1, { purpose: 'a check' }));
  return { live, played };
}

const said = (work: Promise<unknown>) => work.catch((error: unknown) => error);

test('a check is told the same again: records, nothing, lists and the tag', async () => {
  const answers = [
    record('1', { name: 'Ann' }),
    record('1', { name: 'Bea' }),
    null,
    [record('1')],
    undefined,
  ];

  const { live, played } = await twice(answers, async (world) => [
    world.tag,
    await world.a.create('Customer', { name: 'Ann' }),
    await world.a.update('Customer', '1', { name: 'Bea' }),
    await world.b.get('Contact', '2'),
    await world.a.list('Customer'),
    await world.a.remove('Customer', '1'),
    await world.sync.links?.(),
  ]);

  expect(played).toEqual(live);
});

test('errors come again with all that they say', async () => {
  const refused = new SystemError('Shop', 'PUT', '/customers/1', 422, 'no', {
    expected: 'a name',
    remedy: 'give one',
  });

  const { live, played } = await twice(
    [refused, new UnsupportedHere('no tag', 'name a text')],
    async (world) => [
      await said(world.a.update('Customer', '1', {})),
      await said(world.a.create('Customer', {})),
    ],
  );

  expect(played).toEqual(live);
  expect(played[0]).toBeInstanceOf(SystemError);
  expect(played[0]).toMatchObject({ status: 422, help: { remedy: 'give one' } });
  expect(played[1]).toBeInstanceOf(UnsupportedHere);
});

test('a wait ends as it did, and its looks see what they saw', async () => {
  const answers = [null, null, record('2', { name: 'Ann' })];
  const story = async (world: World) => {
    const seen: (string | null)[] = [];
    const settled = await world.sync.settle(async () => {
      const found = await world.b.get('Contact', '2');
      seen.push(found?.id ?? null);
      return found !== null;
    });
    return { settled, last: seen.at(-1) };
  };

  const { live, played } = await twice(answers, story);

  expect(played).toEqual(live);
  expect(played.settled.late).toBeUndefined();
});

test('a look that saw the same as the one before is kept once', async () => {
  const { target, worlds } = recordingTarget(liveTarget([null, null, null]));
  const world = await target.open(['customer'], 1, { purpose: 'a check' });

  await world.sync.settle(async () => (await world.b.get('Contact', '2')) !== null);

  expect(worlds[0]?.calls[0]?.looks).toHaveLength(1);
});

test('what was late stays late', async () => {
  const { played } = await twice<Settled>([null, null, null], (world) =>
    world.sync.settle(async () => (await world.b.get('Contact', '2')) !== null),
  );

  expect(played.late).toEqual({ waitedMs: 7, budgetMs: 5 });
});

test('a record that the check changes afterwards is kept as it was', async () => {
  const { played } = await twice([record('1', { name: 'Ann' })], async (world) => {
    const made = await world.a.create('Customer', {});
    const was = JSON.stringify(made);
    made.fields['name'] = 'changed';
    return was;
  });

  expect(played).toContain('Ann');
});

test('what was never asked is not made up', async () => {
  const player = playedTarget({
    plan: PLAN,
    worlds: [
      {
        purpose: 'a check',
        nth: 1,
        tag: null,
        calls: [{ call: 'a get Customer 1', value: null }],
        exchanges: [],
      },
    ],
    capabilities: [],
    lacks: () => ({ reason: '', remedy: '' }),
  });
  const world = await player.open(['customer'], 1, { purpose: 'a check' });
  await world.a.get('Customer', '1');

  await expect(world.a.get('Customer', '1')).rejects.toThrow(
    'the recording holds no answer to "a get Customer 1" in a check',
  );
  await expect(player.open(['customer'], 1, { purpose: 'a check' })).rejects.toThrow(
    '"open world 2" in a check',
  );
});
