import type { CheckContext } from '../context.js';
import { establish, expectValue, idsOf, newRecords, onlyNew } from '../establish.js';
import { CheckFailure } from '../failure.js';
import { creatable } from './make.js';
import { disturbRoute, editRow, expectRest, newRecord } from './helpers.js';
import { needPlainRows, plainRows } from './plain-rows.js';
import { getPath } from '../../contract/path.js';
import { editValue, sampleA } from '../sample.js';
import { makeRecord } from './make.js';
import { save } from './edits.js';

const BUSY = { kind: 'answer', status: 503 } as const;

/** I15: created and edited before the sync hears of either; the events arrive in the wrong order. */
export async function eventsReversed(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const fields = await sampleA(context, await creatable(context));
  context.world.events?.hold();
  const id = await makeRecord(context, fields);
  context.world.clock?.advance(1000);
  await save(context, 'a', id, {});
  context.step(`Given a ${context.name('a')} saved twice, whose later event arrives first`);
  context.world.events?.reverse();
  context.world.events?.release();
  await context.settle();
  await context.world.events?.redeliverAll();
  await context.settle();
  await onlyNew(context, known);
  context.step(`Then there is one ${context.name('b')}`);
}

/** I2, I16: a second event arrives before the other system's search can find what the first one made. */
export async function eventAgainSoon(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const { id, fields } = await newRecord(context);
  await context.world.sync.tick?.();
  const [row] = plainRows(context);
  const changes =
    row === undefined ? {} : { [row.a]: await editValue(context, row, 'a', getPath(fields, row.a)) };
  await save(context, 'a', id, changes);
  await context.world.sync.tick?.();
  context.step(`Given a new ${context.name('a')} that is saved again at once`);
  await context.settle();
  await onlyNew(context, known);
  context.step(`Then there is one ${context.name('b')}`);
}

/** I5, I23: the other system fails for a while; what could not be written is written later, once. */
export async function transientError(context: CheckContext): Promise<void> {
  if (context.check.form !== 'keep-in-sync') {
    const known = await idsOf(context, 'b');
    disturbRoute(context, 'b', 'create', BUSY, { times: 5 });
    await newRecord(context);
    context.step(`Given the ${context.plan.systems.b.name} fails for a while`);
    await context.settle();
    await onlyNew(context, known);
    return context.step('Then it arrives once');
  }
  const { from, to } = context;
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  disturbRoute(context, to, 'update', BUSY, { times: 5 });
  const value = await editRow(context, from, link, row);
  await context.settle();
  const id = to === 'a' ? link.aId : link.bId;
  await expectValue(context, to, id, row[to], value, 'after the system was back');
  context.step('Then the edit arrives');
}

/** I17: the process is gone while a write waits to be tried again. */
export async function stoppedBeforeDone(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  disturbRoute(context, to, 'update', { kind: 'drop' });
  const value = await editRow(context, from, link, row);
  await context.world.sync.runAgain(1);
  await context.world.sync.restart?.();
  context.step('and the sync is stopped before it could write, and started again');
  await context.settle();
  const id = to === 'a' ? link.aId : link.bId;
  await expectValue(context, to, id, row[to], value, 'after the restart');
  context.step('Then the edit arrives');
}

/** I16, I17: the process is gone after the create took effect and before the link was stored. */
export async function crashAfterCreate(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const fields = await sampleA(context, await creatable(context));
  disturbRoute(context, 'b', 'create', { kind: 'after', act: async () => context.world.sync.kill?.() });
  await makeRecord(context, fields);
  context.step(`Given the sync is killed when the ${context.name('b')} was just created`);
  await context.world.sync.tick?.();
  await context.world.sync.restart?.();
  await context.settle();
  await onlyNew(context, known);
  context.step(`Then there is one ${context.name('b')}`);
}

/** I18: two workers start at the same time on the same work. */
export async function twoWorkers(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const extra = await creatable(context);
  for (const fields of [await sampleA(context, extra), await sampleA(context, extra)])
    await makeRecord(context, fields);
  context.step(`Given two new ${context.name('a')} and two workers at once`);
  await context.world.sync.together?.();
  await context.world.sync.together?.();
  await context.settle();
  const found = await newRecords(context, 'b', known);
  if (found.length !== 2)
    throw new CheckFailure(
      `two workers made ${found.length} ${context.name('b')} of two ${context.name('a')}`,
    );
  for (const pair of context.plan.pairs) {
    const shared = context.plan.pairs.some((one) => one !== pair && one.entity.b === pair.entity.b);
    if (shared || pair.slug === context.pair.slug) continue;
    const own = (await context.world.a.list(pair.entity.a)).length;
    const far = (await context.world.b.list(pair.entity.b)).length;
    if (far > own)
      throw new CheckFailure(`${own} ${context.name('a', pair)} became ${far} ${context.name('b', pair)}`);
  }
  context.step('Then each has one counterpart');
}

/** I5, I11: the write took effect, its answer is lost, and the user edits again meanwhile. */
export async function updateLostResponse(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  let value = await editRow(context, from, link, row);
  disturbRoute(context, to, 'update', {
    kind: 'commit-then-answer',
    status: 500,
    before: async () => {
      value = await editRow(context, from, link, row);
      context.world.clock?.advance(1000);
    },
  });
  context.step('while the first edit is being written, and the answer to that write is lost');
  await context.settle();
  for (const side of ['a', 'b'] as const)
    await expectValue(context, side, id[side], row[side], value, 'though it was the last edit');
  context.step('Then the last edit holds on both sides');
}

/** I5: an edit of the other side right after the sync wrote there is a user's edit like any other. */
export async function answerEdit(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const [one] = needPlainRows(context, 1);
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  await editRow(context, from, link, one);
  await context.world.sync.tick?.();
  context.world.clock?.advance(1);
  const value = await editRow(context, to, link, one);
  await context.settle();
  for (const side of ['a', 'b'] as const)
    await expectValue(context, side, id[side], one[side], value, 'right after the sync had written there');
  await expectRest(context, 2, 'after both edits');
  context.step('Then it arrives');
}
