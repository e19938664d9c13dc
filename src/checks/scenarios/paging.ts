import type { CheckContext } from '../context.js';
import { idsOf, newRecords } from '../establish.js';
import { CheckFailure } from '../failure.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { setInPlace } from '../../contract/path.js';
import { uniqueRecords } from './creation.js';
import { disturbRoute, newRecord } from './helpers.js';
import { makeRecord } from './make.js';
import { save } from './edits.js';

async function expectNew(
  context: CheckContext,
  known: Set<string>,
  count: number,
  why: string,
): Promise<void> {
  const found = (await newRecords(context, 'b', known)).length;
  if (found !== count)
    throw new CheckFailure(`expected ${count} new ${context.name('b')}, found ${found}: ${why}`);
  context.step('Then nothing is lost');
}

function pageSize(context: CheckContext): number {
  const { paging } = context.plan.systems.a.api;
  return paging.kind === 'none' ? 10 : paging.size;
}

/** The events of what happens are lost, so that only polling can find it. */
async function unheard(context: CheckContext, act: () => Promise<void>): Promise<void> {
  context.world.events?.hold();
  await act();
  context.world.events?.drop();
}

/** I19: a record moves to another page while the pages are read. */
export async function movingPages(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const records = await uniqueRecords(context, pageSize(context) + 1);
  let first = '';
  await unheard(context, async () => {
    for (const fields of records) {
      const id = await makeRecord(context, fields);
      if (first === '') first = id;
      context.world.clock?.advance(1000);
    }
  });
  disturbRoute(context, 'a', 'list', {
    kind: 'after',
    act: async () => {
      await unheard(context, async () => void (await save(context, 'a', first, {})));
    },
  });
  context.step(
    `Given more ${context.name('a')} than a page, and one of the first is saved while they are read`,
  );
  context.world.events?.release();
  await context.settle();
  await expectNew(context, known, records.length, 'a record that moved up a page was passed over');
}

/** I19: changes made between a poll's first and last call are read in the end. */
export async function changedDuringRun(context: CheckContext): Promise<void> {
  const { fields } = await newRecord(context);
  await context.settle();
  const known = await idsOf(context, 'b');
  const [next = fields] = await uniqueRecords(context, 1);
  disturbRoute(context, 'a', 'list', {
    kind: 'after',
    act: async () => {
      await unheard(context, async () => void (await makeRecord(context, next)));
      context.world.clock?.advance(1000);
    },
  });
  context.step(`Given a ${context.name('a')} that is created while the sync reads, and its event is lost`);
  await context.world.sync.runAgain(1);
  context.world.events?.release();
  await context.settle();
  await expectNew(context, known, 1, 'what changed during the run was never read');
}

/** I19, I20: a poll that fails moves nothing on. */
export async function failedPoll(context: CheckContext): Promise<void> {
  await newRecord(context);
  await context.settle();
  const known = await idsOf(context, 'b');
  const [fields = {}] = await uniqueRecords(context, 1);
  await unheard(context, async () => void (await makeRecord(context, fields)));
  disturbRoute(context, 'a', 'list', { kind: 'answer', status: 500 }, { times: 4 });
  context.step(`Given a new ${context.name('a')} whose event is lost, and a poll that fails`);
  await context.world.sync.runAgain(1);
  context.world.events?.release();
  await context.settle();
  await expectNew(context, known, 1, 'the poll that failed was taken as done');
}

/** I17, I19: what changed while the sync was down is read after its start. */
export async function changedWhileDown(context: CheckContext): Promise<void> {
  await newRecord(context);
  await context.settle();
  const known = await idsOf(context, 'b');
  const [fields = {}] = await uniqueRecords(context, 1);
  context.world.sync.kill?.();
  await unheard(context, async () => void (await makeRecord(context, fields)));
  context.world.clock?.advance(60_000);
  await context.world.sync.restart?.();
  context.world.events?.release();
  context.step(`Given a ${context.name('a')} that was created while the sync was down`);
  await context.settle();
  await expectNew(context, known, 1, 'the time before the start was never read');
}

/** I20: an empty listing, or one that fails in the middle, is no deletion. */
export async function brokenListing(context: CheckContext): Promise<void> {
  const records = await uniqueRecords(context, pageSize(context) + 1);
  for (const fields of records) await makeRecord(context, fields);
  await context.settle();
  const before = await idsOf(context, 'b');
  if (context.check.value?.label === 'empty') {
    const { many } = context.plan.systems.a.api.record;
    const body: JsonObject = {};
    if (many !== null) setInPlace(body, many, []);
    const answer: Json = many === null ? [] : body;
    disturbRoute(context, 'a', 'list', { kind: 'answer', status: 200, body: answer });
    context.step(`Given ${records.length} ${context.name('a')} and one listing that is empty`);
  } else {
    disturbRoute(context, 'a', 'list', { kind: 'answer', status: 503 }, { nth: 2, times: 4 });
    context.step(`Given ${records.length} ${context.name('a')} and a listing that fails at its second page`);
  }
  await context.world.sync.runAgain(2);
  await context.settle();
  const after = await idsOf(context, 'b');
  const lost = [...before].filter((id) => !after.has(id));
  if (lost.length > 0 || after.size !== before.size)
    throw new CheckFailure(
      `${lost.length} ${context.name('b')} were deleted and ${after.size} are left of ${before.size}, though nothing was deleted`,
    );
  context.step('Then nothing is deleted');
}
