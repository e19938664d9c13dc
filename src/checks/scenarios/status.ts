import { getPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { establish, expectCount, expectValue, idsOf, onlyNew } from '../establish.js';
import { CheckFailure } from '../failure.js';
import { expectReported } from './expect-reported.js';
import { disturbRoute, editRow, newRecord } from './helpers.js';
import { needPlainRows } from './plain-rows.js';

const WAIT_SECONDS = 30;

/** I23: a rate limit is waited out for as long as it says; then the work is done. */
export async function rateLimited(context: CheckContext): Promise<void> {
  const known = await idsOf(context, 'b');
  const limited = disturbRoute(
    context,
    'b',
    'create',
    { kind: 'answer', status: 429, headers: { 'Retry-After': String(WAIT_SECONDS) } },
    { times: 5 },
  );
  await newRecord(context);
  context.step(`Given the ${context.plan.systems.b.name} asks five times to wait ${WAIT_SECONDS} s`);
  await context.settle();
  await onlyNew(context, known);
  const waits = limited.at.slice(1).map((at, index) => at - (limited.at[index] ?? at));
  const short = waits.find((wait) => wait < WAIT_SECONDS * 1000);
  if (short !== undefined)
    throw new CheckFailure(`after Retry-After: ${WAIT_SECONDS} the next call came after ${short / 1000} s`);
  context.step('Then it waits and arrives');
}

/** I5, I23: a credential that expired is renewed and the work goes on. */
export async function expiredToken(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  context.world.clock?.advance(2 * 3_600_000);
  disturbRoute(context, 'b', 'update', { kind: 'answer', status: 401 });
  const value = await editRow(context, 'a', link, row);
  context.step('Given the credential expired meanwhile, and is refused once more');
  await context.settle();
  await context.settle();
  await expectValue(context, 'b', link.bId, row.b, value, 'after the credential expired');
  context.step('Then the edit arrives');
}

/** I24: never "ok" while a change waits longer than the declared latency, or while nothing runs. */
export async function truthfulStatus(context: CheckContext): Promise<void> {
  const { latencyMs } = context.pair.policies;
  await newRecord(context);
  await context.settle();
  const before = await context.world.sync.status?.();
  if (before?.state !== 'ok') throw new CheckFailure(`at rest the status is ${before?.state ?? 'missing'}`);
  context.world.clock?.advance(latencyMs * 3);
  await expectAlarm(context, 'though nothing has run for three times the declared latency');
  disturbRoute(context, 'b', 'create', { kind: 'answer', status: 503 }, { times: 1000 });
  await newRecord(context);
  for (let round = 0; round < 4; round++) {
    await context.world.sync.runAgain(1);
    context.world.clock?.advance(latencyMs);
  }
  await expectAlarm(context, 'though a change waits longer than the declared latency');
  context.step('Then the status says so');
}

async function expectAlarm(context: CheckContext, why: string): Promise<void> {
  const status = await context.world.sync.status?.();
  if (status?.state === 'ok') throw new CheckFailure(`the status is "ok" ${why}`);
}

/** A deletion on one side against an edit on the other, as declared. */
export async function deleteVersusEdit(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  context.world.events?.hold();
  await context.world.a.remove(context.pair.entity.a, link.aId);
  context.step(`When the ${context.name('a')} is deleted`);
  const value = await editRow(context, 'b', link, row);
  context.world.events?.release();
  await context.settle();
  if (context.pair.policies.deleteVersusEdit === 'delete-wins')
    return expectCount(context, 'b', 0, 'under the policy "deleteVersusEdit: delete-wins"');
  await expectCount(context, 'b', 1, 'under the policy "deleteVersusEdit: edit-wins"');
  await expectValue(context, 'b', link.bId, row.b, value, 'under the policy "deleteVersusEdit: edit-wins"');
  await expectReported(context, [link.aId, link.bId], 'a deletion against an edit');
  context.step('Then the edit is kept and reported');
}

/** I20, I21: deleted and restored before the sync looked: nothing happened. */
export async function restored(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const link = await establish(context);
  context.world.events?.hold();
  await context.world.b.remove(context.pair.entity.b, link.bId);
  await context.world.b.restore(context.pair.entity.b, link.bId);
  context.world.clock?.advance(1000);
  context.step(`When the ${context.name('b')} is deleted and restored`);
  const value = await editRow(context, 'b', link, row);
  context.world.events?.release();
  await context.settle();
  await context.world.sync.runAgain(2);
  const a = await context.world.a.get(context.pair.entity.a, link.aId);
  if (a === null) throw new CheckFailure(`the ${context.name('a')} was deleted`);
  if (JSON.stringify(getPath(a.fields, row.a)) !== JSON.stringify(value))
    throw new CheckFailure(`edits of the restored ${context.name('b')} do not arrive`);
  await expectValue(context, 'b', link.bId, row.b, value, 'after the restoration');
  context.step('Then both are there and in step');
}
