import { createHmac } from 'node:crypto';
import { getPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { establish, expectCount, expectValue, idsOf, onlyNew } from '../establish.js';
import { CheckFailure } from '../failure.js';
import { editValue, sampleA } from '../sample.js';
import { save } from './edits.js';
import { creatable, makeRecord } from './make.js';
import { needPlainRows, plainRows } from './plain-rows.js';

const creates = (context: CheckContext) => context.check.form !== 'keep-in-sync';

/** Does what the sentence is about: creates a record, or edits one of a linked pair. */
async function stimulate(context: CheckContext): Promise<() => Promise<void>> {
  if (creates(context)) {
    const fields = await sampleA(context, await creatable(context));
    const known = await idsOf(context, 'b');
    context.world.events?.hold();
    await makeRecord(context, fields);
    context.step(`When a ${context.name('a')} is created`);
    return async () => {
      await onlyNew(context, known);
    };
  }
  const [row] = needPlainRows(context, 1);
  const { from } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const value = await editValue(
    context,
    row,
    from,
    getPath(await context.fieldsOf(from, id[from]), row[from]),
  );
  context.world.events?.hold();
  await save(context, from, id[from], { [row[from]]: value });
  context.step(`When ${row[from]} of the ${context.name(from)} is edited`);
  return async () => {
    for (const side of ['a', 'b'] as const)
      await expectValue(context, side, id[side], row[side], value, 'after the edit');
  };
}

/** I15: polling finds what a lost event would have told. */
export async function lostEvent(context: CheckContext): Promise<void> {
  const expectArrival = await stimulate(context);
  context.world.events?.drop();
  context.world.events?.release();
  context.step('and its events are lost');
  await context.settle();
  await expectArrival();
  context.step('Then it arrives all the same');
}

/** I6, I15: an event delivered twice, and all of them again at the end. */
export async function repeatedEvent(context: CheckContext): Promise<void> {
  const expectArrival = await stimulate(context);
  context.world.events?.duplicate();
  context.world.events?.release();
  await context.settle();
  await expectArrival();
  const mark = context.mark();
  await context.world.events?.redeliverAll();
  await context.settle();
  const writes = context.syncWrites(mark);
  if (writes.length > 0)
    throw new CheckFailure(`events that were delivered again caused ${writes.length} writes`);
  context.step('Then delivering every event again writes nothing');
}

/** I11, I12: two edits whose events arrive in the wrong order; the older value never comes back. */
export async function lateEvent(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const { from } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  context.world.events?.hold();
  const old = await editValue(context, row, from, getPath(await context.fieldsOf(from, id[from]), row[from]));
  await save(context, from, id[from], { [row[from]]: old });
  context.world.clock?.advance(10_000);
  const value = await editValue(context, row, from, old);
  await save(context, from, id[from], { [row[from]]: value });
  context.step(`When ${row[from]} is edited twice and the events arrive in the wrong order`);
  const mark = context.mark();
  context.world.events?.reverse();
  context.world.events?.release();
  await context.settle();
  for (const side of ['a', 'b'] as const)
    await expectValue(context, side, id[side], row[side], value, 'though it was the last edit');
  const reverted = context.syncWrites(mark).some((one) => {
    const after = one.mutation?.after ?? null;
    return (
      after !== null &&
      one.system === context.plan.systems[context.to].name &&
      (one.side ?? context.to) === context.to &&
      getPath(after, row[context.to]) === old
    );
  });
  if (reverted) throw new CheckFailure('the older value was written after the newer one was known');
  context.step('Then the last edit holds on both sides');
}

/** I17: the sync is stopped before it heard of the change and started again. */
export async function restart(context: CheckContext): Promise<void> {
  const expectArrival = await stimulate(context);
  await context.world.sync.restart?.();
  context.world.events?.release();
  context.step('and the sync is restarted');
  await context.settle();
  await context.world.sync.restart?.();
  await context.settle();
  await expectArrival();
  const mark = context.mark();
  await context.world.sync.restart?.();
  await context.settle();
  const writes = context.syncWrites(mark).length;
  if (writes > 0) throw new CheckFailure(`a restart with nothing to do caused ${writes} writes`);
  context.step('Then it arrives once, and one more restart writes nothing');
}

/** A text property in which a provider may escape letters and slashes. */
function freeText(context: CheckContext): string | null {
  const row = plainRows(context).find(({ a, b }) =>
    [context.field('a', a)?.type, context.field('b', b)?.type].every(
      (type) => type?.kind === 'string' && FREE_FORMATS.has(type.format ?? 'none') && type.maxLength > 6,
    ),
  );
  return row?.a ?? null;
}

const FREE_FORMATS = new Set<string>(['none', 'first-name', 'last-name', 'company', 'street', 'city']);

/** I25: unsigned, wrongly signed, stale and foreign events are refused; a valid one is accepted. */
export async function forgedEvent(context: CheckContext): Promise<void> {
  const { events } = context.world;
  const text = freeText(context);
  await establish(context, text === null ? {} : { [text]: 'Ås/Øy' });
  const last = events?.last('a');
  const scheme = context.plan.systems.a.api.webhooks;
  if (events === undefined || last === undefined || last === null || scheme === null) {
    throw new CheckFailure('the new record sent no event to the sync');
  }
  if (last.status >= 300)
    throw new CheckFailure(
      `a valid event was answered with ${last.status}; it is signed over the bytes as sent`,
    );
  const mark = context.mark();
  const body = last.body.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  const forged: [string, string, Record<string, string>][] = [
    ['no signature', body, { 'content-type': 'application/json', [scheme.deliveryHeader]: 'forged-1' }],
    ['a signature of other bytes', body, { ...last.headers, [scheme.deliveryHeader]: 'forged-2' }],
    [
      'a signature made with another secret',
      last.body,
      {
        ...last.headers,
        [scheme.deliveryHeader]: 'forged-3',
        [scheme.signatureHeader]: createHmac('sha256', 'guess').update(last.body).digest('hex'),
      },
    ],
    [
      'another account',
      last.body,
      { ...last.headers, [scheme.deliveryHeader]: 'forged-4', [scheme.accountHeader]: 'somebody-else' },
    ],
  ];
  for (const [what, bytes, headers] of forged) {
    const status = await events.send('a', bytes, headers);
    if (status < 400) throw new CheckFailure(`an event with ${what} was accepted with status ${status}`);
  }
  context.world.clock?.advance(scheme.toleranceMs + 60_000);
  const stale = await events.send('a', last.body, { ...last.headers, [scheme.deliveryHeader]: 'forged-5' });
  if (stale < 400) throw new CheckFailure(`a stale event was accepted with status ${stale}`);
  await context.settle();
  if (context.syncWrites(mark).length > 0) throw new CheckFailure('a forged event made the sync write');
  context.step('Then unsigned, wrongly signed, stale and foreign events are refused');
}

/** I20, I21: a deletion follows the policy, and the deleted record is never made again. */
export async function deletedNotRecreated(context: CheckContext): Promise<void> {
  const link = await establish(context);
  await context.world.b.remove(context.pair.entity.b, link.bId);
  context.step(`When the ${context.name('b')} is deleted`);
  const propagates = context.pair.policies.delete === 'propagate';
  const policy = `under the policy "delete: ${context.pair.policies.delete}"`;
  const expectUnlinked = async () => {
    const live = (await context.world.sync.links?.())?.some(
      (one) => one.pair === context.pair.slug && one.bId === link.bId,
    );
    if (live === true) throw new CheckFailure(`the sync still takes the deleted ${link.bId} for linked`);
  };
  const asks = context.world.sync.links !== undefined;
  const propagated = () => expectCount(context, 'a', 0, policy);
  await context.settle(propagates ? propagated : asks ? expectUnlinked : undefined);
  await context.world.sync.runAgain(3);
  await expectCount(context, 'b', 0, 'after the deletion');
  await expectUnlinked();
  await expectCount(context, 'a', propagates ? 0 : 1, policy);
  if (!propagates && context.pair.rows.length > 0) {
    const [row] = needPlainRows(context, 1);
    await save(context, 'a', link.aId, {
      [row.a]: await editValue(context, row, 'a', getPath(await context.fieldsOf('a', link.aId), row.a)),
    });
    await context.settle();
    if (context.pair.policies.delete !== 'unlink')
      await expectCount(context, 'b', 0, `after an edit of the ${context.name('a')}`);
  }
  const known = await idsOf(context, 'b');
  await makeRecord(context, await sampleA(context, await creatable(context)));
  await context.settleUntil(() => onlyNew(context, known));
  context.step('Then it does not come back, and a new record is created as usual');
}
